"""Writing on a record: whoever saves second is told."""

from django.db import transaction

from accounts import record
from accounts.record import Stale, noted, version
from partners.actions.organizations import keep_name
from partners.models import Organization

__all__ = ["Stale", "edit", "noted", "version"]


@transaction.atomic
def edit(thing, changes, *, seen, by):
    """As `record.edit`; the name an organization goes by until now is kept."""
    before = record.locked(thing) if isinstance(thing, Organization) else None
    after = record.edit(thing, changes, seen=seen, by=by)
    if before:
        keep_name(before, after.name, by=by)
    return after
