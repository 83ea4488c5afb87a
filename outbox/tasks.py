"""Sending one letter. The row is the truth: a task that is lost, late or run twice changes nothing."""

import smtplib
from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.core import mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outbox import letters
from outbox.models import Letter
from outbox.signals import letter_sent

# How long to wait after the first, second … try; when the list is used up the letter has failed.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 20, 60)]


class Unreachable(Exception):
    """The mail server could not be reached, or asked us to come back later. Nothing was handed over."""


class Refused(Exception):
    """The mail server, or the mail itself, said no. Trying again would not help."""


@shared_task
def send(letter_id):
    """Send one approved letter. Only one run gets past the claim; a crash after it leaves the letter in doubt."""
    letter = claim(letter_id)
    if letter is None:
        return
    try:
        hand_over(letter)
    except Unreachable as error:
        try_again_later(letter, str(error))
    except Refused as error:
        fail(letter, str(error))
    except (OSError, smtplib.SMTPException) as error:
        doubt(letter, f"The line broke while it was being handed over ({name_of(error)}). It may have arrived.")
    else:
        record_sent(letter)


def claim(letter_id):
    """approved → sending, committed before the first word to the mail server. None if there is nothing to do."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        due = Letter.objects.due(now).filter(pk=letter_id)
        claimed = due.update(
            state=Letter.State.SENDING, claimed_at=now, tries=F("tries") + 1, next_try_at=None, problem=""
        )
    return Letter.objects.get(pk=letter_id) if claimed else None


def hand_over(letter):
    """Give the letter to the mail server: returns once it was accepted. No transaction is open meanwhile."""
    message = as_mail(letter)
    connection = mail.get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"The mail server cannot be reached ({name_of(error)}).") from error
    try:
        connection.send_messages([message])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        code, said = answer_of(error)
        kind = Unreachable if 400 <= code < 500 else Refused
        raise kind(f"The mail server said {code}: {said}") from error
    except (ValueError, smtplib.SMTPNotSupportedError) as error:  # an address no mail can carry
        raise Refused(f"This letter cannot be sent as it is ({name_of(error)}).") from error
    finally:
        with suppress(OSError, smtplib.SMTPException):  # a rude goodbye takes nothing back
            connection.close()


def as_mail(letter):
    """The mail, written out once before anyone is called: one spoilt row must not stop the rows behind it."""
    try:
        message = letters.message(letter)
        message.message()
    except Exception as error:
        raise Refused(f"This letter cannot be sent as it is ({name_of(error)}).") from error
    return message


@transaction.atomic
def record_sent(letter):
    """sending → sent, and whoever waits for it is told in the same transaction."""
    now = timezone.now()
    sending = Letter.objects.sending().filter(pk=letter.pk)
    if not sending.update(state=Letter.State.SENT, sent_at=now, changed_at=now, problem=""):
        return False
    letter.refresh_from_db()
    letter_sent.send(sender=Letter, letter=letter)
    return True


def try_again_later(letter, problem):
    if letter.tries > len(WAITS):
        fail(letter, f"{problem} We tried {letter.tries} times.")
        return
    Letter.objects.sending().filter(pk=letter.pk).update(
        state=Letter.State.APPROVED, next_try_at=timezone.now() + WAITS[letter.tries - 1], problem=problem[:500]
    )


def fail(letter, problem):
    Letter.objects.sending().filter(pk=letter.pk).update(
        state=Letter.State.FAILED, changed_at=timezone.now(), problem=problem[:500]
    )


def doubt(letter, problem):
    """Stays in `sending`: only a person can find out, so nothing is sent twice and nothing is called sent."""
    Letter.objects.sending().filter(pk=letter.pk).update(problem=problem[:500])


def answer_of(error):
    """Code and first line of what the mail server answered."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    else:
        code, said = error.smtp_code, error.smtp_error
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return code, letters.one_line(text, 300)


def name_of(error):
    return letters.one_line(str(error), 200) or type(error).__name__
