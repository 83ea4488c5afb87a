"""Who changed what on a partner's record, before and after, folded so that it reads as one line for one sitting."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from partners.models import Challenge, Merge, Organization, Person, Source, Strength
from partners.told import midnight, told, with_earlier

WINDOW = 100  # lines of history looked at first, of each model
FOLD = timedelta(minutes=10)  # edits of one person that are no further apart are one sitting
UNTOLD = {"Id", "Slug", "Created at", "Added at", "Added by", "Said by", "Organization", "User"}
ABOUT = {Organization: "id", Person: "organization", Strength: "organization", Challenge: "organization"}


@dataclass(frozen=True)
class Edit:
    """Everything one person changed in one sitting; `at` is its end."""

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


def edits(organization, *, before=None, limit):
    """The newest edits before a day, newest first."""
    window = WINDOW
    while True:
        lines, there_are_more = history_lines(organization, before, window)
        found = folded(lines)
        if not there_are_more or len(found) > limit:
            return found[:limit]
        window *= 4


def by_partners(organization, *, limit):
    """What partners corrected themselves lately, newest first."""
    lines, _ = history_lines(organization, None, WINDOW)
    return [edit for edit in folded(lines) if edit.by and edit.by.role == User.Role.PARTNER][:limit]


def folded(lines):
    """Lines, newest first, as edits: the same person, with short breaks, on one day."""
    found, last_at = [], None
    for at, by, changes in lines:
        latest = found[-1] if found else None
        same_day = latest and timezone.localtime(at).date() == latest.on
        if latest and latest.by == by and same_day and last_at - at <= FOLD:
            found[-1] = replace(latest, changes=latest.changes + changes)
        else:
            found.append(Edit(by=by, at=at, changes=changes))
        last_at = at
    return found


def history_lines(organization, before, window):
    """((when, who, changes), newest first; whether there are older ones). Read once for a loaded organization."""
    read = vars(organization).setdefault("_history_lines", {})
    if (before, window) not in read:
        read[before, window] = read_lines(organization, before, window)
    return read[before, window]


def read_lines(organization, before, window):
    """Of the organization itself, its people and its sentences, and of what was merged into it."""
    one = [organization.pk, *Merge.objects.absorbed(Merge.Kind.ORGANIZATION, organization.pk)]
    lines, horizons = [], []
    for model, column in ABOUT.items():
        rows = with_earlier(model.history.filter(**{f"{column}__in": one})).select_related("history_user")
        if before:
            rows = rows.filter(history_date__lt=midnight(before))
        newest = list(rows.order_by("-history_date", "-history_id")[:window])
        horizons += [newest[-1].history_date] if len(newest) == window else []
        lines += [(row.history_date, row.history_user, labelled(row, changes)) for row, changes in told(newest)]
    horizon = max(horizons, default=None)  # past it, some model's lines were not looked at
    lines = [line for line in lines if line[2] and (horizon is None or line[0] > horizon)]
    return sorted(lines, key=lambda line: line[0], reverse=True), bool(horizons)


def labelled(row, changes):
    """The changes, with whose they are; what a call or survey told has its own line there."""
    if row.history_type == "+" and getattr(row, "source", Source.PROFILE) != Source.PROFILE:
        return ()
    model = row.instance_type
    label = {Organization: "", Person: getattr(row, "name", "")}.get(model, model._meta.verbose_name.capitalize())
    if row.history_type != "~":
        return tuple(replace(change, what=f"{label or 'Partner'} {change.what}") for change in changes)
    told_of = [change for change in changes if change.what not in UNTOLD]
    return tuple(
        replace(change, what=f"{label}: {change.what.lower()}" if label else change.what) for change in told_of
    )
