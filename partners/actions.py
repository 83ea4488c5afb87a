"""What can be done to a partner's record. Doing a thing twice is the same as doing it once."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.text import slugify

import accounts.actions
from accounts.models import User
from partners.keys import name_key
from partners.models import Intrapreneur, Organization, Person, PreviousName, Reach, Source, Touchpoint
from partners.models.sentence import DEFAULT_REACH


class Stale(Exception):
    """Someone else saved meanwhile. Carries the row as it is now."""

    def __init__(self, now):
        super().__init__(f"{now} was changed meanwhile")
        self.now = now


def version(thing):
    """What a form remembers, to notice that someone else saved meanwhile: the newest line of the thing's history."""
    return thing.history.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def edit(thing, changes, *, seen, by):
    """Write `changes` (field → value) unless the thing was saved since `seen`; then write nothing and raise Stale."""
    now = type(thing).objects.select_for_update().get(pk=thing.pk)
    if version(now) != seen:
        raise Stale(now)
    many = {name for name in changes if now._meta.get_field(name).many_to_many}
    if "name" in changes and isinstance(now, Organization):
        keep_name(now, changes["name"])
    for name in changes.keys() - many:
        setattr(now, name, changes[name])
    if changes:
        now._history_user = by
        now.save()
    for name in many:
        getattr(now, name).set(changes[name])
    return now


@transaction.atomic
def add_organization(*, name, by=None, tags=(), **fields):
    """A new partner organization with a page address of its own."""
    organization = Organization(name=name, slug=free_slug(name), **fields)
    organization._history_user = by
    organization.save()
    organization.tags.set(tags)
    return organization


def free_slug(name, taken=None):
    """An unused page address for this name; `taken` spares the query when many are made at once."""
    stem = slugify(name)[:200] or "partner"
    if taken is None:
        taken = set(Organization.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken or slug in RESERVED_SLUGS:
        number += 1
        slug = f"{stem}-{number}"
    return slug


# Pages of ours that live beside the records under /partners/.
RESERVED_SLUGS = frozenset(["add", "import"])


def keep_name(organization, new_name, *, on=None):
    """Remember the name the organization goes by now, before it takes another one; a mere respelling is not kept."""
    if name_key(new_name) != name_key(organization.name):
        organization.previous_names.filter(name_key=name_key(new_name)).delete()
        PreviousName.objects.get_or_create(
            organization=organization,
            name_key=name_key(organization.name),
            defaults={"name": organization.name, "until": on or timezone.localdate()},
        )


@transaction.atomic
def rename(organization, *, name, by=None, on=None):
    """Call it by its new name; the old one is kept, so that people and re-imports still find it."""
    keep_name(organization, name, on=on)
    organization.name = name
    organization._history_user = by
    organization.save()


def save_person(person, *, by):
    """Add or repair a person. Someone who already signs in with this address is linked."""
    person._history_user = by
    person.user = person.user or account_of(person.email)
    person.save()
    return person


def account_of(email):
    """The partner account that waits for this address and is nobody's yet."""
    accounts = User.objects.filter(role=User.Role.PARTNER, person__isnull=True)
    return accounts.annotate(key=Lower("email")).filter(key=email.lower()).first() if email else None


@transaction.atomic
def link(user, *, by):
    """A partner account becomes the account of the person who has its address, if nobody's yet."""
    person = Person.objects.still_there().filter(email__iexact=user.email, user__isnull=True).first()
    if person and account_of(user.email) == user:
        person.user = user
        person._history_user = by
        person.save()


@transaction.atomic
def invite(person, *, by):
    """Let this person sign in: an account for their address, linked to them, and an invitation."""
    if not person.email:
        raise ValidationError("Add an email address first: the invitation goes there.")
    if person.left_on:
        raise ValidationError(f"{person} has left {person.organization}.")
    user = accounts.actions.invite(person.email, role=User.Role.PARTNER, name=person.name, by=by)
    if user.role != User.Role.PARTNER or Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise ValidationError("This address belongs to another account.")
    if person.user_id != user.pk:
        person.user = user
        person._history_user = by
        person.save()
    return user


@transaction.atomic
def mark_left(person, *, by, on=None):
    """They work there no longer: kept in the history, no longer reads what is theirs to read. Twice is once."""
    if person.intrapreneur_roles.current().exists():
        raise ValidationError(f"{person} is the intrapreneur. Hand over to someone else first.")
    on = on or timezone.localdate()
    if not Person.objects.still_there().filter(pk=person.pk).update(left_on=on):
        return False
    person.left_on = on
    Person.history.bulk_history_create([person], update=True, default_user=by)
    return True


@transaction.atomic
def hand_over(organization, *, to, by=None, on=None, note=""):
    """The role of intrapreneur passes to `to` on a day; whoever had it keeps their dates. Twice is once."""
    on = on or timezone.localdate()
    current = organization.intrapreneurs.current().select_related("person").first()
    if current and current.person_id == to.pk:
        return current
    check_hand_over(organization, current, to=to, on=on)
    if current and not organization.intrapreneurs.current().filter(pk=current.pk).update(ended_on=on):
        return outcome_of_race(organization, to)
    try:
        with transaction.atomic():
            return Intrapreneur.objects.create(organization=organization, person=to, started_on=on, note=note)
    except IntegrityError:
        return outcome_of_race(organization, to)


def check_hand_over(organization, current, *, to, on):
    if to.organization_id != organization.pk:
        raise ValidationError(f"{to} is not at {organization}.")
    if to.left_on:
        raise ValidationError(f"{to} has left {organization}.")
    if current and on < current.started_on:
        raise ValidationError(
            f"{current.person} took over on {current.started_on:%d %b %Y}; the handover cannot be before that day."
        )


def outcome_of_race(organization, to):
    """Someone handed over in the same moment: to the same person is what was wanted, to another is not."""
    current = organization.intrapreneurs.current().select_related("person").first()
    if current and current.person_id == to.pk:
        return current
    raise ValidationError("Someone else handed over at the same moment. Look at the record again.")


@transaction.atomic
def touch(organization, *, kind, on, by=None, person=None, summary=""):
    """A real contact with a partner, of any kind; it moves "last contact"."""
    return Touchpoint.objects.create(
        organization=organization, kind=kind, happened_on=on, person=person, summary=summary, logged_by=by
    )


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
    sentence, created = model.objects.get_or_create(
        organization=organization, text=text, withdrawn_on=None, defaults=fields
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
    today = today or timezone.localdate()
    if not type(sentence).objects.current().filter(pk=sentence.pk).update(withdrawn_on=today):
        return False
    return noted(sentence, by)


@transaction.atomic
def restore(sentence, *, by):
    """Undo of `withdraw`; nothing happens if the same was said again since."""
    withdrawn = type(sentence).objects.filter(pk=sentence.pk, withdrawn_on__isnull=False)
    try:
        with transaction.atomic():
            restored = withdrawn.update(withdrawn_on=None)
    except IntegrityError:
        return False
    return noted(sentence, by) if restored else False


def noted(thing, by):
    """Put an update made by the database itself on record."""
    thing.refresh_from_db()
    type(thing).history.bulk_history_create([thing], update=True, default_user=by)
    return True
