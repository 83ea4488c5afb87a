"""What is written because of news from other apps."""

from django.conf import settings
from django.dispatch import receiver
from django.shortcuts import resolve_url
from django.utils import timezone

from accounts.signals import invited
from outbox import actions


@receiver(invited)
def write_invitation(sender, user, by, **kwargs):
    """An invitation needs no second look: who invites has just chosen name and address. One a day at most."""
    letter = actions.write(
        "outbox/invitation",
        to_name=user.name,
        to_email=user.email,
        dedupe_key=f"invitation:{user.pk}:{timezone.localdate()}",
        context={"user": user, "sign_in_url": settings.BASE_URL + resolve_url(settings.LOGIN_URL)},
        by=by,
    )
    actions.approve(letter, by=by)
