from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and what colleagues share; the hub's filters tell more than a partner may know."""
        return self.standing().filter(Q(owner=user) | Q(is_shared=True)) if user.is_hub else self.none()

    def standing(self):
        return self.filter(deleted_at__isnull=True)

    def deleted(self):
        return self.filter(deleted_at__isnull=False)

    def of(self, user):
        return self.filter(owner=user)

    def for_tabs(self):
        return self.select_related("owner").order_by("name", "pk")


class SavedView(models.Model):
    """A filtered directory with a name: a tab above the list."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True, editable=False, help_text="the filters, as in the address")
    columns = models.JSONField(default=list, blank=True, editable=False)
    is_shared = models.BooleanField("my colleagues see it too", default=False)
    is_default = models.BooleanField("open the directory with it", default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "name",
                condition=Q(deleted_at__isnull=True),
                name="saved_view_name_once",
                violation_error_message="You have a view of this name.",
            ),
            models.UniqueConstraint(
                "owner", condition=Q(is_default=True, deleted_at__isnull=True), name="saved_view_one_default"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('partners:directory')}?{f'{self.query}&' if self.query else ''}view={self.pk}"


class ListColumns(models.Model):
    """The columns one person wants to see in the directory."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="list_columns")
    columns = models.JSONField(default=list)

    def __str__(self):
        return ", ".join(self.columns)


LONGEST = timedelta(minutes=10)


class BulkChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_hub else self.none()

    def waiting(self):
        return self.filter(done_at__isnull=True)

    def forgotten(self, now=None):
        """Waiting for longer than any of them takes: their task was lost."""
        return self.waiting().filter(made_at__lt=(now or timezone.now()) - LONGEST)

    def standing(self):
        return self.filter(done_at__isnull=False, undone_at__isnull=True)

    def for_page(self):
        return self.select_related("made_by")


class BulkChange(models.Model):
    """One change to many partners at once, with what each was before: one undo takes it back."""

    class Kind(models.TextChoices):
        TAG = "tag", "tag"
        UNTAG = "untag", "remove a tag"
        ASSIGN = "assign", "hub contact"
        STATUS = "status", "status"

    kind = models.CharField(max_length=8, choices=Kind, editable=False)
    value = models.CharField(max_length=120, editable=False, help_text="the tag, the contact's number, the status")
    query = models.CharField(max_length=1000, blank=True, editable=False, help_text="the list it was made from")
    once = models.CharField(max_length=64, unique=True, editable=False, help_text="the same form sent twice is one")
    asked = models.JSONField(default=list, editable=False, help_text="the organizations, until it is done")
    lines = models.JSONField(default=list, editable=False, help_text="organization, before; one by one")
    failed = models.JSONField(default=list, editable=False, help_text="organization, reason; one by one")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)
    kept = models.JSONField(default=list, editable=False, help_text="what the undo left: organization, reason")

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()}: {len(self.lines)} partners"

    @property
    def is_waiting(self):
        return self.done_at is None

    def get_absolute_url(self):
        return reverse("partners:bulk_change", args=[self.pk])
