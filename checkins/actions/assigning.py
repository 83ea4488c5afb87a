"""Calls given to somebody by hand, many at once: remembered as a small plan, so that one click takes it back."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import record
from checkins.actions.rounds import open_round
from checkins.models import CheckIn, HandOver, Plan, PlanLine


@transaction.atomic
def assign(organizations, *, caller, due_on, by):
    """Give the calls with these organizations to one caller, by a day: handed over, or planned where there is none.

    Returns the plan that remembers it; a line whose call could not be given says why. None when all is so already.
    """
    pending = CheckIn.objects.pending().filter(organization__in=organizations).select_related("caller")
    calls = {checkin.organization_id: checkin for checkin in pending}
    changed = [each for each in organizations if not _is_so(calls.get(each.pk), caller, due_on)]
    if not changed:
        return None
    by_hand = [checkin.pk for checkin in calls.values() if checkin.by_hand]
    plan = Plan.objects.create(
        round=open_round(due_on.year),
        state=Plan.State.APPLIED,
        told={"by": "hand", "by_hand_before": by_hand},
        made_by=by,
        applied_at=timezone.now(),
    )
    for organization in changed:
        line = PlanLine(plan=plan, organization=organization, caller=caller, due_on=due_on, why=f"Assigned by {by}")
        _give(line, calls.get(organization.pk), by)
        line.save()
    return plan


def _is_so(checkin, caller, due_on):
    return checkin is not None and (checkin.caller_id, checkin.due_on) == (caller.pk, due_on)


def _give(line, checkin, by):
    """Make one line true, if its call is still as it was looked at."""
    given = {"caller": line.caller, "due_on": line.due_on, "by_hand": True}
    if checkin is None:
        try:
            with transaction.atomic():
                facts = {"organization": line.organization, "round": line.plan.round}
                line.checkin = record.create(CheckIn, by=by, **facts, **given)
        except IntegrityError:
            line.problem = "Somebody took this call meanwhile."
        return
    line.checkin, line.was_caller, line.was_due_on = checkin, checkin.caller, checkin.due_on
    as_seen = CheckIn.objects.pending().filter(caller=checkin.caller, due_on=checkin.due_on)
    if not record.update(checkin, as_seen, by=by, **given, reserved_until=None):
        line.problem = "This call was changed meanwhile."
    else:
        _note(checkin, line.was_caller, line.caller, line.why, by)


@transaction.atomic
def unassign(plan, *, by):
    """Take an assignment back, but for calls that were moved on since. None when it is taken back already."""
    applied = Plan.objects.filter(pk=plan.pk, state=Plan.State.APPLIED)
    if not applied.update(state=Plan.State.UNDONE, undone_at=timezone.now()):
        return None
    given = plan.lines.filter(problem="", checkin__isnull=False)
    for line in given.select_related("checkin", "caller", "was_caller", "organization"):
        if not _take_back(line, line.checkin.pk in plan.told["by_hand_before"], by):
            line.problem = "Something was done about this call since; it stays as it is."
            line.save(update_fields=["problem"])
    return plan


def _take_back(line, was_by_hand, by):
    """As before: with whom it was and for when, or not planned at all. False when it was moved on since."""
    as_given = CheckIn.objects.pending().filter(caller=line.caller, due_on=line.due_on)
    if line.was_caller is None:
        return record.delete(line.checkin, as_given.untouched(), by=by)
    before = {"caller": line.was_caller, "due_on": line.was_due_on, "by_hand": was_by_hand}
    if not record.update(line.checkin, as_given, by=by, **before):
        return False
    _note(line.checkin, line.caller, line.was_caller, f"Taken back by {by}", by)
    return True


def _note(checkin, giver, taker, reason, by):
    if giver != taker:
        HandOver.objects.create(checkin=checkin, from_caller=giver, to_caller=taker, reason=reason, made_by=by)
