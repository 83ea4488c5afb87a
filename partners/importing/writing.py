"""The one write of an import: all of a plan or nothing, in a handful of bulk statements, each with its history.

What was written for a row is noted in `line.wrote`, as JSON, so that `importing.undoing` can take it back: the primary
keys of new rows, and of changed rows what each field was and is.
"""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from partners import actions, topics
from partners.keys import name_key, site_key
from partners.models import Challenge, Intrapreneur, Organization, Person, PreviousName, Source, Strength, Tag
from partners.models.sentence import DEFAULT_REACH

BATCH = 500


@transaction.atomic
def write(plan, *, by=None, today=None, source=""):
    """Carry out a plan that was just made; → what was written, line by line. The file's name goes into the history."""
    return Writer(by, today or timezone.localdate(), f"Import of {source}"[:100]).write(plan)


class Writer:
    """Who writes, on which day and why; each method writes one kind of row for all lines together."""

    def __init__(self, by, today, reason):
        self.by, self.today, self.reason = by, today, reason

    def write(self, plan):
        lines = plan.lines
        tags = self.find_tags(lines)
        snapshots = [*self.add(plan.new), *self.update(plan.changed)]
        self.tag(lines, tags, snapshots)
        self.keep_previous_names(lines)
        self.say(Strength, "strengths", lines)
        self.say(Challenge, "challenges", lines)
        self.appoint([line for line in lines if line.lead])
        return [line.wrote for line in lines]

    def put_on_record(self, model, things, *, update=False):
        return model.history.bulk_history_create(
            things, update=update, batch_size=BATCH, default_user=self.by, default_change_reason=self.reason
        )

    def add(self, lines):
        taken = actions.taken_slugs() if lines else set()
        for line in lines:
            slug = actions.free_slug(line.name, taken)
            taken.add(slug)
            line.organization = Organization(slug=slug, **line.values)
        added = Organization.objects.bulk_create([line.organization for line in lines], batch_size=BATCH)
        for line in lines:
            line.wrote = {"organization": line.organization.pk, "is_new": True}
        return self.put_on_record(Organization, added)

    def update(self, lines):
        for line in lines:
            line.wrote = {"organization": line.organization.pk, **changed(line.organization, line.values)}
            line.organization.name_key = name_key(line.organization.name)  # bulk_update does not ask a KeyField
            line.organization.site_key = site_key(line.organization.website)
        organizations = [line.organization for line in lines if line.values]
        fields = {key for line in lines for key in line.values}
        if fields:
            Organization.objects.bulk_update(organizations, [*fields, "name_key", "site_key"], batch_size=BATCH)
        touched = [line.organization for line in lines if line.values or line.tags]
        return self.put_on_record(Organization, touched, update=True)

    def find_tags(self, lines):
        """Casefolded name → tag, for every tag the rows add. The first spelling of a new one stays."""
        tags = {tag.name.casefold(): tag for tag in Tag.objects.all()}
        new = {}
        for name in (name for line in lines for name in line.tags):
            if name.casefold() not in tags:
                new.setdefault(name.casefold(), Tag(name=name))
        self.put_on_record(Tag, Tag.objects.bulk_create(new.values(), batch_size=BATCH))
        self.new_tags = [tag.pk for tag in new.values()]
        return tags | new

    def tag(self, lines, tags, snapshots):
        """Also in the history, where a line shows the whole set of tags as it was then."""
        for line in filter(lambda line: line.tags, lines):
            line.wrote["tags"] = [tags[name.casefold()].pk for name in line.tags]
        if lines:
            lines[0].wrote["new_tags"] = self.new_tags
        Tagged = Organization.tags.through
        Tagged.objects.bulk_create(
            [Tagged(organization=line.organization, tag=tags[name.casefold()]) for line in lines for name in line.tags],
            batch_size=BATCH,
        )
        whole = defaultdict(list)
        for row in Tagged.objects.filter(organization__in=[snapshot.id for snapshot in snapshots]):
            whole[row.organization_id].append(row)
        Remembered = Organization.history.model.tags.model
        Remembered.objects.bulk_create(
            [
                Remembered(history=snapshot, id=row.pk, organization_id=snapshot.id, tag_id=row.tag_id)
                for snapshot in snapshots
                for row in whole[snapshot.id]
            ],
            batch_size=BATCH,
        )

    def keep_previous_names(self, lines):
        names = [
            PreviousName(organization=line.organization, name=name) for line in lines for name in line.previous_names
        ]
        names += [
            PreviousName(organization=line.organization, name=line.renamed_from, until=self.today)
            for line in lines
            if line.renamed_from
        ]
        self.put_on_record(PreviousName, PreviousName.objects.bulk_create(names, batch_size=BATCH))
        note("previous_names", lines, names)

    def say(self, model, part, lines):
        sentences = [
            model(
                organization=line.organization,
                text=text,
                source=Source.PROFILE,
                reach=DEFAULT_REACH[Source.PROFILE],
                said_on=self.today,
                added_by=self.by,
            )
            for line in lines
            for text in getattr(line, part)
        ]
        self.put_on_record(model, model.objects.bulk_create(sentences, batch_size=BATCH))
        note(part, lines, sentences)
        self.file(model, sentences)

    def file(self, model, sentences):
        """Under the topics they speak of."""
        topics_in = topics.finder()
        Filed = model.topics.through
        Filed.objects.bulk_create(
            [
                Filed(**{f"{model.kind}_id": sentence.pk, "topic_id": pk})
                for sentence in sentences
                for pk in topics_in(sentence.text)
            ],
            batch_size=BATCH,
        )

    def appoint(self, lines):
        """The intrapreneurs: new people, repaired people, and who takes the role."""
        new = [line for line in lines if not line.lead.person]
        known = [line for line in lines if line.lead.person and line.lead.values]
        waiting = self.waiting_accounts(line.lead.values.get("email", "").lower() for line in new)
        for line in new:
            account = waiting.get(line.lead.values.get("email", "").lower())
            line.lead.person = Person(organization=line.organization, user=account, **line.lead.values)
        people = Person.objects.bulk_create([line.lead.person for line in new], batch_size=BATCH)
        self.put_on_record(Person, people)
        note("people", new, people)
        self.repair(known)
        roles = [
            Intrapreneur(organization=line.organization, person=line.lead.person, started_on=self.today)
            for line in lines
            if line.lead.takes_role and not line.lead.from_whom
        ]
        self.put_on_record(Intrapreneur, Intrapreneur.objects.bulk_create(roles, batch_size=BATCH))
        note("roles", lines, roles)
        for line in lines:
            if line.lead.takes_role and line.lead.from_whom:
                line.wrote["ended_role"] = line.organization.current_roles[0].pk
                role = actions.hand_over(
                    line.organization, to=line.lead.person, by=self.by, on=self.today, note=self.reason
                )
                line.wrote["roles"] = [role.pk]

    def repair(self, lines):
        for line in lines:
            line.wrote["person"] = {"pk": line.lead.person.pk, **changed(line.lead.person, line.lead.values)}
        people, fields = [line.lead.person for line in lines], {key for line in lines for key in line.lead.values}
        if people:
            Person.objects.bulk_update(people, fields, batch_size=BATCH)
        self.put_on_record(Person, people, update=True)

    def waiting_accounts(self, emails):
        """Those who can sign in already, but are nobody's yet: email → account."""
        emails = set(emails) - {""}
        accounts = User.objects.filter(role=User.Role.PARTNER, person__isnull=True).annotate(key=Lower("email"))
        return {account.key: account for account in accounts.filter(key__in=emails)}


def changed(thing, values):
    """Give a thing these values: what it was, and what it is."""
    was = {key: stored(thing, key) for key in values}
    for key, value in values.items():
        setattr(thing, key, value)
    return {"was": was, "now": {key: stored(thing, key) for key in values}}


def stored(thing, key):
    """The value of a field as JSON has it."""
    value = getattr(thing, thing._meta.get_field(key).attname)
    return value.isoformat() if isinstance(value, date) else value


def note(part, lines, rows):
    """In each line, the new rows about its organization."""
    wrote = {line.organization.pk: line.wrote for line in lines}
    for row in rows:
        wrote[row.organization_id].setdefault(part, []).append(row.pk)
