from django.db import transaction

from accounts import record
from introductions.models import Introduction, Party


@transaction.atomic
def draft(one, other, *, by, kind=Introduction.Kind.LEARN, reason=""):
    """A draft that brings two organizations together, each by its intrapreneur where there is one."""
    introduction = record.create(Introduction, by=by, kind=kind, reason=reason, written_by=by)
    for organization in (one, other):
        role = organization.intrapreneurs.current().first()
        person = role and role.person
        record.create(Party, by=by, introduction=introduction, organization=organization, person=person)
    return introduction


def drop(introduction, *, by):
    """Throw a draft away. True when it went."""
    return record.delete(introduction, Introduction.objects.drafts(), by=by)
