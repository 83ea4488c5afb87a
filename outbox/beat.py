"""State decides, not the clock: whatever was approved and not sent is found here, also after the broker lost it."""

from celery import shared_task

from outbox import tasks
from outbox.models import Letter

AT_A_TIME = 500


@shared_task
def every_minute(now=None):
    """Asks again for each letter that is due. One that is already asked for is sent once all the same."""
    due = Letter.objects.due(now).order_by("approved_at", "pk")
    for pk in due.values_list("pk", flat=True)[:AT_A_TIME]:
        tasks.send.delay(pk)
