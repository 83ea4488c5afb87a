"""What a file of partners has, column by column, named as the import names it: what leaves comes in again unchanged.

What partners told is counted, and never written out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from partners.importing import formulas, several
from partners.importing.columns import LABELS
from partners.importing.reading import UNTEXT
from partners.models import Organization

BATCH = 1000


@dataclass(frozen=True)
class Field:
    """One column of a file: its heading, what stands in it, and what the organizations must be loaded with."""

    key: str
    value: Callable
    needs: str = ""
    title: str = ""

    @property
    def heading(self):
        """As the import calls it, so that the columns of our own files explain themselves."""
        return self.title or LABELS[self.key]


def own(key):
    return Field(key, lambda organization: getattr(organization, key))


def spoken(key):
    """A choice, as people say it; looked up here, because Django would go through all of them for each row."""
    words = {"": "", **dict(Organization._meta.get_field(key).flatchoices)}
    return Field(key, lambda organization: words.get(getattr(organization, key), getattr(organization, key)))


def names(key):
    def value(organization):
        return several.join(str(thing) for thing in getattr(organization, key).all())

    return Field(key, value, f"with_{key}")


def lead(part):
    def value(organization):
        person = organization.intrapreneur
        return getattr(person, part) if person else ""

    return Field(f"intrapreneur_{part}", value, "with_intrapreneur")


FIELDS = {
    field.key: field
    for field in [
        Field("trellis_id", lambda organization: organization.pk),
        own("name"),
        names("previous_names"),
        own("external_id"),
        own("website"),
        own("city"),
        own("state"),
        own("country"),
        own("region"),
        own("latitude"),
        own("longitude"),
        spoken("language"),
        own("time_zone"),
        spoken("kind"),
        spoken("status"),
        names("tags"),
        own("joined_on"),
        own("ended_on"),
        lead("name"),
        lead("title"),
        lead("email"),
        lead("phone"),
        Field("owner", lambda organization: organization.owner.email if organization.owner else "", "with_owner"),
        Field("last_contact_on", lambda o: o.last_contact_on, "with_last_contact", "Last contact"),
        Field("strength_count", lambda o: o.strength_count, "with_counts", "Number of strengths"),
        Field("challenge_count", lambda o: o.challenge_count, "with_counts", "Number of challenges"),
    ]
}
IDS = ["trellis_id", "external_id", "name"]


def fields(keys=None):
    """What the file has: these, after what says which partner it is; everything without a word."""
    wanted = FIELDS if keys is None else dict.fromkeys([*IDS, *keys])
    return [FIELDS[key] for key in wanted]


def records(organizations, fields):
    """The file row by row, the headings first. Read in batches: it does not matter how many there are."""
    yield [field.heading for field in fields]
    for need in dict.fromkeys(field.needs for field in fields if field.needs):
        organizations = getattr(organizations, need)()
    for organization in organizations.iterator(chunk_size=BATCH):
        yield [field.value(organization) for field in fields]


def plain(value):
    """A value as text: a day as 2019-03-31, nothing as a blank."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def disarmed(text):
    """Without what is no text, and nothing that a spreadsheet would run."""
    return formulas.defuse(UNTEXT.sub("", text))
