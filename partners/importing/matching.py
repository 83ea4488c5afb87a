"""Which organization a row is about: by our id, external id, name, previous name or website, in that order.

Never a guess. Keys that name different organizations, or two rows about one, are set aside to be asked about.
"""

from collections import defaultdict

from partners.importing.cleaning import shown
from partners.importing.failures import BadRow
from partners.importing.reading import as_read
from partners.models import Organization, PreviousName


class Known:
    """The keys of every organization in the database, in two queries however long the file is."""

    def __init__(self):
        self.names, self.by_id, self.by_name = {}, {}, {}
        self.ids = {}
        self.by_site, self.by_previous = defaultdict(set), defaultdict(set)
        for pk, name, key, site, external_id in Organization.objects.order_by().values_list(
            "pk", "name", "name_key", "site_key", "external_id"
        ):
            self.names[pk], self.by_name[key] = name, pk
            if site:
                self.by_site[site].add(pk)
            external_id = as_read(external_id)
            if external_id:
                self.by_id[external_id], self.ids[pk] = pk, external_id
        for pk, key in PreviousName.objects.order_by().values_list("organization", "name_key"):
            self.by_previous[key].add(pk)

    def claims(self, candidate):
        """Every organization that a strong key of this row names: how it is named → which."""
        found = {}
        if candidate.trellis_id in self.names:
            found["Trellis id"] = {candidate.trellis_id}
        if candidate.external_id in self.by_id:
            found["external id"] = {self.by_id[candidate.external_id]}
        if candidate.key in self.by_name:
            found["name"] = {self.by_name[candidate.key]}
        elif candidate.key in self.by_previous:
            found["name, which it had before"] = self.by_previous[candidate.key]
        if renamed := {self.by_name[key] for key in candidate.previous_keys if key in self.by_name}:
            found["previous name"] = renamed
        if not found:
            shared = {pk for key in candidate.previous_keys for pk in self.by_previous.get(key, ())}
            if shared:
                found["a previous name that both have"] = shared
        return found


def match(candidates):
    """Two dicts by row number: the primary key of its organization (None: a new one), and the reasons of bad rows."""
    reasons = twins(candidates)
    known = Known()
    claims = {candidate.number: known.claims(candidate) for candidate in candidates}
    found = {}
    for candidate in candidates:
        if candidate.number not in reasons:
            try:
                found[candidate.number] = one_of(claims[candidate.number], candidate, known)
            except BadRow as error:
                reasons[candidate.number] = str(error)
    by_website(candidates, found, claims, known)
    two_for_one(found, reasons, known)
    return found, reasons


def twins(candidates):
    """Rows of the file that are about the same organization: equal ones count once, the others are asked about."""
    reasons = {}
    for group in overlapping(candidates):
        different = {}
        for candidate in group:
            first = different.setdefault(tuple(candidate.cells.values()), candidate)
            if first is not candidate:
                reasons[candidate.number] = f"Same as row {first.number}."
        if len(different) > 1:
            rows = listed(candidate.number for candidate in different.values())
            reason = f"Rows {rows} are about the same organization. {difference(list(different.values()))}"
            reasons.update((candidate.number, reason) for candidate in different.values())
    return reasons


def overlapping(candidates):
    """Groups of rows joined by an external id, a name, or one's name being a previous name of another."""
    holders = defaultdict(list)
    for candidate in candidates:
        holders["name", candidate.key].append(candidate)
        if candidate.external_id:
            holders["id", candidate.external_id].append(candidate)
    group_of = {candidate.number: [candidate] for candidate in candidates}

    def join(one, other):
        left, right = group_of[one.number], group_of[other.number]
        ids = {one.trellis_id, other.trellis_id} - {None}
        if left is not right and len(ids) < 2:
            left.extend(right)
            group_of.update((member.number, left) for member in right)

    for holding in holders.values():
        for other in holding[1:]:
            join(holding[0], other)
    for candidate in candidates:
        for key in candidate.previous_keys:
            for other in holders.get(("name", key), ()):
                join(candidate, other)
    groups = {id(group): group for group in group_of.values() if len(group) > 1}
    return [sorted(group, key=lambda candidate: candidate.number) for group in groups.values()]


def difference(candidates):
    """In which columns the rows differ, with what each of them says."""
    told = []
    for column in candidates[0].cells:
        said = list(dict.fromkeys(candidate.cells[column] for candidate in candidates))
        if len(said) > 1:
            told.append(f"{column}: {' or '.join(f'“{shown(text)}”' if text else 'blank' for text in said[:3])}")
    return f"They differ in {'; '.join(told)}. Keep one of them."


def one_of(claims, candidate, known):
    """The one organization that all strong keys agree on, or None."""
    if "a previous name that both have" in claims:
        names = listed(known.names[pk] for pk in claims["a previous name that both have"])
        raise BadRow(f"It shares a previous name with {names}. If that is the same organization, use its present name.")
    pks = set().union(*claims.values())
    if claims.get("Trellis id") and claims["Trellis id"] == claims.get("name"):
        pks = claims["name"]  # a name that one had before may be that of another one now
    if len(pks) > 1:
        told = [f"its {how} is that of {known.names[pk]}" for how, found in claims.items() for pk in sorted(found)]
        raise BadRow(f"It points to several organizations: {'; '.join(told)}.")
    pk = next(iter(pks), None)
    if candidate.external_id and known.ids.get(pk, candidate.external_id) != candidate.external_id:
        raise BadRow(f"{known.names[pk]} has the external id {known.ids[pk]}, and not {candidate.external_id}.")
    return pk


def by_website(candidates, found, claims, known):
    """The weakest key: counts where one organization and one row have it, and no other row claims that organization."""
    claimed = {pk for claim in claims.values() for pks in claim.values() for pk in pks}
    names_at = defaultdict(set)
    for candidate in candidates:
        names_at[candidate.site].add(candidate.key)
    for candidate in candidates:
        holders = known.by_site.get(candidate.site, set())
        if found.get(candidate.number, 0) is None and len(names_at[candidate.site]) == len(holders) == 1:
            (pk,) = holders
            other_id = candidate.external_id and known.ids.get(pk, candidate.external_id) != candidate.external_id
            if pk not in claimed and not other_id:
                found[candidate.number] = pk


def two_for_one(found, reasons, known):
    """Rows that reach one organization by different keys: none of them is written."""
    rows_for = defaultdict(list)
    for number, pk in found.items():
        if pk is not None:
            rows_for[pk].append(number)
    for pk, numbers in rows_for.items():
        if len(numbers) > 1:
            reason = f"Rows {listed(numbers)} are all about {known.names[pk]}. Keep one of them."
            for number in numbers:
                del found[number]
                reasons[number] = reason


def listed(things, most=6):
    things = [str(thing) for thing in things]
    *head, tail = things if len(things) <= most else [*things[: most - 1], f"{len(things) - most + 1} more"]
    return f"{', '.join(head)} and {tail}" if head else tail
