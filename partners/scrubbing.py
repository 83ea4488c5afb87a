"""Taking the marks of one person out of every text and every JSON of the database, history and all.

A database finds rows that may hold one of them (letters and digits, without case); Python then decides with one pattern
that also knows how a mark is written in HTML, in an address of a page or in JSON.
"""

import html
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, quote_plus

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from accounts.models import User
from partners.keys import name_key
from partners.models import Merge, OtherEmail, Person

NAME = "Erased person"
ADDRESS = "erased@erased.invalid"
WORDS = "Erased on request."

BETWEEN = r"(?:[\s.,_+\-]|%20|&nbsp;){1,3}"  # Dana Whitfield, dana.whitfield, q=Dana+Whitfield
GAP = r"[\s()./\-]{0,3}"  # between the digits of a phone number
LONG_ENOUGH = 12  # a saying so short may be anybody's
SO_MANY = 30  # conditions in one question to the database


@dataclass(frozen=True)
class Identity:
    """What tells who somebody is, wherever it stands: now, before, and under records that were merged into theirs."""

    names: frozenset
    addresses: frozenset
    phones: frozenset
    titles: frozenset
    sayings: frozenset

    @classmethod
    def of(cls, person, sayings=()):
        keys = {person.pk, *Merge.objects.absorbed(Merge.Kind.PERSON, person.pk)}
        lives = [*Person.objects.filter(pk__in=keys), *Person.history.filter(id__in=keys)]
        titles = {life.title for life in lives}
        if person.user:
            lives += [person.user, *User.history.filter(id=person.user_id)]
        addresses = {life.email.lower() for life in lives}
        addresses |= {other.email.lower() for other in OtherEmail.objects.filter(person=person)}
        return cls(
            names=frozenset(
                name for name in {life.name for life in lives} if name.split() and not has_namesake(name, person)
            ),
            addresses=frozenset(email for email in addresses if email and not is_somebody_elses(email, person)),
            phones=frozenset(
                phone for phone in {life.phone for life in lives} if phone and not is_shared(phone, person)
            ),
            titles=frozenset(title.casefold() for title in titles - {""}),
            sayings=frozenset(text for text in sayings if len(text) >= LONG_ENOUGH and text != WORDS),
        )

    @cached_property
    def pattern(self):
        """All of it at once; a group says what was found. A name of one word is looked for as a whole cell only."""
        full = [name.split() for name in self.names if len(name.split()) > 1]
        turned = [[*name[-1:], *name[:-1]] for name in full]
        kinds = {
            "name": [BETWEEN.join(map(spelled, name)) for name in [*full, *turned]],
            "address": [rf"(?<![.+\-]){spelled(address)}" for address in self.addresses],
            "other": [*map(dialled, self.phones), *map(spelled, sorted(self.sayings, key=len, reverse=True))],
        }
        groups = [f"(?P<{kind}>{'|'.join(found)})" for kind, found in kinds.items() if found]
        return re.compile(rf"(?<![\w@])(?:{'|'.join(groups) or '(?!)'})(?![\w@])", re.IGNORECASE)

    @cached_property
    def alone(self):
        return {name.casefold() for name in self.names if len(name.split()) == 1}

    @cached_property
    def needles(self):
        """Letters and digits of which a text that holds a mark has all; a list of lists."""
        marks = [*self.names, *self.addresses, *self.sayings]
        found = [sorted(re.findall(r"[A-Za-z0-9]{2,}", mark), key=len)[-5:] or mark.split() for mark in marks]
        return found + [[digits(phone)[-4:] or phone] for phone in self.phones]

    def without(self, text):
        """The text with every mark of theirs replaced."""
        if text.strip().casefold() in self.alone:
            return NAME
        said_instead = {"name": NAME, "address": ADDRESS, "other": WORDS}
        return self.pattern.sub(lambda found: said_instead[found.lastgroup], text)

    def without_all(self, value):
        """The same for JSON. Beside a mark, a cell that is nothing but their job title goes too."""
        if isinstance(value, str):
            return self.without(value)
        if not isinstance(value, list | dict):
            return value
        parts = value if isinstance(value, list) else [*value.keys(), *value.values()]
        theirs = any(isinstance(part, str) and self.without(part) != part for part in parts)

        def clean(part):
            is_title = theirs and isinstance(part, str) and part.strip().casefold() in self.titles
            return WORDS if is_title else self.without_all(part)

        if isinstance(value, list):
            return [clean(part) for part in value]
        return {self.without(key): clean(part) for key, part in value.items()}


