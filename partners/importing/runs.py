"""An import in the browser: the file waits as a row between being uploaded, looked at and confirmed."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.importing import columns, plan, reading, undoing, writing
from partners.importing.failures import Refused
from partners.models import ImportRun


class Moved(Exception):
    """What would be written now is not what was shown."""


@transaction.atomic
def start(table, *, by):
    """Keep the table until it is confirmed; what others left lying is cleared away."""
    ImportRun.objects.forgotten().delete()
    ImportRun.objects.past_undo().update(written=[])
    return ImportRun.objects.create(
        file_name=table.source[:200],
        columns=table.columns,
        rows=[[row.number, row.cells, row.fault, row.note] for row in table.rows],
        fields=columns.recall(table.columns),
        started_by=by,
    )


def table_of(run):
    return reading.Table(run.columns, [reading.Row(*row) for row in run.rows], run.file_name)


def preview(run):
    return plan.make(table_of(run), run.fields)


@transaction.atomic
def use_mapping(run, mapping):
    """Read the columns like this, now and the next time a file has this header."""
    ImportRun.objects.unwritten().filter(pk=run.pk).update(fields=mapping)
    columns.remember(run.columns, mapping)


def confirm(run, *, seen, by, today=None):
    """Write the plan whose fingerprint was `seen`: False if that is done already, `Moved` if it is another now."""
    try:
        return _write(run, seen=seen, by=by, today=today)
    except IntegrityError:  # someone saved between our reading and our writing
        run.refresh_from_db()
        if preview(run).fingerprint == seen:
            raise
        raise Moved


@transaction.atomic
def _write(run, *, seen, by, today):
    claim = ImportRun.objects.unwritten().filter(pk=run.pk)
    if not claim.update(state=ImportRun.State.DONE, done_at=timezone.now()):
        return False
    run.refresh_from_db()
    found = plan.make(table_of(run), run.fields, today=today, lock=True)
    if found.fingerprint != seen:
        raise Moved
    run.written = writing.write(found, by=by, today=today, source=run.file_name)
    run.counts, run.rows = found.counts, []
    run.set_aside = [[row.number, row.reason, row.cells] for row in found.set_aside]
    run.save(update_fields=["counts", "rows", "set_aside", "written"])
    return True


@transaction.atomic
def undo(run, *, by, now=None):
    """Take an import back, within a week: False if that was done already, `Refused` when it is too late."""
    now = now or timezone.now()
    claim = ImportRun.objects.undoable(now).filter(pk=run.pk)
    if not claim.update(state=ImportRun.State.UNDONE, undone_by=by, undone_at=now):
        run.refresh_from_db()
        if run.is_undone:
            return False
        raise Refused("An import can be taken back for seven days after it was made.")
    run.refresh_from_db()
    way_back = undoing.Undo(run.written, by=by, reason=f"Undo of import {run.pk}")
    run.counts |= way_back.carry_out()
    run.kept, run.written = way_back.left, []
    run.save(update_fields=["counts", "kept", "written"])
    return True


def keep_receipt(found, written, *, source, by=None):
    """The run of a file that was written at once, without being looked at first: for its receipt, and to undo it."""
    return ImportRun.objects.create(
        state=ImportRun.State.DONE,
        file_name=source[:200],
        counts=found.counts,
        written=written,
        started_by=by,
        done_at=timezone.now(),
    )


def set_aside(run):
    """The rows that were not taken, or, before the confirm, those that would not be."""
    return [plan.SetAside(*row) for row in run.set_aside] if run.is_done else preview(run).set_aside
