"""That somebody of the hub opened what a partner told in confidence."""

from django.utils import timezone

from partners.models import Reading


def read(*organizations, what, by, today=None):
    """One line a reader, partner, kind of page and day: the first look writes it, the others change nothing."""
    on = today or timezone.localdate()
    looks = [Reading(organization=organization, reader=by, what=what, on=on) for organization in organizations]
    if len(looks) == 1 and Reading.objects.filter(organization=organizations[0], reader=by, what=what, on=on).exists():
        return
    Reading.objects.bulk_create(looks, batch_size=500, ignore_conflicts=True)
