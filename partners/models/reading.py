from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime


class ReadingQuerySet(models.QuerySet):
    def for_list(self):
        return self.select_related("reader", "organization").order_by("-on", "-first_at", "-pk")

    def before(self, place):
        """Those after a place in the list, as an address has it; nonsense is the beginning."""
        on, at, pk = [*place.split(" "), "", ""][:3]
        try:
            on, at = parse_date(on), parse_datetime(at)
        except ValueError:
            return self
        if not (on and at and at.tzinfo and pk.isdecimal() and len(pk) < 19):
            return self
        return self.filter(Q(on__lt=on) | Q(on=on, first_at__lt=at) | Q(on=on, first_at=at, pk__lt=int(pk)))


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

    @property
    def place(self):
        """Where it stands in the list, to go on from there."""
        return f"{self.on} {self.first_at.isoformat()} {self.pk}"

    def __str__(self):
        return f"{self.reader}: {self.get_what_display()} of {self.organization}, {self.on}"
