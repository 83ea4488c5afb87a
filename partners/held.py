"""What is held about a person: one list, from which their page, their download and an erasure are made.

A test walks every relation to a person or an account: a model that nobody has decided about fails it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts import record
from outbox.models import Letter
from partners.models import OtherEmail, Person
from partners.models.sentence import Sentence
from partners.signals import holdings_wanted


@dataclass(frozen=True)
class Holding:
    """Rows of one model that hold something of a person."""

    model: str
    title: str = ""
    by: tuple = ()
    """Lookups that lead from a row to the person."""
    shows: tuple = ()
    """Columns that the person reads, and the hub."""
    hub_shows: tuple = ()
    """Columns that the hub reads: what colleagues wrote for colleagues."""
    blanks: tuple = ()
    """Columns whose words an erasure takes out; the row stays, and counts."""
    goes: bool = False
    """Whether an erasure deletes the row."""
    rows: Callable | None = None
    """Person → rows, where no relation leads."""

    @property
    def table(self):
        return apps.get_model(self.model)

    def of(self, person):
        if self.rows:
            return self.rows(person)
        return self.table._base_manager.filter(pk__in=self.table._base_manager.filter(self.theirs(person)).values("pk"))

    def theirs(self, person):
        found = Q()
        for lookup in self.by:
            found |= Q(**{lookup: person.pk})
        return found

    def lines(self, person, keys):
        """The history of these rows, and of others while they were this person's."""
        history = self.table.history
        columns = {field.name for field in history.model._meta.concrete_fields}
        found = Q(id__in=keys)
        for lookup in self.by:
            if lookup.partition("__")[0] in columns:
                found |= Q(**{lookup: person.pk})
        return history.filter(pk__in=history.filter(found).values("pk"))


@dataclass(frozen=True)
class Row:
    thing: models.Model
    cells: dict

    @property
    def can_withdraw(self):
        return isinstance(self.thing, Sentence) and not self.thing.withdrawn_on


@dataclass(frozen=True)
class Section:
    title: str
    columns: list
    rows: list


def addresses(person):
    """Every address somebody has here, in small letters."""
    own = {person.email, person.user.email if person.user else ""}
    others = OtherEmail.objects.filter(person=person).values_list("email", flat=True)
    return {address.lower() for address in chain(own, others) if address}


def letters_to(person):
    return Letter.objects.to_addresses(addresses(person)).sent()


def letters_of(person):
    """To them or about them, sent or not."""
    about = Q(about_type=ContentType.objects.get_for_model(Person), about_id=person.pk)
    if person.user_id:
        about |= Q(about_type=ContentType.objects.get_for_model(person.user), about_id=person.user_id)
    return Letter.objects.filter(about) | Letter.objects.to_addresses(addresses(person))


def unsent_letters(person):
    return letters_of(person).exclude(pk__in=letters_to(person).values("pk"))


def earlier_details(person):
    return Person.history.filter(id=person.pk)


SENTENCE = {"by": ("said_by", "added_by__person"), "blanks": ("text",)}
SENTENCE["shows"] = ("text", "source", "reach", "said_on", "withdrawn_on")
LABELS = {"history_date": "Saved", "to_email": "To"}
PERSON = ("name", "title", "email", "phone", "time_zone")

HOLDINGS = [
    Holding(
        "partners.Person",
        "Your details",
        by=("pk",),
        shows=(*PERSON, "organization", "created_at", "left_on", "erasure_asked_on"),
    ),
    Holding("partners.OtherEmail", "Other addresses", by=("person",), shows=("email",), goes=True),
    Holding(
        "accounts.User",
        "Your account",
        by=("person",),
        shows=(
            "email",
            "name",
            "phone",
            "time_zone",
            "languages",
            "created_at",
            "invited_by",
            "last_login",
            "is_active",
        ),
    ),
    Holding(
        "account.EmailAddress",
        "Addresses you sign in with",
        by=("user__person",),
        shows=("email", "verified"),
        goes=True,
    ),
    Holding(
        "mfa.Authenticator",
        "Ways you sign in",
        by=("user__person",),
        shows=("type", "created_at", "last_used_at"),
        goes=True,
    ),
    Holding("partners.Strength", "Strengths you named", **SENTENCE),
    Holding("partners.Challenge", "Challenges you named", **SENTENCE),
    Holding(
        "partners.Intrapreneur",
        "When you led the work",
        by=("person",),
        shows=("organization", "started_on", "ended_on"),
        hub_shows=("note",),
        blanks=("note",),
    ),
    Holding(
        "partners.Succession",
        "Handing over",
        by=("outgoing", "successor"),
        shows=("organization", "on", "state"),
        hub_shows=("note",),
        blanks=("note",),
    ),
    Holding(
        "partners.Affiliation",
        "Where you worked before",
        by=("person",),
        shows=("organization", "title", "ended_on"),
        blanks=("title",),
    ),
    Holding(
        "partners.Touchpoint",
        "Other times we were in touch",
        by=("person",),
        shows=("kind", "happened_on", "logged_by"),
        hub_shows=("summary",),
        blanks=("summary",),
    ),
    Holding("outbox.Letter", "Letters to you", rows=letters_to, shows=("sent_at", "to_email", "subject", "text")),
    Holding(
        "outbox.Letter",
        "Letters that were not sent to you",
        rows=unsent_letters,
        hub_shows=("created_at", "state", "to_email", "subject", "text"),
    ),
    Holding(
        "partners.HistoricalPerson",
        "What your details were before",
        rows=earlier_details,
        shows=("history_date", *PERSON),
    ),
]


def sentences(model):
    """How strengths, or challenges, are held: who said them, or typed them in."""
    return next(holding for holding in HOLDINGS if holding.table is model)


def holdings():
    """Ours and those of higher apps."""
    return [*HOLDINGS, *chain.from_iterable(answer for _, answer in holdings_wanted.send(sender=Person))]


def sections(person, *, reader):
    """What the page about a person shows this reader, and what they can take away."""
    found = [section(holding, person, reader) for holding in holdings() if holding.title]
    return [*(one for one in found if one and one.rows), *changes_by(person)]


def section(holding, person, reader):
    names = holding.shows + (holding.hub_shows if reader.is_hub else ())
    if not names:
        return None
    model = holding.table
    labels = {name: LABELS.get(name) or model._meta.get_field(name).verbose_name.capitalize() for name in names}
    related = [name for name in names if model._meta.get_field(name).is_relation]
    things = list(holding.of(person).select_related(*related).order_by("-pk"))
    cells = [{name: shown(thing, name) for name in names} for thing in things]
    filled = [name for name in names if any(row[name] for row in cells)]
    rows = [Row(thing, {labels[name]: row[name] for name in filled}) for thing, row in zip(things, cells, strict=True)]
    return Section(holding.title, [labels[name] for name in filled], rows)


def shown(row, name):
    value = getattr(row, f"get_{name}_display", lambda: getattr(row, name))()
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d %b %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%d %b %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "\n".join(f"{key}: {text}" for key, text in value.items() if text)
    return "" if value is None else str(value)


def changes_by(person):
    """What they changed here themselves, as lines of history: when, and on what."""
    if not person.user_id:
        return
    lines = [
        Row(
            line,
            {
                "When": shown(line, "history_date"),
                "On what": model._meta.verbose_name,
                "How": shown(line, "history_type"),
            },
        )
        for model in record.models()
        for line in model.history.filter(history_user=person.user_id).only("history_date", "history_type")
    ]
    if lines:
        lines.sort(key=lambda row: row.thing.history_date, reverse=True)
        yield Section("Changes you made", ["When", "On what", "How"], lines)
