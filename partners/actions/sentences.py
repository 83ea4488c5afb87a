"""What a partner says of itself: noted once, withdrawn, restored."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import record
from partners.actions.records import edit, version
from partners.models import Reach, Source
from partners.models.sentence import DEFAULT_REACH


@transaction.atomic
def say(model, organization, *, text, source, reach=None, said_by=None, by=None, on=None, topics=()):
    """Note a strength or a challenge once: → (sentence, created). Without a reach, the narrowest its source allows."""
    text = " ".join(text.split())
    fields = {
        "source": source,
        "reach": reach or DEFAULT_REACH.get(source, Reach.STAFF),
        "said_by": said_by,
        "said_on": on or timezone.localdate(),
        "added_by": by,
    }
    sentence, created = record.get_or_create(
        model.objects, by=by, organization=organization, text=text, withdrawn_on=None, defaults=fields
    )
    if not created and by and not by.is_hub and not model.objects.visible_to(by).filter(pk=sentence.pk).exists():
        sentence = edit(sentence, own_words(by) | {"reach": fields["reach"]}, seen=version(sentence), by=by)
    sentence.topics.add(*topics)
    return sentence, created


def own_words(partner):
    """What a sentence becomes when the partner says it in their own words: theirs to read at any reach."""
    return {"source": Source.PROFILE, "added_by": partner, "said_by": getattr(partner, "person", None)}


@transaction.atomic
def withdraw(sentence, *, by, today=None):
    """It is no longer so. Kept in the history, shown nowhere; twice is once."""
    return record.update(sentence, type(sentence).objects.current(), by=by, withdrawn_on=today or timezone.localdate())


@transaction.atomic
def restore(sentence, *, by):
    """Undo of `withdraw`; nothing happens if the same was said again since."""
    withdrawn = type(sentence).objects.filter(withdrawn_on__isnull=False)
    try:
        return record.update(sentence, withdrawn, by=by, withdrawn_on=None)
    except IntegrityError:
        return False
