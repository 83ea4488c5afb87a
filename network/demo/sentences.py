"""2,000 strengths and challenges: who says which, where it was told, and how far it may travel."""

from collections import Counter
from datetime import timedelta

from network.demo.corpus import subjects
from network.demo.days import at, working_day
from network.demo.organizations import KINDS
from partners.models import Challenge, Reach, Source, Strength

TOTAL = 2000
FEW = {"funder", "company", "agency"}
SAME_OPENING = 3  # sentences that may begin with the same five words

# Where a sentence came from, and how widely each source lets it be read.
SOURCES = {
    Strength: {Source.PROFILE: 38, Source.CALL: 30, Source.SURVEY: 24, Source.GATHERING: 8},
    Challenge: {Source.CALL: 55, Source.SURVEY: 24, Source.GATHERING: 12, Source.PROFILE: 9},
}
REACHES = {
    Source.CALL: {Reach.MATCH: 80, Reach.STAFF: 10, Reach.NETWORK: 10},
    Source.GATHERING: {Reach.MATCH: 78, Reach.NETWORK: 22},
    Source.SURVEY: {Reach.NETWORK: 90, Reach.PUBLIC: 10},
    Source.PROFILE: {Reach.NETWORK: 72, Reach.PUBLIC: 28},
}


class Deck:
    """All patterns; each is used about as often as the others, and never twice in the same words."""

    def __init__(self, rng):
        self.rng = rng
        self.uses, self.openings, self.said, self.spent = Counter(), Counter(), set(), set()
        self.suiting = {}
        for kind in KINDS:
            for model, column in ((Strength, "strengths"), (Challenge, "challenges")):
                patterns = [pattern for subject in subjects() for pattern in getattr(subject, column)]
                self.suiting[kind, model] = [pattern for pattern in patterns if kind in pattern.kinds]

    def deal(self, partner, model, taken):
        """A sentence for this partner on a subject it has not spoken of yet: (text, pattern)."""
        suiting = self.suiting[partner.organization.kind, model]
        open_to = [pattern for pattern in suiting if pattern.subject not in taken and pattern not in self.spent]
        self.rng.shuffle(open_to)
        for pattern in sorted(open_to, key=self.uses.__getitem__):
            for _ in range(6):
                text = pattern.said(self.rng, **partner.where)
                opening = " ".join(text.split()[:5])
                if text not in self.said and self.openings[opening] < SAME_OPENING:
                    self.said.add(text)
                    self.openings[opening] += 1
                    self.uses[pattern] += 1
                    return text, pattern
            self.spent.add(pattern)
        raise LookupError(f"The corpus has too little to say for a {partner.organization.kind}.")


def make(tile):
    """Those with the fewest patterns to choose from choose first."""
    deck = Deck(tile.rng("deck"))
    numbers = shares(tile)
    for partner in sorted(tile.partners, key=lambda one: len(deck.suiting[one.organization.kind, Strength])):
        taken = {line.subject for line in partner.strengths + partner.challenges}
        for place in range(numbers[partner.number]):
            model = Strength if place % 2 else Challenge
            text, pattern = deck.deal(partner, model, taken)
            taken.add(pattern.subject)
            said(tile, partner, model, text, pattern.subject, tile.rng("said", partner.number, place))


def shares(tile):
    """How many sentences each partner still has to say, 2,000 in all."""
    told = {partner.number: len(partner.strengths) + len(partner.challenges) for partner in tile.partners}
    numbers = {
        partner.number: max((4 if partner.organization.kind in FEW else 8) - told[partner.number], 0)
        for partner in tile.partners
    }
    talkers = [number for number, share in numbers.items() if share == 8]  # never one of the cast
    missing = TOTAL - sum(told.values()) - sum(numbers.values())
    for turn in range(abs(missing)):
        numbers[talkers[turn % len(talkers)]] += 1 if missing > 0 else -1
    return numbers


class Line:
    """A sentence and the subject it is about."""

    def __init__(self, row, subject):
        self.row, self.subject = row, subject


def said(tile, partner, model, text, subject, rng, *, source=None, reach=None, call=None, withdrawn=None):
    """One sentence on record. What was told on a call hangs on one that was held."""
    organization = partner.organization
    source = source or draw(rng, SOURCES[model])
    if source == Source.CALL and not (call or partner.calls):
        source = Source.SURVEY
    if source == Source.CALL:
        call = call or fewest_said(partner.calls, model)
        day, by, person = call.day, call.checkin.caller, call.checkin.person
    else:
        first = max(organization.created_at.date(), tile.today - timedelta(days=1080))
        day = first + timedelta(days=rng.randint(0, (tile.today - first).days - 1))
        day = max(first, working_day(day))
        person = rng.choice(partner.people) if rng.random() < 0.85 else None
        by = own_account(partner, day) if source == Source.PROFILE else organization.owner
    if withdrawn is None:
        withdrawn = rng.random() < 0.02 and day < tile.today - timedelta(days=140)
    row = tile.rows.add(
        model(
            organization=organization,
            text=text,
            source=source,
            reach=reach or draw(rng, REACHES[source]),
            said_by=person,
            said_on=day,
            added_by=by,
            added_at=at(day, rng),
            withdrawn_on=day + timedelta(days=140) if withdrawn else None,
        )
    )
    name = model._meta.model_name
    tile.rows.link(model.topics, **{name: row, "topic": tile.hub.topics[subject]})
    tile.rows.record(row, at=row.added_at, by=by)
    line = Line(row, subject)
    getattr(partner, f"{name}s").append(line)
    if source == Source.CALL:
        getattr(call, f"{name}s").append(line)
        tile.rows.link(getattr(type(call.checkin), f"{name}s"), checkin=call.checkin, **{name: row})
    return line


def draw(rng, weights):
    return rng.choices([*weights], [*weights.values()])[0]


def fewest_said(calls, model):
    """The held call that has the least on record; the latest of them."""
    return min(reversed(calls), key=lambda call: len(getattr(call, f"{model._meta.model_name}s")))


def own_account(partner, day):
    """The partner's own sign-in, where they had one by then; else the hub wrote it down."""
    user = partner.lead.user
    return user if user and user.created_at.date() <= day else partner.organization.owner
