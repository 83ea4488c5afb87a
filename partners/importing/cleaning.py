"""From the cells of one row to values that the models can hold, or the reason why not."""

import functools
import math
import re
import zoneinfo
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from accounts.models import languages
from partners import places
from partners.importing import several
from partners.importing.columns import LABELS
from partners.importing.failures import BadRow
from partners.keys import name_key, site_key
from partners.models import Organization, Person, PreviousName, Strength, Tag

DATE_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d.%m.%Y")
is_web_address = URLValidator(schemes=["http", "https"])


@dataclass(eq=False)
class Candidate:
    """One row, cleaned. Only what the row says is in it: a blank cell says nothing."""

    number: int
    cells: dict
    values: dict = field(default_factory=dict)
    tags: list = field(default_factory=list)
    previous_names: list = field(default_factory=list)
    strengths: list = field(default_factory=list)
    challenges: list = field(default_factory=list)
    trellis_id: int | None = None
    person: dict = field(default_factory=dict)
    notes: list = field(default_factory=list)
    said: dict = field(default_factory=dict)

    def __post_init__(self):
        self.key = name_key(self.name)
        self.previous_keys = {name_key(name) for name in self.previous_names} - {self.key}
        self.site = site_key(self.values.get("website", ""))

    @property
    def name(self):
        return self.values["name"]

    @property
    def external_id(self):
        return self.values.get("external_id", "")

    @property
    def email(self):
        return self.person.get("email", "").lower()


def clean(row, columns, mapping):
    """The candidate in this row; `BadRow` with all that is wrong with it."""
    if row.fault:
        raise BadRow(row.fault)
    pairs = zip(columns, row.cells, strict=True)
    cells = {column: " ".join(cell.split()) for column, cell in pairs if column in mapping}
    said = {mapping[column]: cell for column, cell in cells.items() if cell}
    values, wrong = {}, []
    for key, text in said.items():
        try:
            values[key] = CLEANERS.get(key, short_text)(key, text)
        except BadRow as error:
            wrong.append(str(error))
    notes = [row.note] if row.note else []
    if not wrong:
        wrong = list(contradictions(values))
    if wrong:
        raise BadRow(" ".join(wrong))
    forget_null_island(values, notes)
    settle_place(values, notes)
    many = {key: values.pop(key, []) for key in ("tags", "previous_names", "strengths", "challenges")}
    person = {key.removeprefix("intrapreneur_"): values.pop(key) for key in list(values) if key in PERSON}
    trellis_id = values.pop("trellis_id", None)
    return Candidate(row.number, cells, values, trellis_id=trellis_id, person=person, notes=notes, said=said, **many)


def contradictions(values):
    """What each cell may say, but not together."""
    if not name_key(values.get("name", "")):
        yield "Name is blank." if "name" not in values else "Name needs a letter or a digit."
    if ("latitude" in values) != ("longitude" in values):
        yield "Give both latitude and longitude, or neither."
    if PERSON & values.keys() and "intrapreneur_name" not in values:
        yield "Intrapreneur has no name."


def forget_null_island(values, notes):
    if values.get("latitude") == values.get("longitude") == 0:
        del values["latitude"], values["longitude"]
        notes.append("Latitude and longitude 0, 0 lie in the sea; left out.")


def settle_place(values, notes):
    cells = {key: values.pop(key) for key in ("city", "state", "country") if key in values}
    place = places.read(**cells, latitude=values.get("latitude"), longitude=values.get("longitude"))
    found = {"city": place.city, "state": place.state, "country": place.country, "region": place.region}
    values.update({key: short_text(key, text) for key, text in found.items() if text and key not in values})
    if place.is_odd:
        notes.append(f"“{place.state}” is taken for no US state or Canadian province; kept as typed.")


def short_text(key, text):
    longest = Organization._meta.get_field(key).max_length
    return fits(key, text, longest)


