"""Who changed what on a partner's record, before and after, folded so that it reads as one line a person and day."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, pairwise

from django.utils import timezone

from accounts.models import User
from partners.models import Challenge, Merge, Organization, Person, Source, Strength

NEWEST = 300  # lines of history looked at per model: years of edits of one partner
UNTOLD = {"id", "slug", "created_at", "added_at", "added_by", "said_by", "organization", "user"}


@dataclass(frozen=True)
class Change:
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Edit:
    """Everything one person changed on one day."""

    by: object
    at: datetime
    changes: tuple = field(default_factory=tuple)

    @property
    def on(self) -> date:
        return timezone.localtime(self.at).date()

    @property
    def title(self):
        count = len(self.changes)
        return f"{count} change{'' if count == 1 else 's'} by {self.by or 'an import or a task'}"


def edits(organization):
    """All edits, newest first; read once for an organization that is loaded."""
    if not hasattr(organization, "_edits"):
        organization._edits = folded(organization)
    return organization._edits


def by_partners(organization):
    """What partners corrected themselves, newest first."""
    return [edit for edit in edits(organization) if edit.by and edit.by.role == User.Role.PARTNER]


def folded(organization):
    lines = sorted(history_lines(organization), key=lambda line: line[0], reverse=True)
    by_day_and_person = {}
    for line in lines:
        by_day_and_person.setdefault((timezone.localtime(line[0]).date(), line[1]), []).append(line)
    return [
        Edit(by=by, at=same[0][0], changes=tuple(change for *_, change in same))
        for (_, by), same in by_day_and_person.items()
    ]


def history_lines(organization):
    """(when, who, change) of the organization itself, its people and its sentences."""
    one = {organization.pk, *Merge.objects.absorbed(Merge.Kind.ORGANIZATION, organization.pk)}
    own = Organization.history.filter(id__in=one).select_related("history_user", "owner")
    yield from told(own, "")
    for model, label in ((Person, "{row.name}"), (Strength, "Strength"), (Challenge, "Challenge")):
        rows = model.history.filter(organization__in=one).select_related("history_user")
        yield from told(rows, label)


def told(rows, label):
    newest_first = list(rows.order_by("id", "-history_date", "-history_id")[:NEWEST])
    for _, versions in groupby(newest_first, key=lambda row: row.id):
        versions = list(versions)
        for row, earlier in pairwise([*versions, None]):
            for change in differences(row, earlier, label.format(row=row)):
                yield row.history_date, row.history_user, change


def differences(row, earlier, label):
    if row.history_type == "+":
        if getattr(row, "source", Source.PROFILE) == Source.PROFILE:  # what a call or survey told has its line there
            yield Change(what=f"{label or 'Partner'} added", after=getattr(row, "text", "") or row.name)
    elif row.history_type == "-":
        yield Change(what=f"{label} deleted", before=getattr(row, "text", "") or row.name)
    elif earlier:
        for column in row.tracked_fields:
            if column.name in UNTOLD or getattr(row, column.attname) == getattr(earlier, column.attname):
                continue
            what = f"{label}: {column.verbose_name}" if label else column.verbose_name.capitalize()
            yield Change(what=what, before=shown(earlier, column), after=shown(row, column))


def shown(row, column):
    if column.choices:
        return getattr(row, f"get_{column.name}_display")()
    value = getattr(row, column.name)
    if isinstance(value, date):
        return f"{value:%d %b %Y}"
    return "" if value is None else str(value)
