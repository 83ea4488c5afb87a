"""A year's calls, shared out."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checkins.models import CheckIn, Round
from checkins.planning import shares
from partners.models import Organization


@transaction.atomic
def share_out(*, by, today=None):
    """Plan this year's call with every active partner that has none. Returns the number of calls planned.

    A partner's hub contact keeps them; the others go to whoever has the fewest. Due days spread over what is left
    of the year. Sharing out again only adds what is missing.
    """
    today = today or timezone.localdate()
    round, _ = Round.objects.get_or_create(
        year=today.year, defaults={"starts_on": date(today.year, 1, 1), "ends_on": date(today.year, 12, 31)}
    )
    planned = CheckIn.objects.due_in(today.year)
    waiting = Organization.objects.active().exclude(pk__in=planned.values("organization")).order_by("name_key")
    plan = shares(
        list(waiting), list(User.objects.callers()), CheckIn.objects.in_year(today.year).loads(), round, today
    )
    CheckIn.objects.bulk_create(
        [
            CheckIn(organization=organization, round=round, caller=caller, due_on=day)
            for organization, caller, day in plan
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    unrecorded = CheckIn.objects.pending().filter(round=round).exclude(pk__in=CheckIn.history.values("id"))
    CheckIn.history.bulk_history_create(unrecorded, batch_size=500, default_user=by)
    return len(plan)
