from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from network import backup
from network.backup.faults import BackupFailed
from network.management.commands.demo_network import at_least_one


class Command(BaseCommand):
    help = "Back up the database and the uploads. Good only once it was restored into an empty database and compared."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to (BACKUP_DIR unless said)")
        parser.add_argument(
            "--keep",
            type=at_least_one,
            default=settings.BACKUPS_KEPT,
            metavar="N",
            help="how many good ones stay (%(default)s unless said)",
        )

    def handle(self, *, to, keep, **options):
        folder = to or (settings.BACKUP_DIR and Path(settings.BACKUP_DIR))
        if not folder:
            raise CommandError("Say where to: --to FOLDER, or BACKUP_DIR in the environment.")
        try:
            file, manifest = backup.make(folder, keep=keep)
        except BackupFailed as failed:
            raise CommandError(failed)
        self.stdout.write(f"{file}: {said(manifest)}, restored and compared.")


def said(manifest):
    rows = sum(table["rows"] for table in manifest["tables"].values())
    uploads = len(manifest["files"]) - 1
    return f"{len(manifest['tables'])} tables with {rows:,} rows, and {uploads:,} uploaded file{'s'[: uploads != 1]}"
