from django.conf import settings
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords


class TouchpointQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The hub's own log: its summaries are written for colleagues."""
        return self if user.is_hub else self.none()

    def real(self):
        """Beyond the check-in calls, which have lines of their own on a timeline."""
        return self.exclude(kind=Touchpoint.Kind.CALL)


class Touchpoint(models.Model):
    """A real contact with a partner. Every touch moves "last contact"; a held check-in writes one too."""

    class Kind(models.TextChoices):
        CALL = "call", "check-in call"
        VISIT = "visit", "visit"
        MAIL = "mail", "mail thread"
        EVENT = "event", "event"
        PROJECT = "project", "project"
        OTHER = "other", "other contact"

    FACE_TO_FACE = (Kind.VISIT, Kind.EVENT)

    organization = models.ForeignKey("partners.Organization", on_delete=models.CASCADE, related_name="touchpoints")
    person = models.ForeignKey(
        "partners.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="touchpoints"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)
    happened_on = models.DateField(default=timezone.localdate)
    summary = models.CharField(max_length=500, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    logged_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TouchpointQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["organization", "-happened_on"])]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.happened_on}"
