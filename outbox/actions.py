"""What may happen to a letter. Each step is claimed by a conditional update, so doing it twice is doing it once."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts import record
from outbox import letters, tasks
from outbox.models import Letter, validate_one_line


@transaction.atomic
def write(template, *, to_name, to_email, reply_to="", about=None, dedupe_key, context, by=None):
    """A draft, rendered once into its row from `<app>/<name>`. The same dedupe key is the same letter.

    Replies go to `reply_to`, or else to the person who writes it.
    """
    if letter := Letter.objects.filter(dedupe_key=dedupe_key).first():
        return letter
    to_name = letters.one_line(to_name, 120)
    subject, text = letters.render(template, {"to_name": to_name, "by": by, **context})
    return _draft(
        kind=template,
        to_name=to_name,
        to_email=to_email,
        reply_to=reply_to or (by.email if by else ""),
        subject=subject,
        text=text,
        about=about,
        dedupe_key=dedupe_key,
        by=by,
    )


@transaction.atomic
def write_test(letter, *, by):
    """A copy to the one who is working on it, sent the way the letter itself will be. One for each version."""
    copy = _draft(
        kind="outbox/test",
        to_name=by.name,
        to_email=by.email,
        reply_to=letter.reply_to,
        subject=letters.one_line(f"[Test] {letter.subject}", 200),
        text=letter.text,
        dedupe_key=f"test:{letter.pk}:{by.pk}:{letter.version}",
        by=by,
    )
    approve(copy, by=by)
    return copy


def _draft(*, to_email, subject, text, dedupe_key, by, **fields):
    """The row of a new letter, or the one that another writer was quicker to make."""
    validate_email(to_email)  # one address a row: a list of them is no address
    letter, _ = record.get_or_create(
        Letter.objects,
        by=by,
        dedupe_key=dedupe_key,
        defaults={
            "to_email": to_email.lower(),
            "subject": subject,
            "text": text,
            "html": letters.html(subject=subject, text=text),
            "message_id": letters.message_id(dedupe_key),
            "written_by": by,
            **fields,
        },
    )
    return letter


@transaction.atomic
def edit(letter, *, subject, text, by):
    """Change the words of a draft. False if it is no longer a draft, or no longer the text that was opened."""
    validate_one_line(subject)
    if not subject.strip() or not text.strip():
        raise ValidationError("A letter needs a subject and a text.")
    text = letters.tidy(text)
    saved = _move(
        letter,
        Letter.objects.drafts().filter(changed_at=letter.changed_at),
        subject=subject,
        text=text,
        html=letters.html(subject=subject, text=text),
        written_by=letter.written_by or by,
    )
    return saved and record.noted(letter, by)


@transaction.atomic
def approve(letter, *, by):
    """draft → approved, and on its way after the commit. Only with the words that `letter` carries."""
    unchanged = Letter.objects.drafts().filter(changed_at=letter.changed_at)
    return _move(letter, unchanged, state=Letter.State.APPROVED, approved_by=by, approved_at=timezone.now()) and _go(
        letter
    )


@transaction.atomic
def take_back(letter, *, by):
    """approved → draft, unless it is already being sent. What failed can be mended as a draft, too."""
    return _move(
        letter,
        Letter.objects.approved() | Letter.objects.failed(),
        state=Letter.State.DRAFT,
        approved_by=None,
        approved_at=None,
        next_try_at=None,
        tries=0,
        problem="",
    )


@transaction.atomic
def retry(letter, *, by):
    """Failed, or in doubt and not arrived: on its way again, under the same Message-ID."""
    again = Letter.objects.failed() | Letter.objects.in_doubt()
    return _move(letter, again, state=Letter.State.APPROVED, approved_by=by, tries=0, problem="") and _go(letter)


@transaction.atomic
def arrived(letter, *, by):
    """Somebody found out that a letter in doubt did arrive."""
    if not Letter.objects.in_doubt().filter(pk=letter.pk).exists():
        return False
    return tasks.record_sent(letter)


@transaction.atomic
def discard(letter, *, by):
    """Drop a draft for good. False if it is no longer one."""
    # The update takes the row first: whoever approves it at the same moment waits, and then finds nothing.
    if not Letter.objects.drafts().filter(pk=letter.pk).update(changed_at=timezone.now()):
        return False
    return record.delete(letter, Letter.objects.all(), by=by)


@transaction.atomic
def forget(rows, *, words, address):
    """Take names, addresses and words out of these letters and their history. What was sent still counts as sent.

    What has not left will not leave: drafts go, and what was on its way has failed.
    """
    keys = list(rows.values_list("pk", flat=True))
    letters_now = Letter.objects.filter(pk__in=keys)
    letters_now.drafts().delete()
    gone = {"to_name": "", "to_email": address, "reply_to": "", "subject": words, "text": words, "html": words}
    letters_now.approved().update(state=Letter.State.FAILED, next_try_at=None)
    letters_now.exclude(problem="").update(problem=words)
    letters_now.update(**gone)
    tracked = {field.name for field in Letter.history.model._meta.concrete_fields}
    Letter.history.filter(id__in=keys).update(**{name: gone[name] for name in gone.keys() & tracked})
    return len(keys)


def _move(letter, allowed, **changes):
    """Claim the row out of those `allowed`, and let the object say the same as its row."""
    changes["changed_at"] = timezone.now()
    if not allowed.filter(pk=letter.pk).update(**changes):
        return False
    for name, value in changes.items():
        setattr(letter, name, value)
    return True


def _go(letter):
    # The row is what counts: if the broker is down, the commit stands and the clock finds the letter.
    transaction.on_commit(lambda: tasks.send.delay(letter.pk), robust=True)
    return True
