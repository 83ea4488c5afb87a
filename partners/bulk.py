"""One change to many organizations, and the way back, in few statements however many there are.

What the database refuses for one organization is done for all the others: a refused batch is halved until the one is
found. Each change is claimed by an update, so that a task or a form that comes twice does it once.
"""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from partners.models import BulkChange, Organization, Tag
from partners.snapshots import in_batches, put_on_record

Kind = BulkChange.Kind
BATCH = 500
GONE = "is no longer here: deleted, or merged with another."
CHANGED = "was changed since."


class Column:
    """A field of the organization itself."""

    def __init__(self, name):
        self.name = name

    def now(self, organizations):
        return {organization.pk: getattr(organization, self.name) for organization in organizations}

    def write(self, organizations, value):
        Organization.objects.filter(pk__in=[o.pk for o in organizations]).update(**{self.name: value})
        for organization in organizations:
            setattr(organization, self.name, value)

    def why_not(self, organization, value):
        """Why the database refused this one: the words of the constraint."""
        setattr(organization, self.name, value)
        return objections(organization)


class Tagged:
    """Whether the organization has a tag: True or False."""

    def __init__(self, name):
        self.tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)

    def rows(self, organizations):
        pks = [organization.pk for organization in organizations]
        return Organization.tags.through.objects.filter(tag=self.tag, organization__in=pks)

    def now(self, organizations):
        having = {
            pk for some in in_batches(organizations) for pk in self.rows(some).values_list("organization", flat=True)
        }
        return {organization.pk: organization.pk in having for organization in organizations}

    def write(self, organizations, value):
        if value:
            Row = Organization.tags.through
            Row.objects.bulk_create([Row(organization=o, tag=self.tag) for o in organizations], ignore_conflicts=True)
        else:
            self.rows(organizations).delete()


def target(change):
    """What is changed, and to what."""
    match change.kind:
        case Kind.TAG | Kind.UNTAG:
            return Tagged(change.value), change.kind == Kind.TAG
        case Kind.ASSIGN:
            return Column("owner_id"), int(change.value)
    return Column("status"), change.value


def told(change):
    """What was asked, in words."""
    match change.kind:
        case Kind.TAG:
            return f"Tag “{change.value}” added"
        case Kind.UNTAG:
            return f"Tag “{change.value}” removed"
        case Kind.ASSIGN:
            return f"Hub contact: {User.objects.get(pk=change.value)}"
    return f"Status: {Organization.Status(change.value).label}"


@transaction.atomic
def carry_out(pk, *, now=None):
    """Do what was asked, once: lines of what it changed, and of what it could not."""
    if not BulkChange.objects.waiting().filter(pk=pk).update(done_at=now or timezone.now()):
        return
    change = BulkChange.objects.select_related("made_by").get(pk=pk)
    thing, value = target(change)
    found = locked(change.asked)
    before = thing.now(list(found.values()))
    todo = [found[pk] for pk in found if before[pk] != value]
    failed = [["", GONE] for pk in change.asked if pk not in found]
    refused = write(thing, todo, value)
    done = [organization for organization in todo if organization.pk not in refused]
    put_on_record(done, by=change.made_by, reason=f"Bulk change {change.pk}")
    change.asked, change.lines = [], [[organization.pk, before[organization.pk]] for organization in done]
    change.failed = failed + [[found[pk].name, reason] for pk, reason in refused.items()]
    change.save()


@transaction.atomic
def take_back(change, *, by, now=None):
    """Each organization becomes what it was, unless it is no longer as the change left it. False if done already."""
    if not BulkChange.objects.standing().filter(pk=change.pk).update(undone_at=now or timezone.now()):
        return False
    thing, value = target(change)
    found = locked([pk for pk, _ in change.lines])
    present = thing.now(list(found.values()))
    kept, back = [], defaultdict(list)
    for pk, before in change.lines:
        if pk not in found:
            kept.append(["", GONE])
        elif present[pk] != value:
            kept.append([found[pk].name, CHANGED])
        else:
            back[before].append(found[pk])
    for before, organizations in back.items():
        refused = write(thing, organizations, before)
        kept += [[found[pk].name, reason] for pk, reason in refused.items()]
        done = [organization for organization in organizations if organization.pk not in refused]
        put_on_record(done, by=by, reason=f"Undo of bulk change {change.pk}")
    BulkChange.objects.filter(pk=change.pk).update(kept=kept)
    return True


def locked(pks):
    """These organizations as they are now, and stay until we are done."""
    some = (Organization.objects.select_for_update().filter(pk__in=part) for part in in_batches(pks))
    return {organization.pk: organization for part in some for organization in part}


def write(thing, organizations, value):
    """Write it to all of them that can take it; organization → reason for the others."""
    refused = {}
    for some in in_batches(organizations, BATCH):
        write_some(thing, some, value, refused)
    return refused


def objections(thing):
    """Why the database refuses a row, in the words of its constraints."""
    try:
        thing.validate_unique()
        thing.validate_constraints()
    except ValidationError as error:
        return " ".join(error.messages)
    return CHANGED


def write_some(thing, organizations, value, refused):
    try:
        with transaction.atomic():
            thing.write(organizations, value)
    except IntegrityError:
        if len(organizations) == 1:
            refused[organizations[0].pk] = thing.why_not(organizations[0], value)
            return
        half = len(organizations) // 2
        write_some(thing, organizations[:half], value, refused)
        write_some(thing, organizations[half:], value, refused)
