"""Two organizations become one, and one of their calls may be under way."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q

from checkins.models import CheckIn

STILL_OPEN = timedelta(days=1)


def join_pending(journal, kept, gone, *, now):
    """One pending call stays: the one that is being logged, else the one that is due first. Its tries are of both.

    The calls are locked before anything else, as somebody locks them who puts one on record: neither loses the other's.
    """
    calls = CheckIn.objects.select_for_update(of=("self",)).pending().filter(organization__in=[kept, gone])
    calls = list(calls.order_by("pk"))
    if len(calls) < 2:
        return
    opened = Q(draft__isnull=False) | Q(opened_at__gte=now - STILL_OPEN)
    under_way = set(CheckIn.objects.filter(opened, pk__in=[call.pk for call in calls]).values_list("pk", flat=True))
    if len(under_way) == 2:
        raise ValidationError(
            f"A call with {kept} and a call with {gone} are both being written up. Finish one of them, then merge."
        )
    stays, goes = sorted(calls, key=lambda call: (call.pk not in under_way, call.due_on, call.pk))
    if goes.round and not stays.round:
        journal.change(stays, round=goes.round)
    journal.absorb(stays, goes)
