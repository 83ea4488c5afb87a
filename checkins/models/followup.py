from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from checkins.models.checkin import CheckIn
from introductions.models import Introduction
from library.models import Resource
from outbox.models import Letter
from partners.models import Organization


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The hub sees all; a partner sees what their own organization was given."""
        if user.is_hub:
            return self
        return self.given().filter(checkin__organization__in=Organization.objects.of(user))

    def open(self):
        """Promised, not yet given."""
        return self.filter(delivery__isnull=True)

    def given(self):
        return self.filter(delivery__isnull=False)

    def of(self, user):
        return self.filter(promised_by=user)

    def to(self, organization):
        return self.filter(checkin__organization=organization)

    def not_asked_about(self):
        """Given, and nobody has said whether it helped."""
        return self.given().filter(delivery__landed="")

    def with_parts(self):
        return self.select_related(
            "partner", "resource", "introduction", "promised_by", "letter", "delivery__letter", "checkin__organization"
        )

    def for_home(self):
        return self.with_parts().order_by("promised_for", "pk")


class FollowUp(models.Model):
    """What a check-in gives back: a promise with a date, until a delivery keeps it."""

    class Kind(models.TextChoices):
        CONNECTION = "connection", "connection"
        RESEARCH = "research", "research"
        TOOL = "tool", "tool"
        SUPPORT = "support", "support"

    checkin = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="followups")
    kind = models.CharField(max_length=10, choices=Kind)
    partner = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    introduction = models.OneToOneField(
        Introduction, on_delete=models.PROTECT, null=True, blank=True, related_name="followup"
    )
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, blank=True, related_name="followups")
    letter = models.ForeignKey(
        Letter, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="followups"
    )
    text = models.CharField("what we will do", max_length=500, blank=True)
    promised_for = models.DateField("by")
    promised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="followups")
    promised_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowUpQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "follow-up"
        ordering = ["promised_for", "pk"]
        indexes = [models.Index(fields=["promised_by", "promised_for"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="connection",
                    partner__isnull=False,
                    introduction__isnull=False,
                    resource__isnull=True,
                )
                | Q(
                    kind__in=["research", "tool"],
                    resource__isnull=False,
                    partner__isnull=True,
                    introduction__isnull=True,
                )
                | (
                    Q(kind="support", resource__isnull=True, partner__isnull=True, introduction__isnull=True)
                    & ~Q(text="")
                ),
                name="followup_has_what_its_kind_needs",
                violation_error_message="A connection needs a partner, research a resource, support a sentence.",
            ),
            models.UniqueConstraint(
                "checkin", "partner", condition=Q(partner__isnull=False), name="followup_partner_once_a_call"
            ),
            models.UniqueConstraint(
                "checkin",
                "resource",
                condition=Q(resource__isnull=False),
                name="followup_resource_once_a_call",
            ),
        ]

    def __str__(self):
        if self.kind == self.Kind.CONNECTION:
            return f"Introduction to {self.partner}"
        return str(self.resource or self.text.rstrip("."))

    @property
    def is_given(self):
        return hasattr(self, "delivery")


class Delivery(models.Model):
    """A promise kept. The row exists only when something was given; a check-in closes by pointing at one."""

    class Landed(models.TextChoices):
        YES = "yes", "it helped"
        NOT_YET = "not yet", "it has not helped yet"
        NO = "no", "it did not help"

    followup = models.OneToOneField(FollowUp, on_delete=models.PROTECT, related_name="delivery")
    given_on = models.DateField(default=timezone.localdate)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries")
    note = models.CharField("how it was given", max_length=300, blank=True)
    landed = models.CharField("did it help?", max_length=10, choices=Landed, blank=True)
    landed_on = models.DateField(null=True, blank=True)
    landed_note = models.CharField(max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(note="") | Q(letter__isnull=False),
                name="delivery_says_how",
                violation_error_message="Say how it was given, or send a letter.",
            ),
            models.CheckConstraint(
                condition=Q(landed="", landed_on__isnull=True) | (~Q(landed="") & Q(landed_on__isnull=False)),
                name="delivery_landed_iff_landed_on",
            ),
        ]

    def __str__(self):
        return f"{self.followup}, {self.given_on}"
