"""What takes too long for a request."""

from celery import shared_task

from partners import bulk


@shared_task
def carry_out(change_id):
    """A bulk change. The row is the truth: run twice, it is done once; stopped half-way, nothing was done."""
    bulk.carry_out(change_id)
