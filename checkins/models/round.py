from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords


class Round(models.Model):
    """A year's check-in calls."""

    year = models.PositiveSmallIntegerField(unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="round_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="round_year_is_ours"),
        ]

    def __str__(self):
        return f"Calls {self.year}"
