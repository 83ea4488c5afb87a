"""What the columns mean: guessed from their headings, said by a person, remembered for the next file like it."""

import hashlib
from dataclasses import dataclass

from partners.importing.failures import Refused
from partners.keys import name_key
from partners.models import ColumnMapping


@dataclass(frozen=True)
class Field:
    """Something a column can mean. `words` are the headings, beside its key and its label, that give it away."""

    key: str
    label: str
    words: str = ""

    @property
    def headings(self):
        return {name_key(word) for word in [self.key.replace("_", " "), self.label, *self.words.split(",")]} - {""}


FIELDS = [
    Field("name", "Name", "organization, organisation, partner, partner name, organization name, organisation name"),
    Field("previous_names", "Previous names", "previous name, former names, former name, formerly, old name, aka"),
    Field("trellis_id", "Trellis id"),
    Field("external_id", "External id", "id, key, record id, organization id, crm id, id in your other system"),
    Field("website", "Website", "url, web site, homepage, home page, web, site, link"),
    Field("city", "City", "town, place, location, city state"),
    Field("state", "State", "province, state or province, st, state province"),
    Field("country", "Country", "nation"),
    Field("region", "Region", "area"),
    Field("latitude", "Latitude", "lat"),
    Field("longitude", "Longitude", "lon, lng, long"),
    Field("language", "Language for calls", "call language, spoken language"),
    Field("time_zone", "Time zone", "timezone, tz"),
    Field("kind", "Kind", "type, organization type, partner type, category"),
    Field("status", "Status", "stage, partner status, membership"),
    Field("tags", "Tags", "tag, labels, keywords"),
    Field("joined_on", "Joined", "joined on, member since, partner since, since, start date, start"),
    Field("ended_on", "Ended", "ended on, left, left on, end date, end"),
    Field(
        "strengths",
        "Strengths",
        "strength, good at, contact us for advice on, advice, can advise on, expertise, offers",
    ),
    Field("challenges", "Challenges", "challenge, hard right now, needs, need, needs help with"),
    Field("intrapreneur_name", "Intrapreneur", "intrapreneur name, contact, contact name, contact person, lead"),
    Field("intrapreneur_title", "Intrapreneur’s job title", "contact title, job title, title, role, position"),
    Field("intrapreneur_email", "Intrapreneur’s email", "contact email, email, e-mail, email address, mail"),
    Field("intrapreneur_phone", "Intrapreneur’s phone", "contact phone, phone, telephone, tel, phone number"),
    Field("owner", "Hub contact’s email", "hub contact, hub contact email, owner, owner email, staff, account manager"),
]
LABELS = {field.key: field.label for field in FIELDS}
IGNORED = "reason"  # what the download of set-aside rows adds; it may come back with them


def guess(columns):
    """Column → field for every heading we know. A field is given once, to the leftmost column that asks for it."""
    known = {heading: field.key for field in reversed(FIELDS) for heading in field.headings}
    mapping = {}
    for column in columns:
        key = known.get(name_key(column))
        if key and key not in mapping.values():
            mapping[column] = key
    return mapping


def header_key(columns):
    """The same for the same headings in the same order, however they are cased."""
    plain = "\n".join(column.casefold() for column in columns if column.casefold() != IGNORED)
    return hashlib.sha256(plain.encode()).hexdigest()


def recall(columns):
    """What was said about this header the last time, else a guess."""
    remembered = ColumnMapping.objects.filter(header_key=header_key(columns)).first()
    if not remembered:
        return guess(columns)
    return {column: key for column, key in remembered.fields.items() if column in columns and key in LABELS}


def remember(columns, mapping):
    ColumnMapping.objects.update_or_create(header_key=header_key(columns), defaults={"fields": mapping})


def check(mapping):
    """A mapping that can be used: each field from one column, and one of them the name."""
    taken = {}
    for column, key in mapping.items():
        if key in taken:
            raise Refused(f"{LABELS[key]} is taken from two columns, “{taken[key]}” and “{column}”. Keep one of them.")
        taken[key] = column
    if "name" not in taken:
        raise Refused("Say which column holds the name of the organization.")
    return mapping


def override(mapping, columns, pairs):
    """Change a mapping by "COLUMN=FIELD" pairs; an empty field leaves the column out."""
    mapping = dict(mapping)
    for pair in pairs:
        heading, _, word = (part.strip() for part in pair.rpartition("="))
        column = next((column for column in columns if column.casefold() == heading.casefold()), None)
        if column is None:
            raise Refused(f"There is no column “{heading}”. The columns are: {', '.join(columns)}.")
        mapping.pop(column, None)
        if key := _field_named(word):
            mapping = {other: held for other, held in mapping.items() if held != key} | {column: key}
    return mapping


def _field_named(word):
    if not word:
        return ""
    for field in FIELDS:
        if name_key(word) in (name_key(field.key.replace("_", " ")), name_key(field.label)) or word == field.key:
            return field.key
    raise Refused(f"There is no field “{word}”. The fields are: {', '.join(LABELS)}.")
