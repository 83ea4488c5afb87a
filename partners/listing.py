"""The columns of the directory: what each shows of a partner, what it has to be loaded with, what a file has for it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    value: Callable
    needs: str = ""
    fields: tuple = ()  # keys of `exporting.fields.FIELDS`


@dataclass(frozen=True)
class Cell:
    column: Column
    value: object


def of_lead(part):
    return lambda organization: getattr(organization.intrapreneur, part, "")


COLUMNS = {
    column.key: column
    for column in [
        Column("kind", "Kind", lambda o: o.get_kind_display(), fields=("kind",)),
        Column("status", "Status", lambda o: o.get_status_display(), fields=("status",)),
        Column("region", "Region", lambda o: o.region, fields=("region",)),
        Column("place", "Place", lambda o: o.place, fields=("city", "state", "country")),
        Column("intrapreneur", "Intrapreneur", of_lead("name"), "with_intrapreneur", ("intrapreneur_name",)),
        Column("email", "Email", of_lead("email"), "with_intrapreneur", ("intrapreneur_name", "intrapreneur_email")),
        Column("phone", "Phone", of_lead("phone"), "with_intrapreneur", ("intrapreneur_name", "intrapreneur_phone")),
        Column("owner", "Hub contact", lambda o: o.owner, "with_owner", ("owner",)),
        Column("tags", "Tags", lambda o: [tag.name for tag in o.tags.all()], "with_tags", ("tags",)),
        Column("last_contact", "Last contact", lambda o: o.last_contact_on, "with_last_contact", ("last_contact_on",)),
        Column("joined", "Joined", lambda o: o.joined_on, fields=("joined_on",)),
        Column("website", "Website", lambda o: o.website, fields=("website",)),
        Column("external_id", "External id", lambda o: o.external_id, fields=("external_id",)),
        Column("strengths", "Strengths", lambda o: o.strength_count, "with_counts", ("strength_count",)),
        Column("challenges", "Challenges", lambda o: o.challenge_count, "with_counts", ("challenge_count",)),
    ]
}
USUAL = ["kind", "place", "intrapreneur", "owner", "last_contact"]
SHARED = ["kind", "place", "intrapreneur"]  # what partners see of each other


def columns(keys):
    """Those with these keys, in the order of the house."""
    return [column for key, column in COLUMNS.items() if key in keys]


def load(organizations, columns):
    for need in dict.fromkeys(column.needs for column in columns if column.needs):
        organizations = getattr(organizations, need)()
    return organizations


def rows(organizations, columns):
    """(organization, its cells), one by one."""
    return [(o, [Cell(column, column.value(o)) for column in columns]) for o in organizations]
