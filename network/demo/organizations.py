"""280 organizations of seven kinds, all invented, in real places."""

from datetime import timedelta

from django.utils.text import slugify

from network.demo.corpus import places
from network.demo.days import clock
from network.demo.names import ENDINGS, QUALIFIERS, STEMS
from network.demo.tile import Partner
from partners.keys import name_key
from partners.models import Organization, PreviousName
from partners.places import US, US_STATES

KINDS = {
    "university": 60,
    "district": 50,
    "museum": 40,
    "company": 28,
    "funder": 24,
    "nonprofit": 58,
    "agency": 20,
}
PROSPECTS, ALUMNI = 10, 8
TAGS = [
    "Back-to-school breakfast", "CS cohort", "Elementary science", "Fellowship alumni", "Founding partner",
    "Hosts visitors", "Minority-serving", "Project Team lead", "Research partner", "Residency", "Rural",
    "Solution Lab", "Speaks Spanish", "Summit speaker",
]  # fmt: skip

# The partners whom the demo logins meet first: name, kind, city.
CAST = [
    ("Lakeshore Science Center", "museum", "Chicago"),
    ("Riverside STEM Alliance", "nonprofit", "Milwaukee"),
    ("Delta Teachers College", "university", "Greenville"),
    ("Harbor Museum", "museum", "Baltimore"),
    ("Prairie Gate School District", "district", "Wichita"),
    ("Sunflower Science Teachers Network", "nonprofit", "Garden City"),
    ("Kestrel Instruments", "company", "Boise"),
    ("Three Bridges Teacher Residency", "nonprofit", "Pittsburgh"),
]
AS_ANY_OTHER = {"Delta Teachers College"}  # known by name, called like all the others


# Two that somebody typed a second time, as prospects: number, name, city.
DOUBLES = {278: ("Harbour Museum", "Baltimore"), 279: ("Delta Teacher College", "Greenville")}


def make(tile):
    cast = CAST if tile.number == 0 else []
    kinds = [kind for kind, number in KINDS.items() for _ in range(number)]
    for _, kind, _ in cast:
        kinds.remove(kind)
    tile.rng("kinds").shuffle(kinds)
    for number in range(sum(KINDS.values())):
        if number < len(cast):
            name, kind, city = cast[number]
            place = next(place for place in places() if place["city"] == city)
            partner = one(tile, number, name, kind, place, status="active")
            partner.scripted = name not in AS_ANY_OTHER
        else:
            rng = tile.rng("organization", number)
            kind, place = kinds[number - len(cast)], rng.choice(places())
            name = free_name(tile, kind, rng)
            if tile.number == 0 and number in DOUBLES:
                name, city = DOUBLES[number]
                place = next(place for place in places() if place["city"] == city)
            partner = one(tile, number, name, kind, place, status=status_of(number))
        tile.partners.append(partner)
    for partner in tile.partners[len(cast) :]:
        rename_some(tile, partner)


def status_of(number):
    last = sum(KINDS.values()) - number
    return "prospect" if last <= PROSPECTS else "alumni" if last <= PROSPECTS + ALUMNI else "active"


def free_name(tile, kind, rng):
    while True:
        name = f"{rng.choice(STEMS)} {rng.choice(ENDINGS[kind])}"
        if tile.number and rng.random() < 0.9:
            name = f"{rng.choice(QUALIFIERS)} {name}"
        if name_key(name) not in tile.hub.names:
            return name


def one(tile, number, name, kind, place, *, status):
    rng, taken, today = tile.rng("facts", number), tile.hub.names, tile.today
    slug = slugify(name)
    domain = slugify(name.rsplit(" ", 2)[0]) or slug
    if domain in taken or slug == domain:
        domain = slug
    taken |= {name_key(name), domain}
    _, region, zone = US_STATES[place["state"]]
    joined = None if status == "prospect" else today - timedelta(days=rng.randint(420, 4400))
    if joined and not rng.randrange(12):
        joined = today - timedelta(days=rng.randint(60, 400))
    added = joined or today - timedelta(days=rng.randint(20, 300))
    organization = Organization(
        name=name,
        slug=slug,
        kind=kind,
        status=status,
        region=region,
        city=place["city"],
        state=place["state"],
        country=US,
        latitude=float(place["latitude"]),
        longitude=float(place["longitude"]),
        time_zone=place["time_zone"] or zone,
        language="es" if tile.rng("language", number).random() < 0.06 else "",
        website=website(domain, rng),
        external_id=f"P-{1000 + tile.number * 1000 + number}" if rng.random() < 0.6 else "",
        owner=owner_of(tile, number),
        joined_on=joined,
        ended_on=max(joined, today - timedelta(days=rng.randint(30, 400))) if status == "alumni" else None,
        created_at=clock(added, 10),
    )
    if tile.number == 0 and number < len(CAST):
        organization.joined_on = today - timedelta(days=rng.randint(1600, 4400))
        organization.website = f"https://{domain}.example.org"
    return Partner(number, tile.rows.add(organization), place, domain)


def owner_of(tile, number):
    """Everybody in turn. The cast is Ana's, so at first the turn passes her by, until all have as many."""
    callers, ana, cast = tile.hub.callers, tile.hub.ana, len(CAST) if tile.number == 0 else 0
    if number < cast:
        return ana
    if number < cast + cast * (len(callers) - 1):
        callers = [caller for caller in callers if caller is not ana]
    return callers[(number + tile.number * 7) % len(callers)]


def website(domain, rng):
    return rng.choices(
        [
            f"https://{domain}.example.org",
            f"https://www.{domain}.example.org/",
            f"https://example.org/partners/{domain}",
            "",
        ],
        [75, 12, 8, 5],
    )[0]


def rename_some(tile, partner):
    """One in eleven went by another name before."""
    rng, organization = tile.rng("renamed", partner.number), partner.organization
    if rng.randrange(11):
        return
    stem = organization.name.rsplit(" ", 1)[0]
    former = f"{stem} {rng.choice(ENDINGS[organization.kind])}"
    if name_key(former) not in tile.hub.names:
        until = tile.today - timedelta(days=rng.randint(100, 900))
        tile.rows.add(PreviousName(organization=organization, name=former, until=until))
        tile.hub.names.add(name_key(former))


def tag(tile):
    """Tags, and the history of the record: made, and now and then mended."""
    for partner in tile.partners:
        rng, organization = tile.rng("tags", partner.number), partner.organization
        tags = rng.sample(tile.hub.tags, rng.choice([0, 1, 1, 2, 2, 3]))
        links = [tile.rows.link(Organization.tags, organization=organization, tag=one) for one in tags]
        owner, made = organization.owner, organization.created_at
        mended = made + timedelta(days=rng.randint(30, 300))
        if mended.date() < tile.today and organization.website and rng.random() < 0.5:
            tile.rows.record(organization, at=made, by=owner, website="")
            tile.rows.record(organization, at=mended, by=owner, kind="~", links=links)
        else:
            tile.rows.record(organization, at=made, by=owner, links=links)
