import secrets
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from partners.models import Organization, Topic


def stored_name(resource, file_name):
    """A name nobody can guess or choose; the name people see is kept apart."""
    return f"resources/{secrets.token_hex(16)}{PurePath(file_name).suffix.lower()[:10]}"


class ResourceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everyone who signs in may use the library; what was taken out of it is the hub's memory."""
        return self if user.is_hub else self.current()

    def current(self):
        return self.filter(withdrawn_on__isnull=True)

    def withdrawn(self):
        return self.filter(withdrawn_on__isnull=False)

    def search(self, words):
        """Every word somewhere in title, summary or topics (their synonyms too)."""
        for word in words.split()[:8]:
            self = self.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(
                    pk__in=Resource.topics.through.objects.filter(
                        Q(topic__name__icontains=word) | Q(topic__synonyms__name__icontains=word)
                    ).values("resource")
                )
            )
        return self

    def for_list(self):
        """What helped most comes first."""
        return (
            self.select_related("source")
            .prefetch_related("topics")
            .order_by("-useful_count", "-sent_count", "title", "pk")
        )


class Resource(models.Model):
    """An item of the library."""

    class Kind(models.TextChoices):
        RESEARCH = "research", "research"
        TOOL = "tool", "tool"
        TEMPLATE = "template", "template"
        DATA = "data", "data"
        COACHING = "coaching", "coaching"
        EXPERTISE = "expertise", "expertise"

    # What a person gives in person needs neither a link nor a file.
    IN_PERSON = (Kind.COACHING, Kind.EXPERTISE)

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TOOL)
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=220, unique=True)
    summary = models.TextField(max_length=5000, blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    file_type = models.CharField(max_length=100, blank=True, editable=False)
    file_size = models.PositiveIntegerField(default=0, editable=False)
    licence = models.CharField(
        max_length=120, blank=True, help_text="What others may do with it, for example CC BY 4.0."
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="resources")
    source = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name="comes from",
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_on = models.DateField(null=True, blank=True)
    sent_count = models.PositiveIntegerField("times sent", default=0, editable=False)
    useful_count = models.PositiveIntegerField("times found useful", default=0, editable=False)

    objects = ResourceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["sent_count", "useful_count"], m2m_fields=[topics])

    class Meta:
        ordering = ["title"]
        indexes = [models.Index(fields=["-useful_count", "-sent_count", "title"])]
        constraints = [
            models.CheckConstraint(condition=Q(useful_count__lte=F("sent_count")), name="resource_useful_only_if_sent"),
            models.CheckConstraint(
                condition=~Q(link="") | ~Q(file="") | Q(kind__in=["coaching", "expertise"]),
                name="resource_can_be_had",
                violation_error_message="Give a link or a file: without one, nobody can use it.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("library:resource", args=[self.slug])
