from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from network import backup
from network.backup.faults import BackupFailed
from network.management.commands.backup import said


class Command(BaseCommand):
    help = "Put a backup into an empty database and an empty folder, and compare. Overwrites nothing."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--into", required=True, metavar="DATABASE", help="postgres://…, or the path of a SQLite file"
        )
        parser.add_argument(
            "--files", type=Path, default=settings.MEDIA_ROOT, metavar="FOLDER", help="where uploads go (%(default)s)"
        )

    def handle(self, *, file, into, files, **options):
        try:
            with TemporaryDirectory(prefix="trellis-") as room:
                manifest = backup.restore(file, into=backup.at(into), uploads=files, room=Path(room))
        except BackupFailed as failed:
            raise CommandError(failed)
        self.stdout.write(f"Restored and compared: {said(manifest)}. `manage.py migrate` comes next.")
