"""What was deleted, and how it comes back: the same row, under its own number, with what went along with it."""

from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef

from accounts import record
from accounts.models import User
from outbox.models import Letter
from partners.models import Merge, Organization, Person
from partners.models.fields import KeyField
from partners.told import name_of

SHOWN = 50
TOGETHER = timedelta(seconds=2)  # what one deletion takes along is gone within this time
FOR_GOOD = {User, Letter}  # accounts are closed, never deleted; a discarded draft is thrown away for good


class Refused(Exception):
    """Something is in the way; the message says what, in a sentence."""


@dataclass(frozen=True)
class Deleted:
    """One thing that can be restored."""

    kind: str
    label: str
    name: str
    line: object


def kinds():
    return [model for model in record.models() if model not in FOR_GOOD]


def deleted(user):
    """What lies in the trash, newest first: for the overseer everything, for others what they threw away themselves."""
    lines = [line for model in kinds() for line in gone(model, user)[:SHOWN]]
    lines.sort(key=lambda line: line.history_date, reverse=True)
    alone = [line for line in lines if not any(went_along(line, other) for other in lines)]
    return [in_words(line) for line in alone[:SHOWN]]


def gone(model, user):
    """The last line of each row that is there no more, as far as this user may see it."""
    history = model.history.filter(history_type="-").annotate(
        is_back=Exists(model._base_manager.filter(pk=OuterRef("id"))),
        is_older=Exists(model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))),
    )
    history = history.filter(is_back=False, is_older=False).select_related("history_user").order_by("-history_date")
    if model in (Organization, Person):  # a merge is taken apart, not restored
        kind = model._meta.model_name
        history = history.exclude(id__in=Merge.objects.standing().filter(kind=kind).values("gone_id"))
    return history if user.is_overseer else history.filter(history_user=user)


def in_words(line):
    model = line.instance_type
    return Deleted(model._meta.label_lower, str(model._meta.verbose_name), name_of(line), line)


def went_along(line, other):
    """Whether a row went because another did: it pointed to it, and they went in the same moment."""
    return at_once(line, other) and any(
        field.related_model is other.instance_type and getattr(line, field.attname) == other.id
        for field in line.tracked_fields
        if field.is_relation and not field.null
    )


def at_once(line, other):
    """In the same moment, and by nobody else; outside of a request a cascade does not say by whom."""
    by = {line.history_user_id, other.history_user_id} - {None}
    return len(by) < 2 and abs(line.history_date - other.history_date) <= TOGETHER


def find(label, history_id, user):
    """The line to restore, if this user may; None if there is none, or the row came back meanwhile."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return gone(model, user).filter(history_id=history_id).first() if model in kinds() else None


@transaction.atomic
def restore(line, *, by):
    """Bring a row back as it was, and what went along with it. Twice is once."""
    model = line.instance_type
    if there := model._base_manager.filter(pk=line.id).first():
        return there
    row = model(**{field.attname: getattr(line, field.attname) for field in line.tracked_fields})
    hold_on(row, line, by)
    put_back(row, by=by)
    for field in line._history_m2m_fields:
        whole = model.history.filter(id=line.id, history_id__lt=line.history_id).latest("history_id")
        key = field.m2m_reverse_field_name()  # when the row went, these had gone before
        were = [getattr(was, f"{key}_id") for was in getattr(whole, field.name).all()]
        getattr(row, field.name).set(field.related_model._base_manager.filter(pk__in=were))
    for relation in model._meta.related_objects:
        take_along(relation, line, row, by)
    return row


def hold_on(row, line, by):
    """What the row points to has to be there; what went in the same moment comes back first."""
    for field in line.tracked_fields:
        key = getattr(row, field.attname)
        if not field.is_relation or key is None or field.related_model._base_manager.filter(pk=key).exists():
            continue
        other = last_line(field.related_model, key)
        if other and at_once(line, other):
            restore(other, by=by)
        elif field.null:
            setattr(row, field.attname, None)
        else:
            what = f"“{name_of(other)}”" if other else f"its {field.verbose_name}"
            raise Refused(f"{what} is not there any more. Restore that first.")


def last_line(model, pk):
    lines = model.history.filter(id=pk, history_type="-") if model in kinds() else None
    return lines.order_by("-history_id").first() if lines is not None else None


def put_back(row, *, by):
    row._history_user, row._change_reason = by, "Restored from the trash"
    for field in row._meta.concrete_fields:
        if isinstance(field, KeyField):
            field.pre_save(row, add=True)
    try:
        row.validate_unique()
        row.validate_constraints()
        with transaction.atomic():
            row.save(force_insert=True)
    except (ValidationError, IntegrityError) as problem:
        raise Refused(
            f"“{row}” cannot come back: the same is here again already, or what it needs is gone."
        ) from problem


def take_along(relation, line, row, by):
    """Rows that went with it come back; rows that let go of it take hold of it again."""
    model, field = relation.related_model, relation.field
    if model not in kinds() or field.many_to_many:
        return
    were = model.history.filter(**{field.attname: row.pk})
    if relation.on_delete is models.CASCADE:
        for child in were.filter(history_type="-").order_by("history_id"):
            if at_once(child, line):
                restore(child, by=by)
    elif relation.on_delete is models.SET_NULL:
        for other in model._base_manager.filter(pk__in=were.values("id"), **{field.attname: None}):
            newest = other.history.order_by("-history_id").first()
            if getattr(newest, field.attname) == row.pk:
                record.update(other, model._base_manager.all(), by=by, **{field.attname: row.pk})
