"""A plan: suggested, applied as one, undone as one."""

from django.db import router, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.deletion import Collector
from django.utils import timezone

from accounts.models import User
from checkins import rules, tasks
from checkins.models import CheckIn, Plan, PlanLine
from partners.models import Organization

AT_ONCE = 1000
"""So many partners are planned while one waits for the page; more are left to the worker."""


def suggest_plan(round, *, by, today=None):
    """A draft of who calls whom in this round and when: only what would change. A large one is ready a little later."""
    today = today or timezone.localdate()
    plan = Plan.objects.create(round=round, made_by=by)
    if Organization.objects.active().count() <= AT_ONCE:
        tasks.work_out(plan.pk, today)
        plan.refresh_from_db()
    else:
        tasks.work_out.delay_on_commit(plan.pk, today)
    return plan


@transaction.atomic
def apply_plan(plan, *, by, now=None):
    """Make a draft true, but for what was moved on meanwhile: such a line says why. None when it is no draft."""
    now = now or timezone.now()
    drafts = Plan.objects.filter(pk=plan.pk, state=Plan.State.DRAFT).exclude(told={})
    if not drafts.update(state=Plan.State.APPLIED, applied_at=now):
        return None
    plan.refresh_from_db()
    plan.lines.filter(due_on__lt=timezone.localdate(now)).update(problem="That day is over. Suggest a new plan.")
    plan.lines.exclude(caller__in=User.objects.callers()).update(problem="Whoever was to call makes no calls any more.")
    _set_aside(plan.lines.clean().filter(was_caller__isnull=False), "was_caller_id", "was_due_on")
    _rewrite(plan, "caller", "due_on", by)
    _plan_missing(plan, by)
    return plan


@transaction.atomic
def undo_plan(plan, *, by, now=None):
    """Take an applied plan back, but for what was moved on since: such a line says why. None when it is not applied."""
    applied = Plan.objects.filter(pk=plan.pk, state=Plan.State.APPLIED)
    if not applied.update(state=Plan.State.UNDONE, undone_at=now or timezone.now()):
        return None
    plan.refresh_from_db()
    _set_aside(plan.lines.clean(), "caller_id", "due_on")
    _rewrite(plan, "was_caller", "was_due_on", by)
    _remove_planned(plan, by)
    return plan


def drop_plan(plan):
    """Put a draft away. True when it was one."""
    return bool(Plan.objects.filter(pk=plan.pk, state=Plan.State.DRAFT).update(state=Plan.State.DROPPED))


def _set_aside(lines, caller, due_on):
    """Say in each line whose call is not as the plan knows it why it is left out. Holds the others until the end."""
    held = CheckIn.objects.select_for_update(of=("self",)).filter(pk__in=lines.values("checkin"))
    calls = {call.pk: call for call in held.select_related("organization", "caller", "draft").order_by("pk")}
    problems = []
    for line in lines:
        line.problem = rules.moved_on(calls.get(line.checkin_id), getattr(line, caller), getattr(line, due_on))
        if line.problem:
            problems.append(line)
    PlanLine.objects.bulk_update(problems, ["problem"], batch_size=500)


def _rewrite(plan, caller, due_on, by):
    """Give the calls the caller and the day that these columns of the lines name, and put it on record."""
    lines = plan.lines.clean().filter(was_caller__isnull=False)
    calls = CheckIn.objects.filter(pk__in=lines.values("checkin"))
    own_line = lines.filter(checkin=OuterRef("pk")).order_by()
    calls.update(caller=Subquery(own_line.values(caller)[:1]), due_on=Subquery(own_line.values(due_on)[:1]))
    CheckIn.history.bulk_history_create(list(calls), batch_size=500, update=True, default_user=by)


def _plan_missing(plan, by):
    """Plan the calls that were missing, where they are still missing."""
    lines = list(plan.lines.clean().filter(was_caller__isnull=True))
    planned = CheckIn.objects.due_in(plan.round.year).values("organization")
    missing = set(Organization.objects.active().exclude(pk__in=planned).values_list("pk", flat=True))
    CheckIn.objects.bulk_create(
        [
            CheckIn(
                organization_id=line.organization_id,
                round=plan.round,
                caller_id=line.caller_id,
                due_on=line.due_on,
                created_at=plan.applied_at,
            )
            for line in lines
            if line.organization_id in missing
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    made = {call.organization_id: call for call in CheckIn.objects.filter(round=plan.round, created_at=plan.applied_at)}
    for line in lines:
        line.checkin = made.get(line.organization_id)
        line.problem = "" if line.checkin else "They have a call meanwhile, or are not an active partner any more."
    PlanLine.objects.bulk_update(lines, ["checkin", "problem"], batch_size=500)
    CheckIn.history.bulk_history_create(list(made.values()), batch_size=500, default_user=by)


def _remove_planned(plan, by):
    """Remove the calls that the plan made, where nobody did anything with them."""
    lines = plan.lines.clean().filter(was_caller__isnull=True)
    lines.exclude(checkin__in=CheckIn.objects.untouched()).update(problem="Somebody tried to call them already.")
    untouched = list(CheckIn.objects.filter(pk__in=lines.values("checkin")))
    for checkin in untouched:
        checkin._history_user = by
    collector = Collector(using=router.db_for_write(CheckIn))  # as a queryset deletes, but with a name for the record
    collector.collect(untouched)
    collector.delete()
