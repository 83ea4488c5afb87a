from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

UNDO_FOR = timedelta(days=30)


class MergeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_hub else self.none()

    def standing(self):
        return self.filter(undone_at__isnull=True)

    def undoable(self, now=None):
        return self.standing().filter(made_at__gte=(now or timezone.now()) - UNDO_FOR)

    def on_top_of(self, merge):
        """Later ones of the same kept row, or of a person who came along with an organization."""
        same = Q(kind=merge.kind) & (Q(kept_id=merge.kept_id) | Q(gone_id=merge.kept_id))
        came_along = Q(kind=Merge.Kind.PERSON, gone_id__in=merge.moved("partners.person"))
        return self.filter(same | came_along, pk__gt=merge.pk)

    def absorbed(self, kind, pk):
        """The rows that became this one, one after the other: what is on record of them is its record too."""
        found, look = set(), {pk}
        while look:
            look = set(self.standing().filter(kind=kind, kept_id__in=look).values_list("gone_id", flat=True)) - found
            found |= look
        return found

    def leads_to(self, kind, pk):
        """Where a row went that was merged, in the end; itself if it was not."""
        while merge := self.standing().filter(kind=kind, gone_id=pk).only("kept_id").first():
            pk = merge.kept_id
        return pk

    def for_list(self):
        return self.select_related("made_by").defer("undo").order_by("-made_at", "-pk")


class Merge(models.Model):
    """Two rows found to be the same and made one. Says what went where, so that it can be taken apart for 30 days."""

    class Kind(models.TextChoices):
        ORGANIZATION = "organization", "organization"
        PERSON = "person", "person"

    kind = models.CharField(max_length=12, choices=Kind, editable=False)
    kept_id = models.BigIntegerField(editable=False)
    gone_id = models.BigIntegerField(editable=False)
    gone_name = models.CharField(max_length=200, editable=False)
    gone_slug = models.SlugField(max_length=220, blank=True, editable=False, help_text="its old address leads on")
    undo = models.JSONField(default=dict, editable=False, help_text="rows that moved, rows that went, fields before")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["kind", "kept_id"]), models.Index(fields=["gone_slug"])]
        constraints = [
            models.CheckConstraint(condition=~Q(kept_id=F("gone_id")), name="merge_of_two"),
            models.UniqueConstraint("kind", "gone_id", condition=Q(undone_at__isnull=True), name="merge_goes_once"),
        ]

    def __str__(self):
        return f"{self.gone_name}, merged {self.made_at:%d %b %Y}"

    def get_absolute_url(self):
        return reverse("partners:merged", args=[self.pk])

    @property
    def undo_until(self):
        return self.made_at + UNDO_FOR

    def moved(self, label):
        """The rows of a model that pointed to the gone one and were moved: their primary keys."""
        steps = self.undo["steps"]
        return [pk for step in steps if step["did"] == "moved" and step["model"] == label for pk in step["rows"]]


class NotDuplicateQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_hub else self.none()


class NotDuplicate(models.Model):
    """Two rows somebody looked at and found different: they are not asked about again."""

    kind = models.CharField(max_length=12, choices=Merge.Kind, editable=False)
    low_id = models.BigIntegerField(editable=False)
    high_id = models.BigIntegerField(editable=False)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NotDuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = "pair that is no duplicate"
        verbose_name_plural = "pairs that are no duplicates"
        constraints = [
            models.UniqueConstraint("kind", "low_id", "high_id", name="not_duplicate_once"),
            models.CheckConstraint(condition=Q(low_id__lt=F("high_id")), name="not_duplicate_low_before_high"),
        ]

    def __str__(self):
        return f"{self.kind} {self.low_id} and {self.high_id}"
