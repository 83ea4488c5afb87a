"""People at a partner: who signs in, who has left, who leads the work."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

import accounts.actions
from accounts import record
from accounts.models import User
from partners.models import Intrapreneur, Person, Succession
from partners.signals import handed_over


def save_person(person, *, by):
    """Add or repair a person. Someone who already signs in with this address is linked."""
    person.user = person.user or account_of(person.email)
    return record.save(person, by=by)


def account_of(email):
    """The partner account that waits for this address and is nobody's yet."""
    accounts = User.objects.filter(role=User.Role.PARTNER, person__isnull=True)
    return accounts.annotate(key=Lower("email")).filter(key=email.lower()).first() if email else None


@transaction.atomic
def link(user, *, by):
    """A partner account becomes the account of the person who has its address, if nobody's yet."""
    theirs = Q(email__iexact=user.email) | Q(other_emails__email__iexact=user.email)
    person = Person.objects.still_there().filter(theirs, user__isnull=True).first()
    if person and account_of(user.email) == user:
        person.user = user
        record.save(person, by=by)


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
        record.save(person, by=by)
    return user


@transaction.atomic
def mark_left(person, *, by, on=None):
    """They work there no longer: kept in the history, no longer reads what is theirs to read. Twice is once."""
    check_free_to_go(person)
    if not record.update(person, Person.objects.still_there(), by=by, left_on=on or timezone.localdate()):
        return False
    if person.user:
        accounts.actions.close(person.user, by=by)
    return True


def check_free_to_go(person):
    """Whoever leads the work hands over first, and whoever was named to lead it is not forgotten."""
    if person.intrapreneur_roles.current().exists():
        raise ValidationError(f"{person} is the intrapreneur. Hand over to someone else first.")
    if named := person.successions_to.open().select_related("organization").first():
        raise ValidationError(
            f"{person} is named to lead the work of {named.organization} from {named.on:%d %b %Y} on."
            " Take that back first."
        )


@transaction.atomic
def hand_over(organization, *, to, by=None, on=None, note=""):
    """The role of intrapreneur passes to `to` on a day; whoever had it keeps their dates. Twice is once."""
    on = on or timezone.localdate()
    current = organization.intrapreneurs.current().select_related("person").first()
    if current and current.person_id == to.pk:
        return current
    check_hand_over(organization, current, to=to, on=on)
    if current and not record.update(current, organization.intrapreneurs.current(), by=by, ended_on=on):
        return outcome_of_race(organization, to)
    try:
        with transaction.atomic():
            role = record.create(Intrapreneur, by=by, organization=organization, person=to, started_on=on, note=note)
    except IntegrityError:
        return outcome_of_race(organization, to)
    organization.successions.open().filter(successor=to).update(state=Succession.State.DONE)
    organization.successions.open().update(state=Succession.State.WITHDRAWN)
    if current:
        handed_over.send(sender=Intrapreneur, role=role, by=by)
    return role


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
