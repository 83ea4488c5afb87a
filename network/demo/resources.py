"""300 items of the library, five for each topic, and how often each was sent and helped."""

from datetime import timedelta

from django.utils.text import slugify

from library.models import Resource
from network.demo.corpus import subjects
from network.demo.days import at

LICENCES = ["CC BY 4.0", "CC BY 4.0", "CC BY-SA 4.0", "CC BY-NC 4.0", "CC0", "Copy and change freely", ""]
PREFERRED_SOURCES = {"research": "university", "data": "agency", "expertise": "district"}


def make(tile):
    """The library by subject: {subject: [resource]}."""
    library, number = {}, 0
    for subject in subjects():
        library[subject.name] = []
        for kind, title, summary in subject.resources:
            rng, number = tile.rng("resource", number), number + 1
            library[subject.name].append(one(tile, kind, title, summary, subject, rng))
    return library


def one(tile, kind, title, summary, subject, rng):
    source = source_of(tile, kind, rng)
    slug = slugify(title)[:200] + (f"-{tile.number + 1}" if tile.number else "")
    in_person = kind in Resource.IN_PERSON
    added_by = rng.choice(tile.hub.callers)
    day = tile.today - timedelta(days=rng.randint(1100, 1500) if rng.random() < 0.75 else rng.randint(15, 1099))
    host = f"{source.domain}.example.org" if source else "library.example.org"
    row = tile.rows.add(
        Resource(
            kind=kind,
            title=title,
            slug=slug,
            summary=summary,
            link="" if in_person and rng.random() < 0.7 else f"https://{host}/{slug}",
            licence="" if in_person else rng.choice(LICENCES),
            source=source.organization if source else None,
            added_by=added_by,
            added_at=at(day, rng),
        )
    )
    link = tile.rows.link(Resource.topics, resource=row, topic=tile.hub.topics[subject.name])
    tile.rows.record(row, at=row.added_at, by=added_by, links=[link])
    return row


def source_of(tile, kind, rng):
    """The partner it comes from; some are the hub's own."""
    if rng.random() < 0.2:
        return None
    wanted = PREFERRED_SOURCES.get(kind)
    giving = [one for one in tile.partners if one.is_active and wanted in (None, one.organization.kind)]
    return rng.choice(giving)
