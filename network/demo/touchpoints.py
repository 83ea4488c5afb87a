"""Every other real contact: visits, mails, events, projects."""

from datetime import timedelta

from network.demo.days import at, working_day
from partners.models import Touchpoint

KINDS = {"mail": 38, "event": 28, "visit": 16, "project": 12, "other": 6}


def make(tile):
    for partner in tile.partners:
        rng, organization = tile.rng("touchpoints", partner.number), partner.organization
        known = (tile.today - organization.created_at.date()).days
        for _ in range(rng.choice([1, 2, 3, 4, 5, 7]) if partner.roles else rng.choice([0, 1, 2])):
            kind = rng.choices([*KINDS], [*KINDS.values()])[0]
            day = working_day(tile.today - timedelta(days=rng.randint(3, max(min(known, 1080), 4))))
            if partner.forgotten and day > tile.today - timedelta(days=340):
                continue
            touch(tile, partner, kind, day, tile.line(kind, rng, partner), rng)


def touch(tile, partner, kind, day, summary, rng, *, by=None, person=None):
    tile.rows.add(
        Touchpoint(
            organization=partner.organization,
            person=person or (rng.choice(partner.people) if rng.random() < 0.8 else None),
            kind=kind,
            happened_on=day,
            summary=summary,
            logged_by=by or partner.organization.owner,
            logged_at=at(day, rng),
        )
    )
