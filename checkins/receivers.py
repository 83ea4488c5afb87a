"""News from below: a letter has left; a timeline wants our lines."""

from django.core.exceptions import ObjectDoesNotExist
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from checkins import actions
from checkins.models import CheckIn, FollowUp
from outbox.signals import letter_sent
from partners.brief import Section
from partners.finding import Group, Hit, Page, hub, page_hits
from partners.held import Holding
from partners.models import Organization
from partners.signals import brief_wanted, find_wanted, handed_over, holdings_wanted, merging, timeline_wanted
from partners.timeline import Entry

PROMISES = 5  # as many as fit on the brief
NOT_ASKED = "not asked yet whether it helped"

PAGES = [
    Page("My calls", "checkins:home", "home today promises owed", hub),
    Page("All calls", "checkins:list", "this year list", hub),
    Page("Pool", "checkins:pool", "due overdue nobody take a call", hub),
    Page("Visits", "checkins:trips", "trip travel near where i will be", hub),
    Page("Board", "checkins:board", "coverage load debts assign year", lambda user: user.is_overseer),
    Page("Plan the year", "checkins:plan_start", "suggest round capacity", lambda user: user.is_overseer),
]


@receiver(letter_sent)
def keep_the_promises_it_brought(sender, letter, **_):
    actions.give_by_letter(letter)


@receiver(merging, sender=Organization)
def join_their_calls(sender, kept, gone, journal, now, **_):
    actions.join_pending(journal, kept, gone, now=now)


@receiver(handed_over)
def call_who_took_over(sender, role, by, **_):
    actions.welcome(role, by=by)


@receiver(brief_wanted)
def promises(sender, organization, user, **_):
    """What we owe this partner, and what we gave."""
    theirs = FollowUp.objects.visible_to(user).to(organization).with_parts()
    owed = [
        f"{followup}, by {followup.promised_for:%d %b %Y}, {followup.promised_by}"
        for followup in theirs.open().order_by("promised_for", "pk")[:PROMISES]
    ]
    given = [
        f"{followup.delivery.given_on:%d %b %Y}: {followup} ({followup.delivery.get_landed_display() or NOT_ASKED})"
        for followup in theirs.given().order_by("-delivery__given_on", "-pk")[:PROMISES]
    ]
    return [
        Section("Open promises", owed, empty="None: we owe nothing."),
        Section("What we gave, and whether it helped", given, empty="Nothing yet."),
    ]


@receiver(timeline_wanted)
def lines(sender, organization, user, kinds, before, limit, **_):
    """Calls (for the hub alone), and what was given (for the partner too)."""
    found = []
    if "call" in kinds:
        found += calls(organization, user, before, limit)
    if "follow-up" in kinds:
        found += follow_ups(organization, user, before, limit)
        found += taken_back(organization, before, limit) if user.is_hub else []
    if "handover" in kinds:
        found += welcomes(organization, user, before, limit)
    return found


def calls(organization, user, before, limit):
    held = CheckIn.objects.visible_to(user).held().filter(organization=organization).select_related("caller")
    if before:
        held = held.filter(held_on__lt=before)
    return [
        Entry(
            on=checkin.held_on,
            kind="call",
            title=f"{named(checkin)} {checkin.get_channel_display()}"
            + (f", {checkin.minutes} min" if checkin.minutes else ""),
            text=" · ".join(challenge.text for challenge in checkin.challenges.all()) or checkin.notes[:300],
            url=checkin.get_absolute_url(),
            by=checkin.caller,
        )
        for checkin in held.prefetch_related("challenges").order_by("-held_on", "-pk")[:limit]
    ]


def named(checkin):
    return "Welcome call" if checkin.purpose == CheckIn.Purpose.WELCOME else "Call"


