from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords


class IntrapreneurQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_on__isnull=True)


class Intrapreneur(models.Model):
    """The dated role of the one person who leads the network's work on an organization's behalf."""

    organization = models.ForeignKey("partners.Organization", on_delete=models.CASCADE, related_name="intrapreneurs")
    person = models.ForeignKey("partners.Person", on_delete=models.PROTECT, related_name="intrapreneur_roles")
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)
    note = models.CharField("why it changed", max_length=300, blank=True)

    objects = IntrapreneurQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organization",
                condition=Q(ended_on__isnull=True),
                name="intrapreneur_one_current",
                violation_error_message="This organization has a current intrapreneur. Hand over instead.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="intrapreneur_ended_after_start",
                violation_error_message="The end is before the start.",
            ),
        ]

    def __str__(self):
        return f"{self.person} for {self.organization}"
