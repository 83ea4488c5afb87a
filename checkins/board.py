"""The overseer's board: how far the year's calls are, who carries what, and where somebody should look."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from accounts.models import User
from checkins.models import CheckIn, hardly_known, in_pool, met_in
from partners.models import Due, Organization


@dataclass(frozen=True)
class Month:
    """One month of the plan. `wide` and `filled` are shares of the longest bar, in hundredths."""

    first: date
    planned: int
    held: int
    wide: int
    filled: int


@dataclass(frozen=True)
class Load:
    """What one caller carries."""

    caller: User
    held: int
    planned: int
    coming: int
    overdue: int
    owed: int
    oldest: int
    """Days since the oldest call that nothing was given back for."""
    late: int

    @property
    def filled(self):
        return round(100 * self.held / self.planned) if self.planned else 0


def coverage(year):
    """The twelve months: calls due in each, and how many of these were held."""
    held = Count("pk", filter=Q(state__in=CheckIn.HELD))
    rows = CheckIn.objects.in_year(year).order_by().values("due_on__month").annotate(planned=Count("pk"), held=held)
    found = {row["due_on__month"]: row for row in rows}
    longest = max((row["planned"] for row in rows), default=1)
    months = [(month, found.get(month, {"planned": 0, "held": 0})) for month in range(1, 13)]
    return [
        Month(
            date(year, month, 1),
            row["planned"],
            row["held"],
            round(100 * row["planned"] / longest),
            round(100 * row["held"] / longest),
        )
        for month, row in months
    ]


def loads(year, today):
    """Everybody who makes calls, and whoever still has some, by name."""
    calls, of_year = CheckIn.objects.all(), CheckIn.objects.in_year(year)
    counted = {
        "held": of_year.held().loads(),
        "planned": of_year.loads(),
        "coming": calls.pending().loads(),
        "overdue": calls.overdue(today).loads(),
        "owed": calls.owed().loads(),
        "late": calls.with_late_promise(today).loads(),
    }
    oldest = dict(calls.owed().order_by().values_list("caller").annotate(Min("held_on")))
    carrying = {pk for name in ("coming", "owed", "late") for pk in counted[name]}
    callers = User.objects.callers() | User.objects.filter(pk__in=carrying)
    return [
        Load(
            caller,
            oldest=(today - oldest[caller.pk]).days if caller.pk in oldest else 0,
            **{name: found.get(caller.pk, 0) for name, found in counted.items()},
        )
        for caller in callers.order_by("name", "email")
    ]


def worth_a_look(today):
    """(what, how many, name of the list, its query): each number with exactly the list it counts."""
    active = Organization.objects.active()
    calls, free = CheckIn.objects.all(), in_pool(active)
    found = [
        ("due or overdue, with nobody to call them", free.due(Due.DUE, Due.OVERDUE), "checkins:pool", "?due=soon"),
        ("with no call planned, called this year or not", free, "checkins:pool", ""),
        ("not reached after three tries", calls.unreached(), "checkins:list", "?state=unreached"),
        ("about to be called by somebody new to them", calls.first_time(), "checkins:list", "?state=first-time"),
        ("where we know one person, or none", hardly_known(active), "checkins:pool", "?who=all&known=one"),
        ("not seen face to face this year", active.exclude(met_in(today.year)), "checkins:pool", "?who=all&met=no"),
    ]
    return [(what, rows.count(), name, query) for what, rows, name, query in found]


def face_to_face(year):
    """Active partners seen face to face that year, and all of them."""
    active = Organization.objects.active()
    return active.filter(met_in(year)).count(), active.count()
