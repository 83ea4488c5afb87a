"""Mails about signing in. They carry secrets, so they are no letters: nobody at the hub may read them later."""

from celery import shared_task
from django.core.mail import EmailMessage


@shared_task(autoretry_for=(OSError,), retry_backoff=2, max_retries=4)
def mail(*, subject, text, sender, to):
    """A mail that comes a minute late still helps; one that comes after its code has run out does not."""
    EmailMessage(subject, text, sender, [to]).send()
