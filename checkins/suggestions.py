"""Who or what could help with a challenge, while it is typed. For staff screens only: it reads confidences."""

from dataclasses import dataclass

from django.db.models import Q

from affinity.words import overlap, terms
from library.models import Resource
from partners.models import Organization, Strength
from partners.topics import topics_in

CANDIDATES = 400  # looked at closely, newest or most useful first
TOPIC_BONUS = 0.25
REGION_BONUS = 0.05
HELPED_BONUS = 0.02


@dataclass(frozen=True)
class Suggestion:
    what: str  # "partner" or "resource"
    thing: object
    score: float
    reason: str

    @property
    def value(self):
        return f"{self.what}:{self.thing.pk}"


def suggest(text, organization, *, limit=6, without=()):
    """The best partners and resources for a challenge, each once, with the reason; all share a word or topic with it.

    `without` holds values already attached, such as "partner:12".
    """
    need = terms(text)
    if not need:
        return []
    topics = list(topics_in(text))
    found = [*_partners(need, topics, organization), *_resources(need, topics)]
    best = {}
    for suggestion in sorted(found, key=lambda each: (-each.score, each.thing.pk)):
        if suggestion.value not in without:
            best.setdefault(suggestion.value, suggestion)
    return _mixed(list(best.values()), limit)


def _mixed(ranked, limit):
    """The first `limit`, but of either sort two at least where there are two: somebody to meet, something to read."""
    scarce = [[each for each in ranked if each.what == what][:2] for what in ("partner", "resource")]
    kept = [*scarce[0], *scarce[1]]
    kept += [each for each in ranked if each not in kept][: limit - len(kept)]
    return sorted(kept, key=ranked.index)


def find(words, organization, *, limit=8):
    """Partners and resources by name, for who knows already what they want."""
    if not words.strip():
        return []
    partners = Organization.objects.active().exclude(pk=organization.pk).search(words).order_by("name_key")[:limit]
    resources = Resource.objects.current().search(words).for_list()[:limit]
    found = [Suggestion("partner", partner, 0, partner.place) for partner in partners]
    found += [Suggestion("resource", resource, 0, _track_record(resource)) for resource in resources]
    return found[:limit]


def worth_bringing(challenges):
    """The resource that fits each challenge best, as {challenge: resource}; one look at the library for all of them."""
    resources = Resource.objects.current().prefetch_related("topics").order_by("-useful_count", "-pk")[:CANDIDATES]
    offers = [
        (resource, terms(f"{resource.title} {resource.summary}"), {topic.pk for topic in resource.topics.all()})
        for resource in resources
    ]
    best = {}
    for challenge in challenges:
        need, near = terms(challenge.text), {topic.pk for topic in challenge.topics.all()}
        scored = [
            (
                overlap(need, offer)[0]
                + TOPIC_BONUS * bool(near & topics)
                + HELPED_BONUS * min(resource.useful_count, 5),
                resource,
            )
            for resource, offer, topics in offers
            if near & topics or need & offer
        ]
        if scored:
            best[challenge] = max(scored, key=lambda pair: pair[0])[1]
    return best


def _partners(need, topics, organization):
    near = {topic.pk for topic in topics}
    strengths = (
        Strength.objects.current()
        .matchable()
        .filter(_about(need, topics, "text"), organization__status=Organization.Status.ACTIVE)
        .exclude(organization=organization)
        .select_related("organization")
        .prefetch_related("topics")
        .order_by("-said_on", "-pk")
        .distinct()[:CANDIDATES]
    )
    for strength in strengths:
        score, shared = overlap(need, terms(strength.text))
        topical = any(topic.pk in near for topic in strength.topics.all())
        partner = strength.organization
        nearby = bool(partner.region) and partner.region == organization.region
        if shared or topical:
            score += TOPIC_BONUS * topical + REGION_BONUS * nearby
            reason = f"Good at: “{strength.text}”" + (" · same region" if nearby else "")
            yield Suggestion("partner", partner, score, reason)


def _resources(need, topics):
    near = {topic.pk for topic in topics}
    resources = (
        Resource.objects.current()
        .filter(_about(need, topics, "title") | _about(need, (), "summary"))
        .prefetch_related("topics")
        .order_by("-useful_count", "-pk")
        .distinct()[:CANDIDATES]
    )
    for resource in resources:
        score, shared = overlap(need, terms(f"{resource.title} {resource.summary}"))
        topical = any(topic.pk in near for topic in resource.topics.all())
        if shared or topical:
            score += TOPIC_BONUS * topical + HELPED_BONUS * min(resource.useful_count, 5)
            yield Suggestion("resource", resource, score, _track_record(resource))


def _about(need, topics, column):
    """Rows on one of the topics, or with one of the longest words."""
    about = Q(topics__in=topics) if topics else Q()
    for stem in sorted(need, key=len, reverse=True)[:3]:
        about |= Q(**{f"{column}__icontains": stem})
    return about


def _track_record(resource):
    kind = resource.get_kind_display().capitalize()
    if not resource.sent_count:
        return f"{kind} · not sent yet"
    return f"{kind} · sent in {resource.sent_count} follow-ups, {resource.useful_count} found it useful"
