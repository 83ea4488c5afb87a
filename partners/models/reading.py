from django.conf import settings
from django.db import models
from django.utils import timezone


class ReadingQuerySet(models.QuerySet):
    def for_list(self):
        return self.select_related("reader", "organization").order_by("-on", "-first_at", "-pk")


class Reading(models.Model):
    """Somebody of the hub opened what a partner told in confidence: one line a reader, partner, page and day."""

    class What(models.TextChoices):
        RECORD = "record", "record"
        CALL = "call", "call"
        BRIEF = "brief", "printed brief"
        EXPORT = "export", "export"
        PERSON = "person", "what is held about a person"

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey("partners.Organization", on_delete=models.CASCADE, related_name="readings")
    what = models.CharField(max_length=8, choices=What)
    on = models.DateField(default=timezone.localdate)
    first_at = models.DateTimeField(default=timezone.now)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-first_at", "-pk"]
        constraints = [
            models.UniqueConstraint("organization", "reader", "what", "on", name="reading_once_a_day"),
        ]
        indexes = [models.Index(fields=["-on", "-first_at"])]

    def __str__(self):
        return f"{self.reader}: {self.get_what_display()} of {self.organization}, {self.on}"
