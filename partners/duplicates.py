"""Which of our records may be the same: pairs with the reason why. A person decides; nothing is merged by itself."""

from collections import defaultdict
from itertools import combinations

from django.db.models import Q
from rapidfuzz import fuzz

from partners.keys import name_key, site_key
from partners.models import Merge, NotDuplicate, Organization, OtherEmail, Person, PreviousName

# Words that say little about which organization it is.
NOISE = frozenset("a and at co company corp for gmbh in inc incorporated limited llc ltd of on the".split())
WINDOW = 6  # neighbours in the alphabet that are compared: the work grows with the number of names, not its square
LIKE_A_SLIP = 80  # of 100: "centre" and "center" are, "east" and "west" are not
AT_MOST = 2000  # names looked at while one is typed
MANY = 6  # records that share a website or a name: more than these say nothing
MAIL_FOR_ALL = frozenset(
    [
        "aol.com",
        "gmail.com",
        "gmx.net",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "outlook.com",
        "proton.me",
        "yahoo.com",
    ]
)


def scan():
    """Every two records that may be one, without those that were told apart: [(kind, low, high, why)]."""
    apart = set(NotDuplicate.objects.values_list("kind", "low_id", "high_id"))
    before = PreviousName.objects.order_by().values_list("organization", "name_key")
    addresses = defaultdict(set)
    for pk, email in OtherEmail.objects.order_by().values_list("person", "email"):
        addresses[pk].add(email)
    everybody = Person.objects.known().order_by().values_list("pk", "name", "organization", "email", "phone")
    found = {
        Merge.Kind.ORGANIZATION: organizations(
            Organization.objects.order_by().values_list("pk", "name_key", "site_key"), before
        ),
        Merge.Kind.PERSON: people(
            (pk, name, organization, {email, *addresses[pk]}, phone)
            for pk, name, organization, email, phone in everybody
        ),
    }
    return [
        (kind, *pair, why)
        for kind, pairs in found.items()
        for pair, why in sorted(pairs.items())
        if (kind, *pair) not in apart
    ]


def organizations_like(name, website, limit=5):
    """Organizations that have, or had, this name or one like it, or this site, or people with addresses there."""
    key, site = name_key(name), site_key(website)
    if not key and not site:
        return []
    found = Q(pk__in=Organization.objects.named(name).values("pk")) | Q(pk__in=named_like(Organization.objects, key))
    if site:
        there = Person.objects.filter(email__iendswith=f"@{site}").values("organization")
        found |= Q(site_key=site) | Q(pk__in=there)
    return list(Organization.objects.filter(found)[:limit])


def named_like(organizations, key):
    """Whose names differ from this one by a slip, among those that share its longest word or its beginning."""
    words = [word for word in key.split() if word not in NOISE] or key.split()
    if not words:
        return []
    near_by = Q(name_key__contains=max(words, key=len)) | Q(name_key__startswith=key[:4])
    names = organizations.filter(near_by).order_by().values_list("pk", "name_key")[:AT_MOST]
    return [pk for pk, other in names if alike(words, [word for word in other.split() if word not in NOISE])]


def people_like(name, email, organization, limit=5):
    """People with this address, or one of whose addresses it is, and people of a name like this at the organization."""
    there = organization.people.known().values_list("pk", "name")
    words = name_key(name).split()
    found = Q(pk__in=[pk for pk, other in there if words and alike(words, name_key(other).split())])
    if email:
        found |= Q(email__iexact=email) | Q(other_emails__email__iexact=email)
    return list(Person.objects.filter(found).select_related("organization").distinct()[:limit])


def organizations(rows, before=()):
    """Pairs among (pk, name key, site key), and previous names as (pk, name key): {(low, high): why}."""
    rows, whys = list(rows), defaultdict(list)
    by_name = {key: pk for pk, key, _ in rows}
    for pair in near({pk: key for pk, key, _ in rows}):
        whys[pair].append("similar names")
    for pk, key in before:
        if by_name.get(key, pk) != pk:
            whys[tuple(sorted([pk, by_name[key]]))].append("one was called before what the other is called now")
    for site, pks in grouped((site, pk) for pk, _, site in rows).items():
        for pair in combinations(pks, 2):
            whys[pair].append(f"the same website, {site}")
    return {pair: ", and ".join(why) for pair, why in whys.items()}


def near(names):
    """Pairs of names that differ by a slip of the pen or in the order of their words, among neighbours in three orders.

    One order is by the words as they stand, so that slips late in the name stay neighbours; one by the letters from
    behind, for early slips; one by the words from A to Z.
    """
    words = {pk: [word for word in key.split() if word not in NOISE] or key.split() for pk, key in names.items()}
    plain = {pk: " ".join(said) for pk, said in words.items()}
    ordered = {pk: " ".join(sorted(said)) for pk, said in words.items()}
    backwards = {pk: text[::-1] for pk, text in plain.items()}
    found = set()
    for order in (plain, backwards, ordered):
        row = sorted(order, key=order.get)
        for place, pk in enumerate(row):
            for neighbour in row[place + 1 : place + WINDOW]:
                if fuzz.ratio(ordered[pk], ordered[neighbour], score_cutoff=LIKE_A_SLIP) and alike(
                    words[pk], words[neighbour]
                ):
                    found.add((min(pk, neighbour), max(pk, neighbour)))
    return found


def alike(one, other):
    """Whether two lists of words are the same but for slips; another number is another organization."""
    mine, theirs = sorted(one), sorted(other)
    for word in one:
        if word in theirs:
            mine.remove(word)
            theirs.remove(word)
    if any(word.isdigit() for word in (*mine, *theirs)):
        return False
    if not mine or not theirs:
        return mine == theirs
    return fuzz.ratio(" ".join(mine), " ".join(theirs)) >= LIKE_A_SLIP


def people(rows):
    """Pairs among (pk, name, organization's pk, addresses, phone): {(low, high): why}."""
    rows = {row[0]: row for row in rows}
    found = {}
    for pks in grouped(((row[2], pk) for pk, row in rows.items()), most=None).values():
        for low, high in near({pk: name_key(rows[pk][1]) for pk in pks}):
            found[low, high] = "similar names at the same organization"
    for pks in grouped((name_key(name), pk) for pk, name, *_ in rows.values()).values():
        for low, high in combinations(pks, 2):
            if (low, high) not in found and (shared := share(rows[low], rows[high])):
                found[low, high] = f"the same name, and {shared}"
    return found


def share(one, other):
    """What two people of one name have in common beyond it."""
    phone, same_phone = (digits(row[4]) for row in (one, other))
    if len(phone) >= 7 and phone == same_phone:
        return "the same phone number"
    hosts = [{email.rpartition("@")[2].lower() for email in row[3]} - MAIL_FOR_ALL - {""} for row in (one, other)]
    if both := hosts[0] & hosts[1]:
        return f"addresses at {min(both)}"
    return ""


def digits(phone):
    return "".join(char for char in phone if char.isdigit())


def grouped(pairs, most=MANY):
    """{key: pks in order} of the keys that some rows share, but not too many of them."""
    groups = defaultdict(list)
    for key, pk in pairs:
        if key:
            groups[key].append(pk)
    return {key: sorted(pks) for key, pks in groups.items() if 1 < len(pks) <= (most or len(pks))}
