"""Views of the directory that people keep, and the columns they want to see."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.models import ListColumns, SavedView


@transaction.atomic
def keep_view(view, *, is_default=False):
    """Save a new or changed view. A person has one default: the last one they chose."""
    if is_default:
        SavedView.objects.standing().of(view.owner).exclude(pk=view.pk).update(is_default=False)
    view.is_default = is_default
    view.save()
    return view


def keep_filters(view, *, query, columns):
    """The view becomes what is on the screen."""
    return SavedView.objects.standing().filter(pk=view.pk).update(query=query, columns=columns)


def delete_view(view, *, now=None):
    """Gone from the tabs; twice is once."""
    return SavedView.objects.standing().filter(pk=view.pk).update(deleted_at=now or timezone.now())


def restore_view(view):
    """Undo of `delete_view`, no longer the default; nothing happens if another one took its name."""
    try:
        with transaction.atomic():
            return SavedView.objects.deleted().filter(pk=view.pk).update(deleted_at=None, is_default=False)
    except IntegrityError:
        return 0


@transaction.atomic
def choose_columns(user, *, columns, view=None):
    """What this person sees in every list from now on; in a view of their own, in that view."""
    if view and view.owner_id == user.pk:
        SavedView.objects.standing().filter(pk=view.pk).update(columns=columns)
    else:
        ListColumns.objects.update_or_create(user=user, defaults={"columns": columns})