def fits(key, text, longest):
    if len(text) > longest:
        raise BadRow(f"{LABELS[key]} has {len(text):,} characters; at most {longest:,} fit.")
    return text


def person_text(key, text):
    return fits(key, text, Person._meta.get_field(key.removeprefix("intrapreneur_")).max_length)


def email(key, text):
    try:
        validate_email(text)
    except ValidationError:
        raise BadRow(f"{LABELS[key]} “{shown(text)}” is not an email address.")
    return fits(key, text, 254)


def website(key, text):
    address = text if re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) else f"https://{text}"
    try:
        is_web_address(address)
    except ValidationError:
        raise BadRow(f"{LABELS[key]} “{shown(text)}” is not a web address.")
    return short_text(key, address)


def number(key, text):
    try:
        value = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        raise BadRow(f"{LABELS[key]} “{shown(text)}” is not a number.")
    furthest = 90 if key == "latitude" else 180
    if not math.isfinite(value) or abs(value) > furthest:
        raise BadRow(f"{LABELS[key]} {shown(text)} is not between -{furthest} and {furthest}.")
    return value


def day(key, text):
    for pattern in DATE_FORMATS:
        try:
            value = datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
        if date(1990, 1, 1) <= value <= date(2100, 12, 31):
            return value
        raise BadRow(f"{LABELS[key]} “{shown(text)}” is not between 1990 and 2100.")
    raise BadRow(f"{LABELS[key]} “{shown(text)}” is not a day. Write it like 2019-03-31.")


def choice(choices):
    words = {word.casefold(): value for value, label in choices for word in (value, label)}

    def cleaner(key, text):
        if text.casefold() not in words:
            allowed = ", ".join(label for _, label in choices)
            raise BadRow(f"{LABELS[key]} “{shown(text)}” is none of: {allowed}.")
        return words[text.casefold()]

    return cleaner


def language(key, text):
    try:
        return a_language(key, text)
    except BadRow:
        raise BadRow(f"{LABELS[key]} “{shown(text)}” is not one we know. Write it like Spanish, or es.")


def our_id(key, text):
    if not re.fullmatch(r"[1-9][0-9]{0,17}", text):
        raise BadRow(f"{LABELS[key]} “{shown(text)}” is not a number of ours. Leave it blank for a new partner.")
    return int(text)


def time_zone(key, text):
    if text not in known_zones():
        raise BadRow(f"{LABELS[key]} “{shown(text)}” is not one we know. Write it like America/Chicago.")
    return text


@functools.cache
def known_zones():
    return zoneinfo.available_timezones()


def parts_of(longest):
    """A cell of several, separated by semicolons; a comma stays inside its sentence. Said twice is said once."""

    def cleaner(key, text):
        parts = {}
        for part in several.split(text):
            parts.setdefault(part.casefold(), fits(key, part, longest))
        return list(parts.values())

    return cleaner


def shown(text):
    return text if len(text) <= 60 else f"{text[:60]}…"


a_language = choice(languages())
sentences = parts_of(Strength._meta.get_field("text").max_length)
CLEANERS = {
    "website": website,
    "latitude": number,
    "longitude": number,
    "kind": choice(Organization.Kind.choices),
    "status": choice(Organization.Status.choices),
    "trellis_id": our_id,
    "language": language,
    "time_zone": time_zone,
    "joined_on": day,
    "ended_on": day,
    "tags": parts_of(Tag._meta.get_field("name").max_length),
    "previous_names": parts_of(PreviousName._meta.get_field("name").max_length),
    "strengths": sentences,
    "challenges": sentences,
    "intrapreneur_name": person_text,
    "intrapreneur_title": person_text,
    "intrapreneur_phone": person_text,
    "intrapreneur_email": email,
    "owner": email,
}
PERSON = {"intrapreneur_name", "intrapreneur_title", "intrapreneur_phone", "intrapreneur_email"}
