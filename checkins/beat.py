"""State decides, not the clock: a missed night is made good by the next one."""

from celery import shared_task
from django.utils import timezone

from checkins import actions, tasks
from checkins.models import Plan


@shared_task
def every_minute(now=None):
    """A plan whose task was lost is worked out again."""
    for plan in Plan.objects.forgotten(now):
        tasks.work_out.delay(plan.pk, timezone.localdate(now))


@shared_task
def every_night(today=None):
    """What was taken from the pool and left untouched goes back to it."""
    return actions.return_untouched(today)
