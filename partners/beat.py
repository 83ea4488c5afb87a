"""State decides, not the clock: a day that was missed is made good by the next one."""

import logging

from celery import shared_task
from django.core.exceptions import ValidationError

from partners import actions, tasks
from partners.models import BulkChange, Succession

log = logging.getLogger(__name__)


@shared_task
def every_minute(now=None):
    """A bulk change whose task was lost is begun again."""
    for change in BulkChange.objects.forgotten(now):
        tasks.carry_out.delay(change.pk)


@shared_task
def every_morning(today=None):
    """Successors take over on their day. Where one cannot, the others do; the record shows it until it is mended."""
    for succession in Succession.objects.due(today).select_related("organization__owner", "successor", "named_by"):
        try:
            actions.succeed(succession)
        except ValidationError as refused:
            log.warning("Succession %s could not be done: %s", succession.pk, " ".join(refused.messages))
