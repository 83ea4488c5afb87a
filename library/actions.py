"""What happens to a resource: it comes in, changes, is taken out, is sent, and helps or not."""

import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from accounts import record
from library.models import Resource

HELPED = "yes"


@transaction.atomic
def add(resource, *, topics=(), upload=None, by):
    """Put a new resource into the library. `upload` is a file that `uploads.inspect` has let in."""
    resource.added_by = resource._history_user = by
    resource.slug = _free_slug(resource.title)
    _take(resource, upload)
    resource.save()
    resource.topics.set(topics)
    return resource


@transaction.atomic
def change(resource, *, topics=(), upload=None, drop_file=False, seen=None, by):
    """Write down what was edited, unless somebody saved since `seen`: then Stale is raised.

    A file that was replaced or dropped leaves the disk after the commit.
    """
    now = record.locked(resource) if seen is None else record.unless_saved_since(seen, resource)
    old_file = now.file.name
    resource.sent_count, resource.useful_count = now.sent_count, now.useful_count
    if upload or drop_file:
        _take(resource, upload)
        storage = resource.file.storage
        transaction.on_commit(lambda: old_file and storage.delete(old_file), robust=True)
    resource._history_user = by
    resource.save()
    resource.topics.set(topics)
    return resource


def withdraw(resource, *, by, today=None):
    """Take it out of the library; those who were sent it keep their letter. False if somebody was quicker."""
    return record.update(resource, Resource.objects.current(), by=by, withdrawn_on=today or timezone.localdate())


def restore(resource, *, by):
    return record.update(resource, Resource.objects.withdrawn(), by=by, withdrawn_on=None)


def record_sent(resource):
    """One more follow-up has brought it to somebody."""
    Resource.objects.filter(pk=resource.pk).update(sent_count=F("sent_count") + 1)


def record_landed(resource, *, was, now):
    """Somebody said whether it helped, or says now that it did not: the count follows the "yes"."""
    step = (now == HELPED) - (was == HELPED)
    counted = Resource.objects.filter(pk=resource.pk)
    if step > 0:
        counted = counted.filter(useful_count__lt=F("sent_count"))
    elif step < 0:
        counted = counted.filter(useful_count__gt=0)
    if step:
        counted.update(useful_count=F("useful_count") + step)


def _take(resource, upload):
    """The file as it was let in, or none."""
    resource.file = upload.file if upload else ""
    resource.file_name = upload.name if upload else ""
    resource.file_type = upload.type if upload else ""
    resource.file_size = upload.size if upload else 0


def _free_slug(title):
    stem = slugify(title)[:200] or "resource"
    taken = Resource.objects.filter(slug=stem).exists() or stem in RESERVED_SLUGS
    return f"{stem}-{secrets.token_hex(4)}" if taken else stem


# Pages of ours that live beside the resources.
RESERVED_SLUGS = frozenset(["add"])
