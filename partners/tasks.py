"""What takes too long for a request."""

from celery import shared_task
from django.db import connection

from accounts.models import User
from partners import bulk
from partners.models import BulkChange


@shared_task
def carry_out(change_id):
    """A bulk change. The row is the truth: run twice, it is done once; stopped half-way, nothing was done."""
    bulk.carry_out(change_id)


@shared_task
def take_back(change_id, by_id):
    """Its undo, as safe."""
    bulk.take_back(BulkChange.objects.get(pk=change_id), by=User.objects.get(pk=by_id))


class Busy(Exception):
    """Somebody is still reading what was there before."""


@shared_task(autoretry_for=(Busy,), retry_backoff=60, max_retries=10)
def sweep():
    """Databases keep what was deleted until its place is needed: after an erasure they give it up at once."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0]:
                raise Busy
