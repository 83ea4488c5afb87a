"""A year's round of calls."""

from datetime import date

from checkins.models import Capacity, Round


def open_round(year):
    """The round of a year: from January to December, unless it was made otherwise."""
    whole_year = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    return Round.objects.get_or_create(year=year, defaults=whole_year)[0]


def say_capacities(round, units):
    """How much of a round each caller takes on: caller → units."""
    Capacity.objects.bulk_create(
        [Capacity(round=round, caller=caller, units=number) for caller, number in units.items()],
        update_conflicts=True,
        unique_fields=["round", "caller"],
        update_fields=["units"],
    )
