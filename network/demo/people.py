"""About 420 people at the partners: who leads the work, who led it before, who else works there."""

from datetime import timedelta

from django.utils.text import slugify

from accounts.models import User
from network.demo.days import clock
from network.demo.hub import account, locked
from network.demo.names import FIRST, LAST, TITLES
from partners.models import Intrapreneur, Person, Succession

# Who they are is told elsewhere: (organization, person, job title, phone).
KNOWN = {
    "Lakeshore Science Center": ("Dana Whitfield", "Director of Learning", "+1 312 555 0142"),
    "Riverside STEM Alliance": ("Ivo Novak", "Executive Director", "+1 414 555 0117"),
    "Delta Teachers College": ("Loretta Banks", "Dean of Education", "+1 662 555 0161"),
}
HANDED_OVER = "Three Bridges Teacher Residency"
NAMED = "Kestrel Instruments"  # somebody is named to lead the work there soon


def make(tile):
    for partner in tile.partners:
        rng, status = tile.rng("people", partner.number), partner.organization.status
        lead = person(tile, partner, rng, known=KNOWN.get(partner.organization.name))
        if status != "prospect":
            lead_the_work(tile, partner, lead, rng)
        for _ in range(rng.choice([0, 0, 0, 0, 0, 0, 0, 1, 1, 2])):
            person(tile, partner, rng)
        if partner.organization.name == NAMED:
            name_successor(tile, partner, person(tile, partner, tile.rng("successor")))
        if status == "active" and (rng.random() < 0.3 or partner.organization.name == "Lakeshore Science Center"):
            let_in(tile, partner, rng)
        for one in partner.people:
            tile.rows.record(one, at=one.created_at, by=partner.organization.owner)


def person(tile, partner, rng, *, known=None, **fields):
    organization = partner.organization
    while True:
        first, last = rng.choice(FIRST), rng.choice(LAST)
        name, title, phone = known or (
            f"{first} {last}",
            rng.choice(TITLES[organization.kind]),
            f"+1 {partner.place['area_code']} 555 {rng.randint(100, 199):04}",
        )
        if name not in [one.name for one in partner.people]:
            break
    address = f"{slugify(name).replace('-', '.')}@{partner.domain}.example.org"
    since = organization.created_at.date()
    one = Person(
        organization=organization,
        name=name,
        title=title,
        email=address if known or rng.random() < 0.97 else "",
        phone=phone if known or rng.random() < 0.85 else "",
        created_at=clock(since + timedelta(days=rng.randint(0, max((tile.today - since).days - 1, 0))), 11),
        **fields,
    )
    partner.people.append(tile.rows.add(one))
    return one


def lead_the_work(tile, partner, lead, rng):
    """The dated role; one in six was handed over within the three years."""
    organization, today = partner.organization, tile.today
    joined, ended = organization.joined_on, organization.ended_on
    days = ((ended or today) - joined).days
    lead.created_at = clock(joined, 11)
    if organization.name == HANDED_OVER:
        note = "Rosalind Achebe moved to the state office in Harrisburg."
        hand_over(tile, partner, lead, rng, on=today - timedelta(days=20), note=note)
    elif days > 120 and rng.random() < 0.17 and not partner.scripted:
        changed = (ended or today) - timedelta(days=rng.randint(20, min(days - 60, 1000)))
        hand_over(tile, partner, lead, rng, on=changed, ended=ended)
    else:
        partner.roles.append(
            tile.rows.add(Intrapreneur(organization=organization, person=lead, started_on=joined, ended_on=ended))
        )


def hand_over(tile, partner, lead, rng, *, on, ended=None, note=""):
    """`lead` took over from somebody on that day."""
    organization, joined = partner.organization, partner.organization.joined_on
    former = person(tile, partner, rng, left_on=on if rng.random() < 0.7 else None)
    former.created_at, lead.created_at = clock(joined, 11), clock(on, 11)
    note = note or tile.line("new intrapreneur", rng, partner)
    for who, start, end, why in ((former, joined, on, ""), (lead, on, ended, note)):
        role = Intrapreneur(organization=organization, person=who, started_on=start, ended_on=end, note=why)
        partner.roles.append(tile.rows.add(role))


def name_successor(tile, partner, successor):
    tile.rows.add(
        Succession(
            organization=partner.organization,
            outgoing=partner.lead,
            successor=successor,
            on=tile.today + timedelta(days=12),
            outgoing_leaves=True,
            note="Retires in two weeks. The loan kits are in room 114; the school visits are booked until March.",
            named_by=partner.organization.owner,
            named_at=clock(tile.today - timedelta(days=2), 10),
        )
    )


def let_in(tile, partner, rng):
    """The intrapreneur can sign in; most have done it."""
    one, dana = partner.lead, partner.organization.name == "Lakeshore Science Center"
    if not one.email:
        return
    made = one.created_at + timedelta(days=1)
    seen = rng.randint(1, 200)
    one.user = account(
        tile.rows,
        one.email,
        by=partner.organization.owner,
        name=one.name,
        role=User.Role.PARTNER,
        password=tile.hub.ana.password if dana else locked(one.email),
        time_zone=partner.organization.time_zone,
        created_at=min(made, clock(tile.today - timedelta(days=1), 12)),
        last_login=clock(tile.today - timedelta(days=3 if dana else seen), 19) if dana or rng.random() < 0.8 else None,
    )
