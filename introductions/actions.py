from django.db import transaction

from introductions.models import Introduction, Party


@transaction.atomic
def draft(one, other, *, by, kind=Introduction.Kind.LEARN, reason=""):
    """A draft that brings two organizations together, each by its intrapreneur where there is one."""
    introduction = Introduction.objects.create(kind=kind, reason=reason, written_by=by)
    for organization in (one, other):
        role = organization.intrapreneurs.current().first()
        Party.objects.create(introduction=introduction, organization=organization, person=role and role.person)
    return introduction


def drop(introduction):
    """Throw a draft away. True when it went."""
    gone, _ = Introduction.objects.drafts().filter(pk=introduction.pk).delete()
    return bool(gone)
