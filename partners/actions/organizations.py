"""Partner organizations: new ones, and what they are called."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts import record
from partners.keys import name_key
from partners.models import Merge, Organization, PreviousName, Touchpoint


@transaction.atomic
def add_organization(*, name, by=None, tags=(), **fields):
    """A new partner organization with a page address of its own."""
    organization = record.create(Organization, by=by, name=name, slug=free_slug(name), **fields)
    organization.tags.set(tags)
    return organization


def free_slug(name, taken=None):
    """An unused page address for this name; `taken` spares the query when many are made at once."""
    stem = slugify(name)[:200] or "partner"
    if taken is None:
        taken = taken_slugs(stem)
    slug, number = stem, 1
    while slug in taken or slug in RESERVED_SLUGS:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def taken_slugs(stem=""):
    """The addresses in use that begin like this; those that were merged lead on, and may be needed again."""
    slugs = Organization.objects.filter(slug__startswith=stem).order_by().values_list("slug")
    merged = Merge.objects.standing().filter(gone_slug__startswith=stem).order_by().values_list("gone_slug")
    return {slug for (slug,) in slugs.union(merged)}


# Pages of ours that live beside the records under /partners/.
RESERVED_SLUGS = frozenset(["add", "bulk", "columns", "duplicates", "export", "import", "merges", "views"])


def keep_name(organization, new_name, *, by, on=None):
    """Remember the name the organization goes by now, before it takes another one; a mere respelling is not kept."""
    if name_key(new_name) != name_key(organization.name):
        for again in organization.previous_names.filter(name_key=name_key(new_name)):
            record.delete(again, PreviousName.objects.all(), by=by)
        record.get_or_create(
            PreviousName.objects,
            by=by,
            organization=organization,
            name_key=name_key(organization.name),
            defaults={"name": organization.name, "until": on or timezone.localdate()},
        )


@transaction.atomic
def rename(organization, *, name, by=None, on=None):
    """Call it by its new name; the old one is kept, so that people and re-imports still find it."""
    keep_name(organization, name, by=by, on=on)
    organization.name = name
    record.save(organization, by=by)


@transaction.atomic
def touch(organization, *, kind, on, by=None, person=None, summary=""):
    """A real contact with a partner, of any kind; it moves "last contact"."""
    facts = {"kind": kind, "happened_on": on, "person": person, "summary": summary}
    return record.create(Touchpoint, by=by, organization=organization, logged_by=by, **facts)
