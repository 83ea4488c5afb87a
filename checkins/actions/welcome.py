"""Somebody new leads the work at a partner: they are called within a month."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import record
from accounts.models import User
from checkins.models import CheckIn
from partners.models import Organization

CALL_AFTER, CALL_WITHIN = timedelta(days=21), timedelta(days=30)


@transaction.atomic
def welcome(role, *, by=None, today=None):
    """Plan the welcome call after a handover: the call that is to come anyway, sooner, or one of its own.

    A call with a time, or planned by hand, stays where it is. A handover noted down long after it plans nothing.
    """
    today, organization = today or timezone.localdate(), role.organization
    day, latest = max(role.started_on + CALL_AFTER, today), role.started_on + CALL_WITHIN
    if latest < today or organization.status != Organization.Status.ACTIVE:
        return None
    if checkin := CheckIn.objects.pending().filter(organization=organization).first():
        movable = CheckIn.objects.filter(state=CheckIn.State.PLANNED, by_hand=False, due_on__gt=latest)
        record.update(checkin, movable, by=by, due_on=day)
        return checkin
    if caller := whoever_calls(organization):
        facts = {"organization": organization, "caller": caller, "due_on": day, "purpose": CheckIn.Purpose.WELCOME}
        try:
            with transaction.atomic():
                return record.create(CheckIn, by=by, **facts)
        except IntegrityError:  # planned in this moment
            return CheckIn.objects.pending().get(organization=organization)
    return None


def whoever_calls(organization):
    """The hub contact, else who called last, else who has the fewest calls to make."""
    callers = list(User.objects.callers())
    last = CheckIn.objects.held().filter(organization=organization).order_by("-held_on", "-pk").first()
    for known in (organization.owner, last and last.caller):
        if known in callers:
            return known
    loads = CheckIn.objects.pending().loads()
    return min(callers, key=lambda caller: loads.get(caller.pk, 0), default=None)
