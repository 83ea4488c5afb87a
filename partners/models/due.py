from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

YEAR, SOON = timedelta(days=365), timedelta(days=335)


class Due(models.TextChoices):
    """Whether it is time to talk: a year after the last real contact of any kind it is overdue, a month before, due."""

    OVERDUE = "overdue", "overdue"
    DUE = "due", "due"
    NOT_DUE = "not-due", "not due"

    @classmethod
    def since(cls, last_contact_on, today=None):
        today = today or timezone.localdate()
        if last_contact_on is None or last_contact_on <= today - YEAR:
            return cls.OVERDUE
        return cls.DUE if last_contact_on <= today - SOON else cls.NOT_DUE

    def filter(self, today=None):
        """The same as a condition on `last_contact_on`."""
        today = today or timezone.localdate()
        if self == Due.OVERDUE:
            return Q(last_contact_on__lte=today - YEAR) | Q(last_contact_on__isnull=True)
        if self == Due.DUE:
            return Q(last_contact_on__gt=today - YEAR, last_contact_on__lte=today - SOON)
        return Q(last_contact_on__gt=today - SOON)
