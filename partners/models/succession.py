from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class SuccessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The hub, and whoever hands over."""
        return self if user.is_hub else self.filter(outgoing__user=user, outgoing__left_on__isnull=True)

    def of(self, person):
        """Where they hand over, or take over; not what was taken back."""
        return self.exclude(state=Succession.State.WITHDRAWN).filter(Q(outgoing=person) | Q(successor=person))

    def for_home(self):
        return self.select_related("outgoing", "successor", "named_by", "organization").order_by("-on", "-pk")

    def open(self):
        return self.filter(state=Succession.State.NAMED)

    def due(self, today=None):
        return self.open().filter(on__lte=today or timezone.localdate())


class Succession(models.Model):
    """Who takes over as intrapreneur, and when, as the outgoing one or the hub named them: named → done."""

    class State(models.TextChoices):
        NAMED = "named", "named"
        DONE = "done", "done"
        WITHDRAWN = "withdrawn", "taken back"

    organization = models.ForeignKey("partners.Organization", on_delete=models.CASCADE, related_name="successions")
    outgoing = models.ForeignKey(
        "partners.Person", on_delete=models.CASCADE, null=True, related_name="successions_from"
    )
    successor = models.ForeignKey("partners.Person", on_delete=models.CASCADE, related_name="successions_to")
    on = models.DateField("from", default=timezone.localdate)
    outgoing_leaves = models.BooleanField("they leave the organization that day", default=False)
    note = models.CharField("what their successor should know", max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NAMED, editable=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["-named_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "organization",
                condition=Q(state="named"),
                name="succession_one_open",
                violation_error_message="A successor is named already. Take that back first.",
            ),
            models.CheckConstraint(
                condition=Q(outgoing__isnull=True) | ~Q(outgoing=F("successor")),
                name="succession_by_somebody_else",
                violation_error_message="Name somebody else: this person leads the work already.",
            ),
        ]

    def __str__(self):
        return f"{self.successor} for {self.organization}"

    @property
    def is_open(self):
        return self.state == self.State.NAMED

    @property
    def is_overdue(self):
        """Its day has come, and it could not be done: the successor is not there any more."""
        return self.is_open and self.on < timezone.localdate()
