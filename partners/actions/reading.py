"""That somebody of the hub opened what a partner told in confidence."""

from django.utils import timezone

from partners.models import Reading


def read(organization, *, what, by, today=None):
    """Put it on record: one line a reader, partner, page and day."""
    Reading.objects.get_or_create(organization=organization, reader=by, what=what, on=today or timezone.localdate())
