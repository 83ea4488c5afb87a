"""Taking an import back: whatever is still as the import left it, and nothing else.

A new partner that somebody worked with since stays, with all that came with it. A changed field becomes what it was if
it still is what the file said. Everything that stays is listed with the reason.
"""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from outbox.models import Letter
from partners import bulk
from partners.importing.writing import stored
from partners.keys import name_key, site_key
from partners.models import Challenge, Intrapreneur, Organization, Person, PreviousName, Reading, Strength, Tag
from partners.snapshots import in_batches, put_on_record

PARTS = {  # of a line of what was written: key → rows that the import added
    "roles": Intrapreneur,
    "strengths": Strength,
    "challenges": Challenge,
    "people": Person,
    "previous_names": PreviousName,
}
CALLED = {
    "roles": "the role of intrapreneur",
    "strengths": "a strength",
    "challenges": "a challenge",
    "people": "a person",
    "previous_names": "a previous name",
}
CHANGED = "was changed since"


class Undo:
    """One import on its way back. Each method takes one kind of row back for all lines together."""

    def __init__(self, lines, *, by, reason):
        self.by, self.reason = by, reason
        self.organizations = bulk.locked([line["organization"] for line in lines])  # nothing can be hung on them now
        self.names = {pk: organization.name for pk, organization in self.organizations.items()}
        self.lines = [line for line in lines if line["organization"] in self.organizations]
        self.kept = defaultdict(set)  # organization → why something of it stays
        self.missing = len(lines) - len(self.lines)
        self.new_tags = [pk for line in lines for pk in line.get("new_tags", ())]

    def carry_out(self):
        """How many partners went, and how many became what they were; `left` has the rest."""
        gone = self.loose([line for line in self.lines if line.get("is_new")])
        changed = [line for line in self.lines if not line.get("is_new")]
        self.take(gone, changed, "roles")
        for part in ("strengths", "challenges", "people"):
            self.take(gone, changed, part)
        self.repair([line["person"] | {"organization": line["organization"]} for line in changed if "person" in line])
        back = self.put_back(changed)
        self.take(gone, [line for line in changed if line["organization"] not in self.renamed_since], "previous_names")
        self.delete(Organization, [line["organization"] for line in gone])
        self.delete(Tag, [pk for pk in self.new_tags if pk not in held(Tag, self.new_tags)])
        return {"removed": len(gone), "put_back": back}

    @property
    def left(self):
        """Name and reason of each partner of which something stays."""
        told = [[self.names[pk], f"{'; '.join(sorted(reasons))}."] for pk, reasons in sorted(self.kept.items())]
        return told + [["", bulk.GONE]] * self.missing

    def loose(self, lines):
        """The new partners that nobody touched and nothing holds, neither them nor what came with them."""
        ours = {(model, pk) for part, model in PARTS.items() for line in lines for pk in line.get(part, ())}
        stays = defaultdict(set)
        for part, model in {"organization": Organization, **PARTS}.items():
            owner = owners(lines, part)
            for pk, reasons in held(model, list(owner), ours).items():
                stays[owner[pk]] |= reasons
        self.kept |= stays
        return [line for line in lines if line["organization"] not in stays]

    def take(self, gone, changed, part):
        """What came with those who go, and what was added to those who were here before and is free to go."""
        model, owner = PARTS[part], owners(changed, part)
        stays = held(model, list(owner))
        for pk, reasons in stays.items():
            self.kept[owner[pk]] |= {f"{CALLED[part]} {reason}" for reason in reasons}
        free = [pk for pk in owner if pk not in stays]
        self.delete(model, list(owners(gone, part)) + free)
        if part == "roles":
            self.reopen([line for line in changed if set(line.get("roles", ())) & set(free) and "ended_role" in line])

    def reopen(self, lines):
        """Whoever had the role before has it again."""
        for some in in_batches([line["ended_role"] for line in lines]):
            roles = Intrapreneur.objects.filter(pk__in=some)
            roles.update(ended_on=None)
            self.put_on_record(Intrapreneur, list(roles))

    def repair(self, lines):
        """People who were here before, with the details they had."""
        pks = [line["pk"] for line in lines]
        people = {person.pk: person for some in in_batches(pks) for person in Person.objects.filter(pk__in=some)}
        done, _ = self.restore(Person, [(people[line["pk"]], line) for line in lines if line["pk"] in people])
        self.put_on_record(Person, done)

    def put_back(self, lines):
        known = [(self.organizations[line["organization"]], line) for line in lines]
        done, refused = self.restore(Organization, known)
        self.renamed_since = {
            thing.pk
            for thing, line in known
            if "name" in line["was"] and (thing.name != line["was"]["name"] or thing.pk in refused)
        }
        untagged = self.untag([line for line in lines if line["organization"] not in refused])
        touched = {thing.pk: thing for thing in done} | {pk: self.organizations[pk] for pk in untagged}
        put_on_record(list(touched.values()), by=self.by, reason=self.reason)
        return len(touched)

    def restore(self, model, known):
        """Each field that still is what the file said becomes what it was: the rows changed, and those refused."""
        todo, fields, owner = [], set(), {}
        for thing, line in known:
            owner[thing.pk] = line["organization"]
            back = {key: was for key, was in line["was"].items() if stored(thing, key) == line["now"][key]}
            for key in line["was"].keys() - back.keys():
                self.kept[owner[thing.pk]].add(f"the {model._meta.get_field(key).verbose_name} {CHANGED}")
            for key, was in back.items():
                field = model._meta.get_field(key)
                setattr(thing, field.attname, field.to_python(was))
            if back:
                todo.append(thing)
                fields |= back.keys()
        refused = bulk.write(Back(model, fields), todo, None)
        for pk, reason in refused.items():
            self.kept[owner[pk]].add(reason.removesuffix("."))
        return [thing for thing in todo if thing.pk not in refused], refused.keys()

    def untag(self, lines):
        """Take away the tags that the file added: the organizations that had them still."""
        added = {(line["organization"], pk) for line in lines for pk in line.get("tags", ())}
        Tagged = Organization.tags.through
        rows = [
            row
            for some in in_batches(list({pk for pk, _ in added}))
            for row in Tagged.objects.filter(organization__in=some)
            if (row.organization_id, row.tag_id) in added
        ]
        for some in in_batches([row.pk for row in rows]):
            Tagged.objects.filter(pk__in=some).delete()
        return {row.organization_id for row in rows}

    def delete(self, model, pks):
        """On record, and by hand: Django's own delete would write each line of history alone, and without a name."""
        for some in in_batches(pks):
            rows = model.objects.filter(pk__in=some)
            lines = self.put_on_record(model, list(rows))
            model.history.filter(pk__in=[line.pk for line in lines]).update(history_type="-")
            for field in model._meta.many_to_many:
                field.remote_field.through.objects.filter(**{f"{field.m2m_field_name()}__in": some}).delete()
            if model is Organization:
                Reading.objects.filter(organization__in=some).delete()
            rows._raw_delete(rows.db)

    def put_on_record(self, model, things):
        return model.history.bulk_history_create(
            things, update=True, batch_size=bulk.BATCH, default_user=self.by, default_change_reason=self.reason
        )


