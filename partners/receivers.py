from django.dispatch import receiver

from accounts.signals import invited
from partners import actions


@receiver(invited)
def link_to_their_person(user, by, **_):
    """Whoever is let in as a partner finds their own organization, if we know the address."""
    actions.link(user, by=by)
