"""Working out the plan of a large hub, which takes longer than a page may."""

from celery import shared_task
from django.db import transaction

from checkins import planning
from checkins.models import Plan, PlanLine


@shared_task
def work_out(plan_id, today):
    """Fill a plan with its lines. Twice is once: only the first run finds it without."""
    plan = Plan.objects.select_related("round").get(pk=plan_id)
    lines, told = planning.suggest(plan.round, today=today)
    with transaction.atomic():
        waiting = Plan.objects.filter(pk=plan.pk, state=Plan.State.DRAFT, told={})
        if waiting.update(told=told):
            for line in lines:
                line.plan = plan
            PlanLine.objects.bulk_create(lines, batch_size=500)
