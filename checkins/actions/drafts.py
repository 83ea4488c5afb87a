"""The draft of a call: one row, overwritten by each save, never by an older one."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from checkins.actions.pool import take_up
from checkins.models import CallDraft


class Conflict(Exception):
    """Somebody else, or another tab, saved since. `draft` holds what they wrote."""

    def __init__(self, draft):
        super().__init__("Somebody else changed this call meanwhile.")
        self.draft = draft


class Finished(Exception):
    """The call is on the record already; there is no draft to save."""

    def __init__(self, checkin):
        super().__init__("This call was finished meanwhile.")
        self.checkin = checkin


def save_draft(checkin, *, text, version, client, sequence, by, now=None):
    """Keep what is typed and return the draft row. The save must have begun from `version`.

    `client` names one open page and `sequence` counts its saves: a page never conflicts with itself, and an old save
    that arrives late changes nothing. Raises `Conflict` or `Finished`; then nothing is written.
    """
    if not take_up(checkin, by=by):
        raise Finished(checkin)
    new = {"text": text, "client": client, "sequence": sequence, "saved_by": by, "saved_at": now or timezone.now()}
    drafts = CallDraft.objects.filter(checkin=checkin)
    if version == 0 and (draft := _first_save(checkin, new)):
        return draft
    if drafts.filter(version=version).update(**new, version=F("version") + 1):
        return drafts.get()
    if drafts.filter(client=client, sequence__lt=sequence).update(**new, version=F("version") + 1):
        return drafts.get()
    draft = drafts.select_related("saved_by").first()
    if draft is None:  # discarded meanwhile: what is typed here begins a new one
        return _first_save(checkin, new) or save_draft(
            checkin, text=text, version=0, client=client, sequence=sequence, by=by, now=now
        )
    if draft.client == client or draft.text == text:
        return draft
    raise Conflict(draft)


def forget_attempt(checkin):
    """After a try without a talk: what was prepared for the talk stays, what was said of the try is on record."""
    for draft in CallDraft.objects.filter(checkin=checkin):
        prepared = {name: text for name, text in draft.text.items() if name in CallDraft.PREPARED and text.strip()}
        mine = CallDraft.objects.filter(pk=draft.pk, version=draft.version)
        if prepared:
            mine.update(text=prepared, version=F("version") + 1)
        else:
            mine.delete()


def forget_words(checkin, text):
    """Words under "Other support" became a promise: they leave the draft, unless it was saved anew meanwhile."""
    for draft in CallDraft.objects.filter(checkin=checkin):
        if draft.text.get("text") == text:
            CallDraft.objects.filter(pk=draft.pk, version=draft.version).update(text={**draft.text, "text": ""})


def _first_save(checkin, new):
    """The draft's first row, or None where another page was faster."""
    try:
        with transaction.atomic():
            return CallDraft.objects.create(checkin=checkin, version=1, **new)
    except IntegrityError:
        return None