def others(person, **where):
    """What these rows of other people and accounts have in the one column that is asked about."""
    column = next(iter(where)).partition("__")[0]
    for rows in (Person.objects.exclude(pk=person.pk), User.objects.exclude(pk=person.user_id)):
        yield from rows.filter(**where).values_list(column, flat=True)


def has_namesake(name, person):
    """A name that two people have does not tell which: it stays where it does not stand for this one."""
    return any(name_key(other) == name_key(name) for other in others(person, name__istartswith=name.split()[0]))


def is_somebody_elses(email, person):
    return any(others(person, email__iexact=email))


def is_shared(phone, person):
    """A switchboard tells nothing of one of those behind it."""
    return any(digits(other) == digits(phone) for other in others(person, phone__endswith=phone[-1:]))


def spelled(words):
    """A pattern for words as they stand in a text, in HTML, in JSON and in an address."""
    ways = {words, html.escape(words), json.dumps(words)[1:-1], quote(words), quote_plus(words)}
    return f"(?:{'|'.join(re.escape(way) for way in sorted(ways, key=len, reverse=True))})"


def digits(phone):
    return re.sub(r"\D", "", phone)


def dialled(phone):
    """A number however it is grouped, with or without its country; what is too short to be one, only as written."""
    found = digits(phone)
    if len(found) < 7:
        return spelled(phone)
    country, own = found[:-10], found[-10:]
    return rf"(?:\+?{country}{GAP})?\(?" + GAP.join(own)


def scrub(identity):
    """Rewrite every row that holds a mark: → model → keys of the rows."""
    changed = defaultdict(set)
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed or model is Session:
            continue
        fields = model._meta.local_concrete_fields
        changed[model].update(scrub_texts(model, list(filter(is_text, fields)), identity))
        for field in fields:
            if isinstance(field, models.JSONField):
                changed[model].update(scrub_json(model, field, identity))
    changed[Session].update(scrub_sessions(identity))
    return {model: keys for model, keys in changed.items() if keys}


def is_text(field):
    return isinstance(field, models.CharField | models.TextField) and not (field.primary_key or field.choices)


def scrub_texts(model, fields, identity):
    """All columns of a table are read as one text, so that it is walked through once for many marks."""
    if not fields:
        return
    parts = [Coalesce(field.name, models.Value("")) for field in fields]
    together = models.Func(
        *parts, template="(%(expressions)s)", arg_joiner=" || ' ' || ", output_field=models.TextField()
    )
    rows = model._base_manager.annotate(all_text=together)
    for start in range(0, len(identity.needles), SO_MANY):
        may_hold = Q()
        for needle in identity.needles[start : start + SO_MANY]:
            may_hold |= Q(*(Q(all_text__icontains=part) for part in needle))
        found = rows.filter(may_hold).values_list("pk", *(field.attname for field in fields))
        for pk, *texts in list(found):
            pairs = [(field, text, identity.without(text)) for field, text in zip(fields, texts, strict=True) if text]
            changes = {field.name: fitting(now, field, pk) for field, text, now in pairs if now != text}
            if changes:
                model._base_manager.filter(pk=pk).update(**changes)
                yield pk


def fitting(text, field, pk):
    """As the column takes it: addresses of pages have no blanks, what is unique stays so, nothing is too long."""
    if isinstance(field, models.SlugField | models.URLField):
        text = "-".join(text.split()).lower()
    if field.unique:
        text = f"{text}-{pk}"
    return text[: field.max_length]


def scrub_json(model, field, identity):
    for pk, value in model._base_manager.values_list("pk", field.attname).iterator(chunk_size=200):
        cleaned = identity.without_all(value)
        if cleaned != value:
            model._base_manager.filter(pk=pk).update(**{field.name: cleaned})
            yield pk


def scrub_sessions(identity):
    """Sessions are packed: no search finds what they hold, a message on its way for example."""
    for session in Session.objects.all():
        held = session.get_decoded()
        cleaned = identity.without_all(held)
        if cleaned != held:
            session.session_data = Session.objects.encode(cleaned)
            session.save(update_fields=["session_data"])
            yield session.pk
