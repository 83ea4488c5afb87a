from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from partners.models.organization import Organization, shown_to
from partners.models.person import Person
from partners.models.topic import Topic


class Reach(models.TextChoices):
    """Who may read a sentence, from the narrowest out."""

    STAFF = "staff", "the hub team only"
    MATCH = "match", "the hub team, to find a match"
    NETWORK = "network", "all partners"
    PUBLIC = "public", "everyone"


class Source(models.TextChoices):
    PROFILE = "profile", "profile"
    SURVEY = "survey", "survey"
    CALL = "call", "call"
    GATHERING = "gathering", "gathering"


# The narrowest reach that a source allows: what is told on a call is told in confidence.
DEFAULT_REACH = {
    Source.PROFILE: Reach.NETWORK,
    Source.SURVEY: Reach.NETWORK,
    Source.CALL: Reach.MATCH,
    Source.GATHERING: Reach.MATCH,
}
PRINTABLE = (Reach.NETWORK, Reach.PUBLIC)


class SentenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The hub reads all; a partner reads what all partners may, and their own words about where they work."""
        if user.is_hub:
            return self
        own = Q(added_by=user, organization__in=Organization.objects.of(user))
        return self.filter(own | Q(reach__in=PRINTABLE) & shown_to(user, at="organization__"))

    def current(self):
        return self.filter(withdrawn_on__isnull=True)

    def withdrawn(self):
        """Taken back, the latest first."""
        return self.filter(withdrawn_on__isnull=False).select_related("organization").order_by("-withdrawn_on", "-pk")

    def printable(self):
        """What may stand in a letter or on a partner's page."""
        return self.filter(reach__in=PRINTABLE)

    def matchable(self):
        """What may raise a score; the words of some of it may not be shown."""
        return self.exclude(reach=Reach.STAFF)

    def with_parts(self):
        return self.select_related("said_by", "added_by").prefetch_related("topics").order_by("-said_on", "-pk")

    def for_record(self):
        return self.current().with_parts()


class Sentence(models.Model):
    """One sentence a partner said about itself, with its source and its reach."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE)
    text = models.CharField(max_length=1000)
    topics = models.ManyToManyField(Topic, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.PROFILE)
    reach = models.CharField("who can read this", max_length=10, choices=Reach, default=Reach.STAFF)
    said_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    said_on = models.DateField(default=timezone.localdate)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = SentenceQuerySet.as_manager()

    class Meta:
        abstract = True
        default_related_name = "%(class)ss"
        ordering = ["-said_on", "-pk"]
        indexes = [models.Index(fields=["organization", "withdrawn_on", "reach"])]
        constraints = [
            models.CheckConstraint(condition=Q(reach__in=Reach.values), name="%(class)s_reach_known"),
            models.CheckConstraint(condition=~Q(text=""), name="%(class)s_says_something"),
            models.UniqueConstraint(
                "organization", "text", condition=Q(withdrawn_on__isnull=True), name="%(class)s_said_once"
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_printable(self):
        return self.reach in PRINTABLE


class Strength(Sentence):
    """What a partner is good at: one sentence."""

    history = HistoricalRecords()
    kind = "strength"


class Challenge(Sentence):
    """What is hard for a partner right now: one sentence."""

    history = HistoricalRecords()
    kind = "challenge"
