"""What is on record: each change is a line of history that names who made it, and whoever saves second is told.

Saving a row leaves its line by itself; what the database updates does not, so updates that people ask for go
through here. `by=None` is an import or a task.
"""

from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError
from simple_history.models import HistoricalRecords


class Stale(Exception):
    """Someone else saved meanwhile. Carries the row as it is now."""

    def __init__(self, now):
        super().__init__(f"{now} was changed meanwhile")
        self.now = now


class History(HistoricalRecords):
    """Leaves no line where only what it does not follow was saved, such as the last sign-in."""

    def post_save(self, instance, created, using=None, update_fields=None, **kwargs):
        followed = {field.name for field in self.fields_included(instance)}
        if update_fields is None or followed.intersection(update_fields):
            super().post_save(instance, created, using=using, **kwargs)


def models():
    """Every model that has a history."""
    return [model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")]


def version(thing):
    """What a form remembers, to notice that someone else saved meanwhile: the newest line of the thing's history."""
    return thing.history.order_by("-pk").values_list("pk", flat=True).first() or 0


def save(thing, *, by, only=None):
    thing._history_user = by
    thing.save(update_fields=only)
    return thing


def create(model, *, by, **fields):
    return save(model(**fields), by=by)


def get_or_create(rows, *, by, defaults, **same):
    """Django's, with the maker of a new row on record."""
    thing, created = rows.get_or_create(**same, defaults=defaults)
    if created:
        thing.history.update(history_user=by)
    return thing, created


@transaction.atomic
def edit(thing, changes, *, seen, by):
    """Write `changes` (field → value) unless the thing was saved since `seen`; then write nothing and raise Stale."""
    now = unless_saved_since(seen, thing)
    many = {name for name in changes if now._meta.get_field(name).many_to_many}
    for name in changes.keys() - many:
        setattr(now, name, changes[name])
    if changes:
        save(now, by=by)
    for name in many:
        getattr(now, name).set(changes[name])
    return now


def unless_saved_since(seen, thing):
    """The row as it is now, locked; Stale when it was saved since."""
    now = locked(thing)
    if version(now) != seen:
        raise Stale(now)
    return now


def locked(thing):
    """The row as it is now, and as it stays until the transaction ends. (SQLite has one writer at a time anyway.)"""
    return type(thing).objects.select_for_update().get(pk=thing.pk)


@transaction.atomic
def update(thing, allowed, *, by, **values):
    """Change the row if it is still one of those `allowed`, in one conditional update. True when it changed."""
    return bool(allowed.filter(pk=thing.pk).update(**values)) and noted(thing, by)


def noted(thing, by):
    """Put an update made by the database itself on record, if it changed anything; inside the same transaction."""
    thing.refresh_from_db()
    newest = thing.history.order_by("-pk").first()
    tracked = [field.attname for field in thing.history.model.tracked_fields]
    if newest is None or any(getattr(newest, name) != getattr(thing, name) for name in tracked):
        save(thing, by=by)
    return True


@transaction.atomic
def delete(thing, allowed, *, by):
    """Delete the row if it is still one of those `allowed`, and nothing holds it; what it was stays on record."""
    found = allowed.select_for_update(of=("self",)).filter(pk=thing.pk).first()
    if found is None:
        return False
    found._history_user = by
    try:
        found.delete()
    except ProtectedError:
        return False
    return True
