from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from partners.models import Organization, Person


class IntroductionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts are the hub's own thinking; a partner hears of an introduction by its letter."""
        return self if user.is_hub else self.none()

    def drafts(self):
        return self.filter(state=Introduction.State.DRAFT)

    def of(self, organization):
        """Made with it, or with somebody who works there now: whom one knows goes along."""
        parties = Party.objects.filter(Q(organization=organization) | Q(person__organization=organization))
        return self.filter(pk__in=parties.values("introduction"))

    def between(self, one, other):
        return self.filter(parties__organization=one).filter(parties__organization=other)

    def for_list(self):
        return (
            self.select_related("written_by")
            .prefetch_related(Prefetch("parties", Party.objects.select_related("organization", "person")))
            .order_by("-written_at", "-pk")
        )


class Introduction(models.Model):
    """Two partners brought together, with a reason."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"

    class Kind(models.TextChoices):
        LEARN = "learn", "one learns from the other"
        TOGETHER = "together", "work together"
        FUNDING = "funding", "funding"
        NO_STRINGS = "no-strings", "no strings"

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.LEARN)
    reason = models.CharField(
        "why they should meet", max_length=1000, blank=True, help_text="Only the hub team reads this."
    )
    organizations = models.ManyToManyField(Organization, through="Party", related_name="introductions")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = IntroductionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(state="draft"), name="introduction_state_known")]

    def __str__(self):
        return " and ".join(party.organization.name for party in self.parties.all()) or "introduction"

    def get_absolute_url(self):
        return reverse("introductions:introduction", args=[self.pk])


class Party(models.Model):
    """One side of an introduction."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="parties")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="parties")

    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "parties"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "organization"],
                name="party_is_another_organization",
                violation_error_message="Two people of one organization need no introduction.",
            )
        ]

    def __str__(self):
        return str(self.person or self.organization)
