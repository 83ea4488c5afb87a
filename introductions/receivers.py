from django.dispatch import receiver
from django.utils import timezone

from introductions.models import Introduction
from partners.finding import Group, Page, hub, page_hits
from partners.held import Holding
from partners.signals import find_wanted, holdings_wanted, timeline_wanted
from partners.timeline import Entry

PAGES = [Page("Introductions", "introductions:list", "connections people meet", hub)]


@receiver(timeline_wanted)
def lines(sender, organization, user, kinds, before, limit, **_):
    """Introductions of this organization, for whoever may see them."""
    if "introduction" not in kinds:
        return []
    introductions = Introduction.objects.visible_to(user).of(organization).for_list()
    if before:
        introductions = introductions.filter(written_at__date__lt=before)
    return [
        Entry(
            on=timezone.localdate(introduction.written_at),
            kind="introduction",
            title=f"Introduction: {introduction} ({introduction.get_state_display()})",
            text=introduction.reason,
            url=introduction.get_absolute_url(),
            by=introduction.written_by,
            at=introduction.written_at,
        )
        for introduction in introductions[:limit]
    ]


@receiver(find_wanted)
def pages(sender, query, user, **_):
    return [Group("Pages and actions", page_hits(PAGES, query, user))]


@receiver(holdings_wanted)
def what_is_held(sender, **_):
    return [
        Holding(
            "introductions.Introduction",
            "Introductions with you",
            by=("parties__person",),
            hub_shows=("written_at", "kind", "state", "reason"),
            blanks=("reason",),
        ),
        Holding("introductions.Party", by=("person",)),
    ]