def welcomes(organization, user, before, limit):
    """A handover and the call it asked for stand together; once held, the call has a line of its own."""
    planned = CheckIn.objects.visible_to(user).pending().filter(organization=organization)
    planned = planned.filter(purpose=CheckIn.Purpose.WELCOME).select_related("caller")
    if before:
        planned = planned.filter(created_at__date__lt=before)
    return [
        Entry(
            on=timezone.localdate(checkin.created_at),
            kind="handover",
            title=f"Welcome call planned, by {date_format(checkin.due_on, 'j M Y')} with {checkin.caller}",
            url=checkin.get_absolute_url(),
            at=checkin.created_at,
        )
        for checkin in planned[:limit]
    ]


def follow_ups(organization, user, before, limit):
    given = FollowUp.objects.visible_to(user).to(organization).given().with_parts()
    if before:
        given = given.filter(delivery__given_on__lt=before)
    return [
        Entry(
            on=followup.delivery.given_on,
            kind="follow-up",
            title=f"Given: {followup}",
            text=followup.delivery.get_landed_display() or NOT_ASKED,
            url=followup.checkin.get_absolute_url() if user.is_hub else "",
            by=followup.promised_by,
        )
        for followup in given.order_by("-delivery__given_on", "-pk")[:limit]
    ]


@receiver(find_wanted)
def what_to_do(sender, query, user, organizations, **_):
    """Pages of calls, and a call with the partner that was probably meant."""
    hits = page_hits(PAGES, query, user)
    if organizations and user.is_hub:
        partner = organizations[0]
        start, past = (reverse(f"checkins:{name}", args=[partner.slug]) for name in ("start", "log_past"))
        call = Hit(f"Start a call with {partner}", start, is_button=True)
        hits = [call, Hit(f"Log a past call with {partner}", past), *hits]
    return [Group("Pages and actions", hits)]


HOLDINGS = [
    Holding(
        "checkins.CheckIn",
        "Calls with you",
        by=("person",),
        shows=("due_on", "held_on", "state", "caller", "channel", "minutes"),
        hub_shows=("work", "notes"),
        blanks=("work", "notes"),
    ),
    Holding(
        "checkins.Attempt",
        "When we tried to reach you",
        by=("checkin__person",),
        shows=("made_at", "outcome", "made_by"),
        hub_shows=("note",),
        blanks=("note",),
    ),
    Holding(
        "checkins.HandOver",
        "Who passed the call on",
        by=("checkin__person",),
        hub_shows=("made_at", "from_caller", "to_caller", "reason"),
        blanks=("reason",),
    ),
    Holding(
        "checkins.CallDraft", "Typed on a call", by=("checkin__person",), hub_shows=("saved_at", "text"), goes=True
    ),
    Holding(
        "checkins.FollowUp",
        "What was promised after a call",
        by=("checkin__person",),
        hub_shows=("promised_for", "kind", "text"),
        blanks=("text",),
    ),
    Holding(
        "checkins.Delivery",
        "What was given, and whether it helped",
        by=("followup__checkin__person",),
        shows=("given_on", "landed", "landed_on", "landed_note"),
        hub_shows=("note",),
        blanks=("note", "landed_note"),
    ),
]


@receiver(holdings_wanted)
def what_is_held(sender, **_):
    return HOLDINGS


def taken_back(organization, before, limit):
    """Promises that are no more: the history alone knows of them."""
    lines = FollowUp.history.filter(checkin__organization=organization, history_type="-")
    lines = lines.exclude(id__in=FollowUp.objects.to(organization).values("pk"))
    if before:
        lines = lines.filter(history_date__date__lt=before)
    lines = lines.select_related("history_user", "partner", "resource").order_by("-history_date")[:limit]
    return [
        Entry(
            on=timezone.localdate(line.history_date),
            kind="follow-up",
            title=f"{line.history_user or 'Someone'} took back: {what_it_was(line)}",
            by=line.history_user,
            at=line.history_date,
        )
        for line in lines
    ]


def what_it_was(line):
    """As the follow-up was called; what it pointed to may be gone since."""
    try:
        return f"Introduction to {line.partner}" if line.partner_id else str(line.resource or line.text.rstrip("."))
    except ObjectDoesNotExist:
        return line.get_kind_display()
