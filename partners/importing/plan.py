"""What an import would do, row by row and field by field, before anything is written."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from accounts.models import User
from partners import places
from partners.exporting.fields import FIELDS, plain
from partners.importing import cleaning, columns, matching
from partners.importing.cleaning import PERSON
from partners.importing.columns import LABELS
from partners.importing.failures import BadRow
from partners.importing.people import Lead, Roster
from partners.importing.reading import as_read
from partners.keys import name_key
from partners.models import Organization

PLACE = {"city", "state", "country", "region", "latitude", "longitude", "time_zone"}
ON_RECORD = FIELDS.keys() & LABELS.keys()


@dataclass(frozen=True)
class Change:
    """One line of the preview: was → will be."""

    label: str
    was: str
    now: str


@dataclass(eq=False)
class Line:
    """One row that can be taken, and what it adds to or changes about its organization (None: a new one)."""

    number: int
    organization: Organization | None
    name: str
    values: dict = field(default_factory=dict)
    tags: list = field(default_factory=list)
    previous_names: list = field(default_factory=list)
    renamed_from: str = ""
    strengths: list = field(default_factory=list)
    challenges: list = field(default_factory=list)
    lead: Lead | None = None
    changes: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    wrote: dict = field(default_factory=dict)  # see `importing.writing`


@dataclass(frozen=True)
class SetAside:
    """One row that cannot be taken, as typed, and why."""

    number: int
    reason: str
    cells: list


@dataclass
class Plan:
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    set_aside: list = field(default_factory=list)

    @property
    def lines(self):
        return [*self.new, *self.changed]

    @property
    def noted(self):
        return sorted((line for line in [*self.lines, *self.unchanged] if line.notes), key=lambda line: line.number)

    @property
    def counts(self):
        parts = ("new", "changed", "unchanged", "set_aside")
        return {part: len(getattr(self, part)) for part in parts}

    @property
    def fingerprint(self):
        """Equal for plans that do the same; what was shown is compared by it with what would be written."""
        told = [(line.number, line.organization and line.organization.pk, line.changes) for line in self.lines]
        told += [(row.number, row.reason) for row in self.set_aside]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def make(table, mapping, *, today=None, lock=False):
    """The plan for this table. Reads the database in a fixed number of queries and writes nothing.

    With `lock`, the organizations stay as they are until the transaction ends (SQLite locks whole transactions anyway).
    """
    today = today or timezone.localdate()
    columns.check(mapping)
    candidates, reasons = [], {}
    for row in table.rows:
        try:
            candidates.append(cleaning.clean(row, table.columns, mapping))
        except BadRow as error:
            reasons[row.number] = str(error)
    found, unmatched = matching.match(candidates)
    reasons |= unmatched
    plan = Plan()
    taken = [candidate for candidate in candidates if candidate.number in found]
    planner = Planner(taken, {pk for pk in found.values() if pk}, today, lock)
    for candidate in taken:
        try:
            line = planner.line(candidate, found[candidate.number])
        except BadRow as error:
            reasons[candidate.number] = str(error)
            continue
        part = plan.new if not line.organization else plan.changed if line.changes else plan.unchanged
        part.append(line)
    plan.set_aside = [
        SetAside(row.number, reasons[row.number], row.cells) for row in table.rows if row.number in reasons
    ]
    return plan


class Planner:
    """Compares rows with what the database has. Everything it needs is loaded once, for all rows together."""

    def __init__(self, candidates, pks, today, lock):
        organizations = Organization.objects.filter(pk__in=pks).select_related("owner").with_intrapreneur()
        organizations = organizations.prefetch_related("tags", "previous_names", "strengths", "challenges")
        if lock:
            organizations = organizations.select_for_update(of=("self",))
        self.organizations = {organization.pk: organization for organization in organizations}
        self.roster = Roster(pks, candidates)
        self.hub = {user.email.lower(): user for user in User.objects.hub().active()}
        self.today = today

    def line(self, candidate, pk):
        organization = self.organizations[pk] if pk else None
        line = Line(candidate.number, organization, candidate.name, notes=list(candidate.notes))
        wanted = self.settled(candidate, organization, line)
        base = organization or Organization()
        for key in filter(wanted.__contains__, LABELS):
            value = wanted[key]
            if getattr(base, key) != value:
                line.values[key] = value
                line.changes.append(Change(LABELS[key], told(base, key, getattr(base, key)), told(base, key, value)))
        self.add_lists(line, candidate, organization)
        self.add_lead(line, candidate, organization)
        return line

    def settled(self, candidate, organization, line):
        """The values of the row, with what follows from them, checked against what stays as it is."""
        base = organization or Organization()
        standing = as_on_record(candidate, organization)
        wanted = {key: value for key, value in candidate.values.items() if key not in standing}
        if organization and candidate.key != base.name_key and candidate.key in keys_of(base.previous_names.all()):
            line.notes.append(f"{candidate.name} is a previous name of {base}; the present name stays.")
            line.name = wanted["name"] = base.name
        if "owner" in wanted:
            wanted["owner"] = self.hub_contact(wanted["owner"])
        if organization and candidate.said.keys() & PLACE <= standing:  # nothing new, so nothing follows from it
            wanted = {key: value for key, value in wanted.items() if key not in PLACE}
        else:
            wanted = derived(base, wanted) | wanted
        after = {key: wanted.get(key, getattr(base, key)) for key in ("status", "joined_on", "ended_on")}
        if after["ended_on"] and after["status"] != Organization.Status.ALUMNI:
            if "status" in wanted:
                raise BadRow(f"It has ended on {after['ended_on']:%d %b %Y}; that goes with the status alumni.")
            wanted["status"] = Organization.Status.ALUMNI
        if after["joined_on"] and after["ended_on"] and after["ended_on"] < after["joined_on"]:
            raise BadRow("The end is before the start.")
        return wanted

    def hub_contact(self, email):
        if email.lower() not in self.hub:
            raise BadRow(f"{LABELS['owner']} “{email}” is of nobody at the hub.")
        return self.hub[email.lower()]

    def add_lists(self, line, candidate, organization):
        """What the row says more of. Nothing is taken away, and what was withdrawn is not said again."""
        for key in ("tags", "strengths", "challenges"):
            held = (
                {as_read(str(thing)).casefold() for thing in getattr(organization, key).all()}
                if organization
                else set()
            )
            setattr(line, key, [text for text in getattr(candidate, key) if text.casefold() not in held])
        self.add_previous_names(line, candidate, organization)
        for key in ("tags", "previous_names", "strengths", "challenges"):
            line.changes.extend(Change(LABELS[key], "", text) for text in getattr(line, key))

    def add_previous_names(self, line, candidate, organization):
        known = {"", name_key(line.name)}
        if organization:
            held = keys_of(organization.previous_names.all())
            if organization.name_key not in known | held:
                line.renamed_from = organization.name
            known |= held | {organization.name_key}
        for name in candidate.previous_names:
            if name_key(name) not in known:
                known.add(name_key(name))
                line.previous_names.append(name)

    def add_lead(self, line, candidate, organization):
        if candidate.said.keys() & PERSON <= as_on_record(candidate, organization):
            return
        line.lead = lead = self.roster.lead(candidate, organization, today=self.today)
        if not lead:
            return
        if lead.takes_role:
            line.changes.append(
                Change(LABELS["intrapreneur_name"], str(lead.from_whom or ""), candidate.person["name"])
            )
        for key, value in lead.values.items():
            if key != "name" or not lead.takes_role:
                was = str(getattr(lead.person, key)) if lead.person else ""
                line.changes.append(Change(LABELS[f"intrapreneur_{key}"], was, value))


def as_on_record(candidate, organization):
    """The fields of which the row says what a file of ours would say today, however odd it is: they change nothing."""
    if not organization:
        return set()
    ours = {key: FIELDS[key].value(organization) for key in candidate.said.keys() & ON_RECORD}
    return {key for key, value in ours.items() if candidate.said[key] == as_read(plain(value))}


def derived(base, wanted):
    """Country, region and time zone that follow from the state: where blank, or where they followed before."""
    parts = ("state", "country", "latitude", "longitude")
    before = places.facts(*(getattr(base, part) for part in parts))
    after = places.facts(*(wanted.get(part, getattr(base, part)) for part in parts))
    return {key: value for key, value in after.items() if value and getattr(base, key) in ("", before.get(key))}


def keys_of(previous_names):
    return {previous.name_key for previous in previous_names}


def told(base, key, value):
    """A value as people read it."""
    if value in (None, ""):
        return ""
    if isinstance(value, date):
        return f"{value:%d %b %Y}"
    return str(dict(base._meta.get_field(key).flatchoices).get(value, value))
