"""A person asks to be erased, and is: what they said and what tells who they were goes, what is counted stays."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

import accounts.actions
import outbox.actions
from accounts import record
from accounts.models import User
from accounts.rules import Refused
from outbox import files
from outbox.models import Letter
from partners import held, tasks
from partners.models import Challenge, Erasure, Intrapreneur, Merge, Person, Strength, Succession
from partners.scrubbing import ADDRESS, NAME, WORDS, Identity, scrub


@transaction.atomic
def ask_erasure(person, *, by, today=None):
    """The person asks for it: shown on the record, and their hub contact is written to. Twice is once."""
    today = today or timezone.localdate()
    unasked = Person.objects.known().filter(erasure_asked_on__isnull=True)
    if not record.update(person, unasked, by=by, erasure_asked_on=today):
        return False
    owner = person.organization.owner
    answering = [owner] if owner and owner.is_hub else User.objects.active().filter(role=User.Role.OVERSEER)
    for colleague in answering:
        letter = outbox.actions.write(
            "partners/erasure_request",
            to_name=colleague.name,
            to_email=colleague.email,
            about=person,
            dedupe_key=f"erasure-request:{person.pk}:{today}:{colleague.pk}",
            context={"person": person},
        )
        outbox.actions.approve(letter, by=by)
    return True


@transaction.atomic
def keep_person(person, *, by):
    """They would rather stay. Twice is once."""
    return record.update(person, Person.objects.filter(erasure_asked_on__isnull=False), by=by, erasure_asked_on=None)


@transaction.atomic
def erase(person, *, by, today=None):
    """Erase a person for good: → the row that says so, without saying who. None if they are erased already."""
    if not by.is_overseer:
        raise Refused("Only an overseer erases a person.")
    known = Person.objects.known().select_for_update(of=("self",)).select_related("user")
    person = known.filter(pk=person.pk).first()
    if person is None:
        return None
    erasing = Erasing(person, by, today or timezone.localdate())
    erasing.end_roles()
    erasing.take_out_words()
    erasing.forget_letters()
    erasing.forget_who()
    erasing.scrub()
    transaction.on_commit(lambda: files.forget(erasing.is_about_them), robust=True)
    transaction.on_commit(tasks.sweep.delay, robust=True)
    return Erasure.objects.create(made_by=by, counts=erasing.counts)


class Erasing:
    """One erasure, step by step. What is theirs is looked up first: later steps cut the threads that lead to it."""

    def __init__(self, person, by, today):
        self.person, self.by, self.today = person, by, today
        self.merged = Merge.objects.absorbed(Merge.Kind.PERSON, person.pk)
        self.holdings = [one for one in held.holdings() if one.blanks or one.goes]
        self.keys = [list(one.of(person).values_list("pk", flat=True)) for one in self.holdings]
        self.identity = Identity.of(person, self.sayings())
        self.counts = {}

    def sayings(self):
        """Their sentences, as they stood at any time: others may have been sent them in a letter.

        What somebody else here says in the same words is left out: it is theirs as well.
        """
        for holding in map(held.sentences, (Strength, Challenge)):
            now = holding.of(self.person)
            said = {*now.values_list("text", flat=True)}
            said |= {*holding.lines(self.person, now.values("pk")).values_list("text", flat=True)}
            others = holding.table.objects.filter(text__in=said).exclude(pk__in=now.values("pk"))
            yield from said - {*others.values_list("text", flat=True)}

    def is_about_them(self, text):
        return self.identity.without(text) != text

    def end_roles(self):
        """They lead nothing any more, and what they said no longer counts as said."""
        for role in self.person.intrapreneur_roles.current():
            record.update(role, Intrapreneur.objects.current(), by=self.by, ended_on=max(role.started_on, self.today))
        theirs = Succession.objects.open().filter(Q(outgoing=self.person) | Q(successor=self.person))
        theirs.update(state=Succession.State.WITHDRAWN)
        for model in (Strength, Challenge):
            held.sentences(model).of(self.person).filter(withdrawn_on__isnull=True).update(withdrawn_on=self.today)

    def take_out_words(self):
        for holding, keys in zip(self.holdings, self.keys, strict=True):
            rows = holding.table._base_manager.filter(pk__in=keys)
            self.count(holding.table, keys)
            if holding.goes:
                rows.delete()
            else:
                blank(rows, holding.blanks)
            if holding.table in record.models():
                for row in rows.all():
                    record.noted(row, self.by)  # whoever has it open in a form is told
                blank(holding.lines(self.person, keys), holding.blanks)
            entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(holding.table))
            entries.filter(object_id__in=map(str, keys)).update(object_repr=WORDS)

    def forget_letters(self):
        rows = held.letters_of(self.person) | Letter.objects.to_addresses(self.identity.addresses)
        self.counts["letter"] = outbox.actions.forget(rows, words=WORDS, address=ADDRESS)

    def forget_who(self):
        """The row stays, so that what counts on it counts."""
        person, user = self.person, self.person.user
        nobody = {"name": NAME, "title": "", "email": "", "phone": "", "time_zone": "", "user": None}
        leaves = {"left_on": person.left_on or self.today, "erasure_asked_on": None, "erased_on": self.today}
        for name, value in (nobody | leaves).items():
            setattr(person, name, value)
        record.save(person, by=self.by)
        Person.history.filter(id__in={person.pk, *self.merged}).update(**nobody)
        Merge.objects.filter(Q(kept_id=person.pk) | Q(gone_id__in=self.merged), kind=Merge.Kind.PERSON).delete()
        people = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Person))
        people.filter(object_id__in=map(str, {person.pk, *self.merged})).update(object_repr=NAME)
        if user:
            accounts.actions.forget(user, by=self.by, name=NAME)
            accounts_seen = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User))
            accounts_seen.filter(object_id=str(user.pk)).update(object_repr=NAME)

    def scrub(self):
        for model, keys in scrub(self.identity).items():
            self.count(model, keys)
            if model in record.models():
                for row in model._base_manager.filter(pk__in=keys):
                    record.noted(row, self.by)

    def count(self, model, keys):
        if keys:
            name = str(model._meta.verbose_name)
            self.counts[name] = self.counts.get(name, 0) + len(keys)


def blank(rows, names):
    """Where there are words in these columns, the row says from now on that they are gone."""
    for name in names:
        field = rows.model._meta.get_field(name)
        empty, instead = ({}, {}) if isinstance(field, models.JSONField) else ("", WORDS[: field.max_length])
        rows.exclude(**{name: empty}).update(**{name: instead})
