"""One page to read before a visit: who they are, what they told, what we owe them and what helped."""

from dataclasses import dataclass

from partners import timeline
from partners.models import Challenge, Organization, Strength
from partners.signals import brief_wanted

CONTACTS, SENTENCES = 3, 5  # more would not fit on the page


@dataclass(frozen=True)
class Section:
    """What a higher app adds: a heading, its lines, and what to say when there are none."""

    title: str
    lines: list
    empty: str = "Nothing."


def brief(organization, *, user):
    """Everything on the page, as this user may read it."""
    told = {
        model.kind: model.objects.visible_to(user).filter(organization=organization).for_record()[:SENTENCES]
        for model in (Strength, Challenge)
    }
    met = timeline.entries(organization, user=user, kinds={"call", "touchpoint"}, limit=CONTACTS)
    answers = brief_wanted.send(sender=Organization, organization=organization, user=user)
    return {
        "strengths": told["strength"],
        "challenges": told["challenge"],
        "contacts": met[:CONTACTS],
        "sections": [section for _, sections in answers for section in sections],
    }
