from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import validate_time_zone


class SummitQuerySet(models.QuerySet):
    def coming(self, today=None):
        return self.filter(ends_on__gte=today or timezone.localdate()).order_by("starts_on")


class Summit(models.Model):
    """The yearly event where everyone meets."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    place = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=60, validators=[validate_time_zone])
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = SummitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="summit_ends_after_it_starts",
                violation_error_message="The end is before the start.",
            )
        ]

    def __str__(self):
        return self.name
