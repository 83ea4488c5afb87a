"""Writing on a record: whoever saves second is told, and what the database updates is on record too."""

from django.db import transaction

from partners.actions.organizations import keep_name
from partners.models import Organization


class Stale(Exception):
    """Someone else saved meanwhile. Carries the row as it is now."""

    def __init__(self, now):
        super().__init__(f"{now} was changed meanwhile")
        self.now = now


def version(thing):
    """What a form remembers, to notice that someone else saved meanwhile: the newest line of the thing's history."""
    return thing.history.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def edit(thing, changes, *, seen, by):
    """Write `changes` (field → value) unless the thing was saved since `seen`; then write nothing and raise Stale."""
    now = type(thing).objects.select_for_update().get(pk=thing.pk)
    if version(now) != seen:
        raise Stale(now)
    many = {name for name in changes if now._meta.get_field(name).many_to_many}
    if "name" in changes and isinstance(now, Organization):
        keep_name(now, changes["name"])
    for name in changes.keys() - many:
        setattr(now, name, changes[name])
    if changes:
        now._history_user = by
        now.save()
    for name in many:
        getattr(now, name).set(changes[name])
    return now


def noted(thing, by):
    """Put an update made by the database itself on record."""
    thing.refresh_from_db()
    type(thing).history.bulk_history_create([thing], update=True, default_user=by)
    return True
