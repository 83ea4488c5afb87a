"""What happens to a call: started, tried, moved, passed on, held."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import record
from checkins.actions.drafts import forget_attempt
from checkins.actions.pool import take_up
from checkins.actions.promises import settle
from checkins.models import Attempt, CallDraft, CheckIn, HandOver
from partners import actions as partners
from partners.models import Challenge, Source, Strength, Touchpoint
from partners.topics import topics_in

BY_HAND = {"by_hand": True, "reserved_until": None}


def start(organization, *, by, now=None):
    """The organization's pending call, opened; planned for today when there is none."""
    now = now or timezone.now()
    try:
        with transaction.atomic():
            checkin = CheckIn.objects.pending().filter(organization=organization).first() or record.create(
                CheckIn, by=by, organization=organization, caller=by, due_on=timezone.localdate(now)
            )
    except IntegrityError:  # another click was faster
        checkin = CheckIn.objects.pending().get(organization=organization)
    take_up(checkin, by=by)
    CheckIn.objects.pending().filter(pk=checkin.pk, opened_at__isnull=True).update(opened_at=now)
    return checkin


@transaction.atomic
def log_attempt(checkin, *, outcome, by, note="", try_again_on=None, scheduled_at=None, now=None):
    """One try that did not become a talk. Returns the attempt, or None when the call was held meanwhile."""
    change = {"opened_at": None, "reserved_until": None}
    if scheduled_at:
        due_on = max(checkin.due_on, timezone.localdate(scheduled_at))  # a call with a time is not late before it
        change |= {"state": CheckIn.State.SCHEDULED, "scheduled_at": scheduled_at, "due_on": due_on}
    if not record.update(checkin, CheckIn.objects.pending(), by=by, **change):
        return None
    forget_attempt(checkin)
    return Attempt.objects.create(
        checkin=checkin,
        outcome=outcome,
        made_by=by,
        note=note,
        try_again_on=try_again_on,
        made_at=now or timezone.now(),
    )


def reschedule(checkin, *, due_on, scheduled_at=None, by=None):
    """Move a pending call; a plan leaves it there. True when it moved."""
    state = CheckIn.State.SCHEDULED if scheduled_at else CheckIn.State.PLANNED
    moved = {"due_on": due_on, "scheduled_at": scheduled_at, "state": state}
    return record.update(checkin, CheckIn.objects.pending(), by=by, **moved, **BY_HAND)


@transaction.atomic
def hand_over(checkin, *, to, by, reason):
    """Pass a pending call to another caller, where a plan leaves it. Two people passing it on: the first one counts."""
    previous = checkin.caller
    theirs = CheckIn.objects.pending().filter(caller=previous)
    if to == previous or not record.update(checkin, theirs, by=by, caller=to, **BY_HAND):
        return None
    return HandOver.objects.create(checkin=checkin, from_caller=previous, to_caller=to, reason=reason, made_by=by)


@transaction.atomic
def hold(checkin, *, heard, by, today=None):
    """Put a call on the record: held, and owed until something is given back. Holding twice changes nothing.

    `heard` is the cleaned call form: held_on, channel, minutes, person, work, notes, and the lists of sentences
    `strengths` and `challenges`.
    """
    held_on = heard.get("held_on") or today or timezone.localdate()
    facts = {name: heard[name] for name in ("channel", "minutes", "person", "work", "notes") if name in heard}
    facts |= {"state": CheckIn.State.HELD, "held_on": held_on, "caller": by, "reserved_until": None}
    previous_caller = checkin.caller
    if not record.update(checkin, CheckIn.objects.pending(), by=by, **facts):
        return None
    if previous_caller != by:
        HandOver.objects.create(
            checkin=checkin, from_caller=previous_caller, to_caller=by, reason="Held the call.", made_by=by
        )
    Attempt.objects.create(checkin=checkin, outcome=Attempt.Outcome.TALKED, made_by=by)
    _keep(checkin, checkin.strengths, Strength, heard.get("strengths", ()), by)
    _keep(checkin, checkin.challenges, Challenge, heard.get("challenges", ()), by)
    partners.touch(
        checkin.organization,
        kind=Touchpoint.Kind.CALL,
        on=held_on,
        by=by,
        person=checkin.person,
        summary=f"Check-in call {checkin.get_channel_display()}",
    )
    CallDraft.objects.filter(checkin=checkin).delete()
    settle(checkin)
    return checkin


@transaction.atomic
def correct(checkin, *, work, notes, reaches, by):
    """What was heard on a call, put right afterwards. `reaches`: who may read each sentence."""
    for sentence, reach in reaches.items():
        record.update(sentence, type(sentence).objects.exclude(reach=reach), by=by, reach=reach)
    return record.update(checkin, CheckIn.objects.held(), by=by, work=work, notes=notes)


def _keep(checkin, related, model, sentences, by):
    """What was heard, as sentences of the partner; told on a call, so their reach is the narrowest that matches."""
    for text in sentences:
        sentence, _ = partners.say(
            model,
            checkin.organization,
            text=text,
            source=Source.CALL,
            said_by=checkin.person,
            by=by,
            on=checkin.held_on,
            topics=topics_in(text),
        )
        related.add(sentence)
