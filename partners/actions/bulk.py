"""Many organizations changed at once, with one way back."""

import hashlib
import secrets

from django.db import transaction

from partners import bulk, tasks
from partners.models import BulkChange

AT_ONCE = 2000  # beyond, it is done while the page waits for it


@transaction.atomic
def change_many(organizations, *, kind, value, by, query="", once=""):
    """Tag, untag, assign or give a status to these (primary keys). The same form (`once`) sent twice is one change."""
    asked = sorted(set(organizations))
    value = str(value)
    once = once or secrets.token_urlsafe()
    fingerprint = hashlib.sha256(repr((once, by.pk, kind, value, asked)).encode()).hexdigest()
    change, is_new = BulkChange.objects.get_or_create(
        once=fingerprint,
        defaults={"kind": kind, "value": value, "asked": asked, "query": query, "made_by": by},
    )
    if is_new and len(asked) > AT_ONCE:
        tasks.carry_out.delay_on_commit(change.pk)
    elif is_new:
        bulk.carry_out(change.pk)
        change.refresh_from_db()
    return change


def undo_many(change, *, by):
    """Take it back; what was changed since stays, and is listed in `change.kept`. Twice is once: then it is False.

    None, when there are many: it will be done.
    """
    if len(change.lines) <= AT_ONCE or not BulkChange.objects.standing().filter(pk=change.pk).exists():
        return bulk.take_back(change, by=by)
    tasks.take_back.delay_on_commit(change.pk, by.pk)
    return None
