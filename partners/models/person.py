from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import validate_time_zone
from partners.models.intrapreneur import Intrapreneur
from partners.models.organization import Organization


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The hub sees everyone; a partner sees their colleagues, and whoever leads an active partner's work."""
        if user.is_hub:
            return self
        return self.filter(
            Q(organization__in=Organization.objects.of(user))
            | Q(
                organization__status=Organization.Status.ACTIVE,
                pk__in=Intrapreneur.objects.current().values("person"),
            )
        )

    def of(self, user):
        """This user, as a person at a partner; nobody once they have left."""
        return self.still_there().filter(user=user)

    def for_home(self):
        return self.select_related("organization__owner")

    def still_there(self):
        return self.filter(left_on__isnull=True)

    def known(self):
        """Those who did not ask to be erased."""
        return self.filter(erased_on__isnull=True)


class Person(models.Model):
    """Someone at an organization. May or may not have a `User` to sign in with."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=120)
    title = models.CharField("job title", max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=60, blank=True, validators=[validate_time_zone])
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    left_on = models.DateField(null=True, blank=True)
    erasure_asked_on = models.DateField("asked to be erased", null=True, editable=False)
    erased_on = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="person_email_once",
                violation_error_message="Someone else here has this email address.",
            ),
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True) | Q(email="", phone="", title="", user__isnull=True),
                name="person_erased_stays_erased",
                violation_error_message="This person asked to be erased.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('partners:record', args=[self.organization.slug])}#people"

    @property
    def first_name(self):
        return self.name.split(" ")[0]


class OtherEmail(models.Model):
    """An address somebody also has, or had: letters to it are theirs, and nobody else's."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_emails")
    email = models.EmailField(max_length=254)

    class Meta:
        verbose_name = "other address"
        verbose_name_plural = "other addresses"
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="other_email_once",
                violation_error_message="Someone else here has this email address.",
            )
        ]

    def __str__(self):
        return self.email


class Affiliation(models.Model):
    """Where somebody worked before: written when they move to another partner, so that their history goes along."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="former_people")
    title = models.CharField("job title", max_length=120, blank=True)
    ended_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = "former place"
        ordering = ["-ended_on", "-pk"]

    def __str__(self):
        return f"{self.person} at {self.organization}, until {self.ended_on}"
