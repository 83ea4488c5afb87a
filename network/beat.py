"""The hub's own upkeep. State decides: the folder of backups says what is due, not the clock."""

import logging
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from network import backup
from network.backup import shelf
from network.backup.faults import BackupFailed, Busy
from outbox import actions

log = logging.getLogger(__name__)


@shared_task(time_limit=4 * 3600)
def every_hour(now=None):
    """Makes the night's backup when it is due, and tells the overseers if there has been no good one for too long."""
    now = now or timezone.now()
    if not settings.BACKUP_DIR:
        return
    folder = Path(settings.BACKUP_DIR)
    problem = ""
    if shelf.is_due(folder, now):
        try:
            backup.make(folder, keep=settings.BACKUPS_KEPT, now=now)
        except Busy:
            return  # a broker may hand out a long task twice
        except BackupFailed as failed:
            problem = str(failed)
            log.error("No backup was made. %s", problem)
    if shelf.age(folder, now) > shelf.STALE:
        raise_alarm(folder, problem, now)


def raise_alarm(folder, problem, now):
    """One letter a day to each overseer, on its way at once."""
    last = shelf.good(folder)[-1:]
    for overseer in User.objects.filter(role=User.Role.OVERSEER, is_active=True):
        letter = actions.write(
            "network/backup_overdue",
            to_name=overseer.name,
            to_email=overseer.email,
            dedupe_key=f"backup-overdue:{overseer.pk}:{timezone.localdate(now)}",
            context={"last": shelf.made_at(last[0]) if last else None, "problem": problem, "folder": folder},
        )
        actions.approve(letter, by=None)
