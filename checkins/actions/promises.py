"""What a call gives back: promised, given, and whether it helped. Only something given closes a call."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import record
from checkins import letters
from checkins.actions.pool import take_up
from checkins.models import CheckIn, Delivery, FollowUp
from introductions import actions as introductions
from library import actions as library

WORKING_DAYS_TO_KEEP_A_PROMISE = 5


class NothingGiven(Exception):
    """A check-in was to be closed, and nothing had been given back."""

    def __init__(self):
        super().__init__("Nothing was given back yet. A check-in closes when a follow-up is given.")


def promise_by(today=None):
    """The day a promise made today is kept by, unless somebody says otherwise: five working days on."""
    day = today or timezone.localdate()
    for _ in range(WORKING_DAYS_TO_KEEP_A_PROMISE):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return day


def attach(checkin, *, kind, by, partner=None, resource=None, text="", promised_for=None):
    """Promise a follow-up; a connection drafts its introduction. Promising the same twice is promising it once."""
    take_up(checkin, by=by)
    same = {"partner": partner} if partner else {"resource": resource} if resource else {"kind": kind, "text": text}
    try:
        with transaction.atomic():
            if found := FollowUp.objects.filter(checkin=checkin, **same).first():
                return found
            return record.create(
                FollowUp,
                by=by,
                checkin=checkin,
                kind=kind,
                partner=partner,
                introduction=partner and introductions.draft(checkin.organization, partner, by=by),
                resource=resource,
                text=text,
                promised_for=promised_for or promise_by(),
                promised_by=by,
            )
    except IntegrityError:
        if found := FollowUp.objects.filter(checkin=checkin, **same).first():
            return found
        raise


@transaction.atomic
def detach(followup, *, by=None):
    """Take a promise back that was not kept yet, and the introduction it drafted. True when it went."""
    introduction = followup.introduction
    gone = record.delete(followup, FollowUp.objects.open(), by=by)
    if gone and introduction:
        introductions.drop(introduction, by=by)
    return gone


@transaction.atomic
def give(followup, *, by, on=None, note="", letter=None):
    """Record that a promise was kept; the first one kept closes the call. Giving twice changes nothing."""
    try:
        with transaction.atomic():
            how = {"given_on": on or timezone.localdate(), "given_by": by, "note": note, "letter": letter}
            delivery = record.create(Delivery, by=by, followup=followup, **how)
    except IntegrityError:
        if Delivery.objects.filter(followup=followup).exists():
            return None
        raise
    if followup.resource:
        library.record_sent(followup.resource)
    settle(followup.checkin)
    return delivery


def give_by_letter(letter):
    """A letter has left: what it brought is given."""
    for followup in FollowUp.objects.open().filter(letter=letter).with_parts():
        give(followup, by=letter.approved_by, letter=letter)


def settle(checkin):
    """Close a held call if something was given. True when it closed now."""
    delivery = Delivery.objects.filter(followup__checkin=checkin).order_by("given_on", "pk").first()
    if delivery is None:
        return False
    closed = {"state": CheckIn.State.CLOSED, "closed_by": delivery, "closed_at": timezone.now()}
    return record.update(checkin, CheckIn.objects.owed(), by=delivery.given_by, **closed)


def close(checkin):
    """Close a held call, or say why not (`NothingGiven`). Closing twice changes nothing."""
    if not settle(checkin) and not CheckIn.objects.filter(pk=checkin.pk, state=CheckIn.State.CLOSED).exists():
        raise NothingGiven
    checkin.refresh_from_db()
    return checkin


@transaction.atomic
def write_letter(checkin, *, by):
    """Draft the letter that brings what is still promised; None without a reader, or with nothing to bring."""
    followups = list(checkin.followups.open().filter(letter__isnull=True).with_parts())
    if not followups or not (letter := letters.follow_up(checkin, followups, by=by)):
        return None
    for followup in followups:
        record.update(followup, FollowUp.objects.all(), by=by, letter=letter)
    return letter


@transaction.atomic
def say_landed(delivery, *, landed, note="", by=None, today=None):
    """Whether it helped, from either side; the last word counts."""
    delivery = Delivery.objects.select_related("followup__resource").get(pk=delivery.pk)
    was, resource = delivery.landed, delivery.followup.resource
    said = {"landed": landed, "landed_on": (today or timezone.localdate()) if landed else None, "landed_note": note}
    if not record.update(delivery, Delivery.objects.filter(landed=was), by=by, **said):
        return None
    if resource:
        library.record_landed(resource, was=was, now=landed)
    return delivery
