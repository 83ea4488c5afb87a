from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from network import backup
from network.backup import shelf
from network.backup.faults import BackupFailed
from network.management.commands.backup import said


class Command(BaseCommand):
    help = "Prove a backup again. Without FILE it is the newest, which must not be older than 26 hours."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE")

    def handle(self, *, file, **options):
        try:
            file = file or newest()
            with TemporaryDirectory(prefix="trellis-") as room:
                manifest = backup.prove(file, Path(room))
        except BackupFailed as failed:
            raise CommandError(failed)
        self.stdout.write(f"{file} is good: {said(manifest)}, restored and compared.")


def newest():
    if not settings.BACKUP_DIR:
        raise CommandError("Name a file, or set BACKUP_DIR in the environment.")
    folder = Path(settings.BACKUP_DIR)
    file = shelf.newest(folder)
    if (age := shelf.age(folder, timezone.now())) > shelf.STALE:
        raise BackupFailed(f"The newest backup, {file}, is {age // timedelta(hours=1)} hours old.")
    return file
