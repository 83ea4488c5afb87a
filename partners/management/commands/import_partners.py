from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partners.importing import columns, plan, reading, runs, writing
from partners.importing.failures import Refused
from partners.models import ImportRun


class Command(BaseCommand):
    help = "Bring partners in from a CSV or Excel file, all good rows or none; rows that cannot be taken are listed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--undo", type=int, metavar="RUN", help="take back the import of this number, for a week")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help=f"what a column holds; repeatable; COLUMN= leaves it out. Fields: {', '.join(columns.LABELS)}",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, write nothing")
        parser.add_argument("--strict", action="store_true", help="write nothing if any row is set aside")

    def handle(self, *, file, undo, map, dry_run, strict, **options):
        if (file is None) == (undo is None):
            raise CommandError("Say which file to bring in, or with --undo which import to take back.")
        try:
            if undo is not None:
                self.take_back(undo)
                return
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
                written = writing.write(found, source=file.name)
                if written:
                    run = runs.keep_receipt(found, written, source=file.name)
                    self.stdout.write(f"For seven days --undo {run.pk} takes it back.")
        except Refused as refusal:
            raise CommandError(str(refusal))

    def take_back(self, number):
        run = ImportRun.objects.filter(pk=number).first()
        if run is None:
            raise CommandError(f"There is no import {number}.")
        if not runs.undo(run, by=None):
            self.stdout.write("That was taken back before. Nothing was changed now.")
            return
        for name, reason in run.kept:
            self.stdout.write(f"{name or 'A partner'}: {reason}")
        counts = run.counts
        self.stdout.write(f"{counts['removed']} removed, {counts['put_back']} put back, {len(run.kept)} left alone.")

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
