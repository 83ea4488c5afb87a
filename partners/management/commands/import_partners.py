from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partners.importing import columns, plan, reading, writing
from partners.importing.failures import Refused


class Command(BaseCommand):
    help = "Bring partners in from a CSV or Excel file, all good rows or none; rows that cannot be taken are listed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help=f"what a column holds; repeatable; COLUMN= leaves it out. Fields: {', '.join(columns.LABELS)}",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--strict", action="store_true", help="write nothing if any row is set aside")

    def handle(self, *, file, map, dry_run, strict, **options):
        try:
            table = reading.read(self.read(file), file.name)
            mapping = columns.override(columns.recall(table.columns), table.columns, map)
            with transaction.atomic():
                found = plan.make(table, mapping, lock=True)
                self.report(found, detailed=dry_run)
                if strict and found.set_aside:
                    raise CommandError("Nothing was written, because rows were set aside.")
                if dry_run:
                    self.stdout.write("Nothing was written: this was a dry run.")
                    return
                columns.remember(table.columns, mapping)
                writing.write(found, source=file.name)
        except Refused as refusal:
            raise CommandError(str(refusal))

    def read(self, file):
        try:
            with file.open("rb") as stream:
                return stream.read(reading.MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file} cannot be opened: {error.strerror}.")

    def report(self, found, *, detailed):
        if detailed:
            for line in found.lines:
                self.stdout.write(f"Row {line.number}: {line.name} ({'changed' if line.organization else 'new'})")
                for change in line.changes:
                    self.stdout.write(f"  {change.label}: {change.was or 'blank'} → {change.now}")
        for line in found.noted:
            self.stdout.write(f"Row {line.number}, {line.name}: {' '.join(line.notes)}")
        for row in found.set_aside:
            self.stdout.write(f"Row {row.number} set aside: {row.reason}")
        counts = found.counts
        self.stdout.write(
            f"{counts['new']} new, {counts['changed']} changed, {counts['unchanged']} unchanged, "
            f"{counts['set_aside']} set aside."
        )
