"""Who leads the work next: named, and handed over on the day. And people who go on to another partner."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

import accounts.actions
from accounts import record
from accounts.models import User
from partners.actions.people import check_free_to_go, check_hand_over, hand_over, invite, mark_left
from partners.models import Affiliation, Succession

WHY = 300  # characters of a note that the dated role keeps; the succession keeps all of it


@transaction.atomic
def name_successor(organization, *, successor, on, outgoing_leaves=False, note="", by, today=None):
    """Say who takes over and from when; if that is today or was before, it happens at once. Twice is once."""
    role = organization.intrapreneurs.current().select_related("person").first()
    check_hand_over(organization, role, to=successor, on=on)
    if role and role.person_id == successor.pk:
        if done := organization.successions.filter(state=Succession.State.DONE, successor=successor, on=on).first():
            return done
        raise ValidationError(f"{successor} leads the work already. Name somebody else.")
    facts = {"outgoing": role and role.person, "outgoing_leaves": outgoing_leaves, "note": note, "named_by": by}
    named, _ = Succession.objects.get_or_create(
        organization=organization,
        state=Succession.State.NAMED,
        defaults={"successor": successor, "on": on, **facts},
    )
    if (named.successor_id, named.on) != (successor.pk, on):
        raise ValidationError(f"{named.successor} is named from {named.on:%d %b %Y} on. Take that back first.")
    if on <= (today or timezone.localdate()):
        succeed(named, by=by)
        named.refresh_from_db()
    return named


def take_back(succession):
    """Nobody takes over after all. True when that was still to come."""
    still = Succession.objects.open().filter(pk=succession.pk)
    return bool(still.update(state=Succession.State.WITHDRAWN))


@transaction.atomic
def succeed(succession, *, by=None):
    """The day has come: hand over as it was named. True when it happened now; twice is once.

    The successor is let in; whoever leaves is let out.
    """
    if not Succession.objects.open().filter(pk=succession.pk).update(state=Succession.State.DONE):
        return False
    organization, successor = succession.organization, succession.successor
    role = organization.intrapreneurs.current().select_related("person").first()
    on = max(succession.on, role.started_on) if role else succession.on
    hand_over(organization, to=successor, by=by, on=on, note=succession.note[:WHY])
    if succession.outgoing_leaves and role and role.person_id == succession.outgoing_id:
        mark_left(role.person, by=by, on=on)
    if (host := host_of(succession, by)) and can_be_invited(successor):
        invite(successor, by=host)
    return True


def host_of(succession, by):
    """Who of the hub lets the successor in: whoever asks, else the hub contact, else the overseer."""
    asked = [by, succession.named_by, succession.organization.owner]
    overseers = User.objects.callers().filter(role=User.Role.OVERSEER)
    return next((user for user in asked if user and user.is_hub), None) or overseers.first()


def can_be_invited(person):
    """Whether an address is known, and nobody else's account has it."""
    account = User.objects.filter(email__iexact=person.email).select_related("person").first()
    free = account is None or (account.role == User.Role.PARTNER and getattr(account, "person", person) == person)
    return bool(person.email) and free


@transaction.atomic
def move_person(person, *, to, by, on=None, title=""):
    """They work at another partner now. What they said and did stays with the old one, they keep who they know.

    True when they moved; twice is once.
    """
    person = record.locked(person)
    if person.organization_id == to.pk:
        return False
    check_free_to_go(person)
    if person.erased_on:
        raise ValidationError("This person asked to be erased.")
    Affiliation.objects.create(
        person=person,
        organization=person.organization,
        title=person.title,
        ended_on=person.left_on or on or timezone.localdate(),
    )
    person.organization, person.title, person.left_on = to, title, None
    record.save(person, by=by)
    if person.user and not person.user.is_active:
        accounts.actions.reactivate(person.user, by=by)
    return True
