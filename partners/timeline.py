"""One timeline for everything that happened with an organization, whichever app keeps it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, pairwise

from django.db.models import Q
from django.utils import timezone

from outbox.models import Letter
from partners import changes
from partners.models import Affiliation, Organization, OtherEmail
from partners.signals import timeline_wanted

PAGE = 20
CHIPS = {
    "call": "Calls",
    "follow-up": "Follow-ups",
    "introduction": "Introductions",
    "letter": "Letters",
    "touchpoint": "Touchpoints",
    "change": "Changes",
}
KINDS = {*CHIPS, "handover"}


@dataclass(frozen=True)
class Entry:
    """One line: what happened on a day."""

    on: date
    kind: str
    title: str
    text: str = ""
    url: str = ""
    by: object = None
    at: datetime | None = None
    changes: tuple = ()


@dataclass(frozen=True)
class Page:
    entries: list
    older: date | None = None
    """What to ask for next: everything on this day and after was shown."""


def kinds_behind(chip):
    """What a chip shows: a handover is a change too."""
    return {"change", "handover"} if chip == "change" else {chip}


def page(organization, *, user, kinds=(), before=None, limit=PAGE):
    """The newest entries before a day. A day is never torn: what does not fit whole waits for the next page."""
    found = entries(organization, user=user, kinds=kinds, before=before, limit=limit + 1)
    if len(found) <= limit:
        return Page(found)
    torn = found[limit].on
    whole = [entry for entry in found if entry.on > torn]
    if whole:
        return Page(whole, older=torn + timedelta(days=1))
    return Page([entry for entry in found if entry.on == torn], older=torn)


def entries(organization, *, user, kinds=(), before=None, limit=PAGE):
    """The `limit` newest entries of each source that this user may read, merged; no kinds means all."""
    asked = {
        "organization": organization,
        "user": user,
        "kinds": set(kinds) or KINDS,
        "before": before,
        "limit": limit,
    }
    own = [source(**asked) for kind, source in OWN.items() if kind in asked["kinds"]]
    others = [answer for _, answer in timeline_wanted.send(sender=Organization, **asked)]
    found = [entry for entry in chain(*own, *others) if entry.kind in asked["kinds"]]
    return sorted(found, key=sort_key, reverse=True)


def sort_key(entry):
    return entry.on, entry.at.timestamp() if entry.at else 0


def earlier(rows, column, before):
    return rows.filter(**{f"{column}__lt": before}) if before else rows


def touchpoints(*, organization, user, before, limit, **_):
    """Visits, mails, events; a check-in's own touch is left out, the call has its line already."""
    rows = organization.touchpoints.visible_to(user).real().select_related("logged_by", "person")
    return [
        Entry(
            on=touch.happened_on,
            kind="touchpoint",
            title=touch.get_kind_display().capitalize() + (f" with {touch.person}" if touch.person else ""),
            text=touch.summary,
            by=touch.logged_by,
        )
        for touch in earlier(rows, "happened_on", before)[:limit]
    ]


def handovers(*, organization, user, before, limit, **_):
    """Who has led the work here and since when; why it changed is the hub's note."""
    rows = organization.intrapreneurs.select_related("person").order_by("-started_on", "-pk")
    return [
        Entry(
            on=role.started_on,
            kind="handover",
            title=f"{role.person} became the intrapreneur",
            text=role.note if user.is_hub else "",
        )
        for role in earlier(rows, "started_on", before)[:limit]
    ]


def letters(*, organization, user, before, limit, **_):
    """What was sent to its people, whatever it was about."""
    addresses = [person.email for person in organization.people.all() if person.email]
    addresses += OtherEmail.objects.filter(person__organization=organization).values_list("email", flat=True)
    # What has a day of sending was sent; asking for the state instead, SQLite would walk through all that ever left.
    rows = Letter.objects.visible_to(user).to_addresses(addresses).filter(sent_at__isnull=False)
    return [
        Entry(
            on=timezone.localtime(letter.sent_at).date(),
            kind="letter",
            title=f"Letter to {letter.to_name or letter.to_email}: {letter.subject}",
            url=letter.get_absolute_url(),
            by=letter.written_by,
            at=letter.sent_at,
        )
        for letter in earlier(rows.select_related("written_by"), "sent_at__date", before).order_by("-sent_at")[:limit]
    ]


def edits(*, organization, user, before, limit, **_):
    """Saved edits, one line a sitting. Only the hub reads them: they quote what was taken back."""
    found = changes.edits(organization, before=before, limit=limit) if user.is_hub else []
    return [
        Entry(on=edit.on, kind="change", title=edit.title, by=edit.by, at=edit.at, changes=edit.changes)
        for edit in found
    ]


def roles_and_moves(**asked):
    return handovers(**asked) + moves(**asked)


def moves(*, organization, before, limit, **_):
    """Who went from here to another partner, and who came from one."""
    here = Q(organization=organization) | Q(person__organization=organization)
    here |= Q(person__affiliations__organization=organization)
    places = Affiliation.objects.filter(here).select_related("organization", "person__organization").distinct()
    stations = defaultdict(list)
    for place in places.order_by("ended_on", "pk"):
        stations[place.person].append((place.organization, place.ended_on))
    found = []
    for person, left in stations.items():
        for (was, on), (now, _) in pairwise([*left, (person.organization, None)]):
            if was == organization:
                found.append(
                    Entry(on=on, kind="handover", title=f"{person} moved to {now}", url=now.get_absolute_url())
                )
            elif now == organization:
                found.append(
                    Entry(on=on, kind="handover", title=f"{person} came from {was}", url=was.get_absolute_url())
                )
    newest = sorted(found, key=lambda entry: entry.on, reverse=True)
    return [entry for entry in newest if before is None or entry.on < before][:limit]


OWN = {"touchpoint": touchpoints, "handover": roles_and_moves, "letter": letters, "change": edits}
