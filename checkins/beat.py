"""State decides, not the clock: a missed night is made good by the next one."""

from celery import shared_task

from checkins import actions


@shared_task
def every_night(today=None):
    """What was taken from the pool and left untouched goes back to it."""
    return actions.return_untouched(today)
