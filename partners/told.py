"""Lines of history in words: what changed, from what to what."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import OuterRef, Subquery
from django.utils import timezone

NAMES = ("name", "title", "text", "subject", "summary", "email")
LONGEST = 300  # characters of a text that are shown
AROUND = 40  # ... and where they begin, before the first that differs


@dataclass(frozen=True)
class Change:
    what: str
    before: str = ""
    after: str = ""


def midnight(day):
    """Where a day begins for the reader; an index knows it, other than the day itself."""
    return timezone.make_aware(datetime.combine(day, time.min))


def with_earlier(lines):
    """Adds `earlier_id`: the line of the same row before this one."""
    history = lines.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    return lines.annotate(earlier_id=Subquery(history.order_by("-history_id").values("history_id")[:1]))


def told(lines):
    """(line, its changes) for lines of one model that came `with_earlier`; costs the same however many they are."""
    if not lines:
        return []
    model = type(lines[0])
    known = {line.history_id: line for line in lines}
    known |= model.objects.in_bulk({line.earlier_id for line in lines if line.earlier_id} - known.keys())
    raw = [(line, differences(line, known.get(line.earlier_id))) for line in lines]
    names = names_of(
        (column.related_model, value)
        for _, found in raw
        for column, *values in found
        if column.is_relation
        for value in values
    )
    return [(line, [in_words(line, *each, names) for each in found] or whole(line)) for line, found in raw]


def whole(line):
    """A row that came or went is one change."""
    if line.history_type == "+":
        return [Change("added", after=name_of(line))]
    return [Change("deleted", before=name_of(line))] if line.history_type == "-" else []


def differences(line, earlier):
    """(column, before, after) of what a line changed."""
    if line.history_type != "~" or earlier is None:
        return []
    pairs = [
        (column, getattr(earlier, column.attname), getattr(line, column.attname)) for column in line.tracked_fields
    ]
    return [(column, before, after) for column, before, after in pairs if before != after]


def name_of(line):
    """What people call the row."""
    return next((text for text in (getattr(line, name, "") for name in NAMES) if text), f"No. {line.id}")


def names_of(wanted):
    """(model, key) → name, for all of them at once."""
    keys = {}
    for model, key in wanted:
        if key is not None:
            keys.setdefault(model, set()).add(key)
    found = {}
    for model, some in keys.items():
        columns = {field.name for field in model._meta.fields}
        name = next((name for name in NAMES if name in columns), "pk")
        found |= {
            (model, pk): str(text) for pk, text in model._base_manager.filter(pk__in=some).values_list("pk", name)
        }
    return found


def in_words(line, column, before, after, names):
    before, after = (spoken(line, column, value, names) for value in (before, after))
    start = max(0, first_difference(before, after) - AROUND) if max(len(before), len(after)) > LONGEST else 0
    return Change(column.verbose_name.capitalize(), cut(before, start), cut(after, start))


def spoken(line, column, value, names):
    if value is None or value == "":
        return ""
    if column.is_relation:
        return names.get((column.related_model, value), f"No. {value}, which is gone")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d %b %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%d %b %Y}"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def first_difference(one, other):
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def cut(text, start):
    shown = text[start : start + LONGEST]
    return f"{'…' * (start > 0)}{shown}{'…' * (start + LONGEST < len(text))}" if text else ""