class Back:
    """Writes rows as they were made in memory."""

    def __init__(self, model, fields):
        self.model, self.fields = model, fields

    def write(self, things, _):
        fields = set(self.fields)
        if self.model is Organization:
            fields |= {"name_key", "site_key"}
            for thing in things:  # bulk_update does not ask a KeyField
                thing.name_key, thing.site_key = name_key(thing.name), site_key(thing.website)
        self.model.objects.bulk_update(things, fields, batch_size=bulk.BATCH)

    def why_not(self, thing, _):
        return bulk.objections(thing)


def owners(lines, part):
    """Row → organization, for one part of these lines."""
    if part == "organization":
        return {line["organization"]: line["organization"] for line in lines}
    return {pk: line["organization"] for line in lines for pk in line.get(part, ())}


def held(model, pks, ours=frozenset()):
    """Those of these rows that cannot go, and why: changed since, or something that is not `ours` hangs on them."""
    reasons = defaultdict(set)
    kind = ContentType.objects.get_for_model(model)
    for some in in_batches(pks):
        versions = model.history.filter(id__in=some).order_by().values_list("id").annotate(count=Count("pk"))
        for pk, count in versions:
            if count > 1:
                reasons[pk].add(CHANGED)
        for relation in relations(model):
            column = relation.field.attname
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": some})
            for row, pk in rows.values_list("pk", column):
                if (relation.related_model, row) not in ours:
                    reasons[pk].add(f"has {called(relation.related_model)} now")
        for pk in Letter.objects.filter(about_type=kind, about_id__in=some).values_list("about_id", flat=True):
            reasons[pk].add("has letters now")
    return reasons


def relations(model):
    """Whatever can hang on a row of a model, in every app; not its history, its own lists, or who looked at it."""
    own = {field.remote_field.through for field in model._meta.many_to_many} | {Reading}
    return [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if (field.one_to_many or field.one_to_one)
        and field.auto_created
        and field.field.db_constraint
        and field.related_model not in own
    ]


def called(model):
    """The rows of a model in words; those of a list between two models are of the one that has the list."""
    return (model._meta.auto_created or model)._meta.verbose_name_plural
