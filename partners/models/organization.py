from functools import reduce
from operator import or_

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import languages, validate_time_zone
from partners.keys import name_key, site_key
from partners.models.due import Due
from partners.models.fields import KeyField
from partners.models.intrapreneur import Intrapreneur
from partners.models.succession import Succession
from partners.models.touchpoint import Touchpoint


class Tag(models.Model):
    name = models.CharField(max_length=80, unique=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


def shown_to(partner, *, at=""):
    """What a partner sees: the active partners, and their own organization always. `at` leads to the organization."""
    own = Organization.objects.of(partner).values("pk")
    return Q(**{f"{at}status": Organization.Status.ACTIVE}) | Q(**{f"{at}pk__in": own})


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_hub else self.filter(shown_to(user))

    def of(self, user):
        """The organization this user works at; none once they have left."""
        return self.filter(people__user=user, people__left_on__isnull=True)

    def active(self):
        return self.filter(status=Organization.Status.ACTIVE)

    def named(self, name):
        """Those that are, or once were, called this."""
        key = name_key(name)
        before = PreviousName.objects.filter(name_key=key).values("organization")
        return self.filter(Q(name_key=key) | Q(pk__in=before))

    def search(self, words, *, shared_only=False):
        """Every word somewhere in the name, a previous name or the place; in the tags too, unless `shared_only`."""
        for word in words.split()[:8]:
            found = (
                Q(name__icontains=word)
                | Q(city__icontains=word)
                | Q(state__iexact=word)
                | Q(pk__in=PreviousName.objects.filter(name__icontains=word).values("organization"))
            )
            if not shared_only:
                tagged = Organization.tags.through.objects.filter(tag__name__icontains=word)
                found |= Q(pk__in=tagged.values("organization"))
            self = self.filter(found)
        return self

    def with_last_contact(self):
        """Adds `last_contact_on`: the day of the last real contact of any kind, or None."""
        latest = Touchpoint.objects.filter(organization=OuterRef("pk")).order_by("-happened_on")
        return self.annotate(last_contact_on=Subquery(latest.values("happened_on")[:1]))

    def due(self, *states, today=None):
        """Those overdue, due or not due, counted from the last contact."""
        asked = [Due(state).filter(today) for state in states]
        return self.with_last_contact().filter(reduce(or_, asked))

    def with_intrapreneur(self):
        """Prefetches the one current intrapreneur into `current_roles`; read it as `organization.intrapreneur`."""
        roles = Intrapreneur.objects.current().select_related("person__user")
        return self.prefetch_related(Prefetch("intrapreneurs", roles, to_attr="current_roles"))

    def with_successor(self):
        """Prefetches who was named to follow into `named`; read it as `organization.succession`."""
        named = Succession.objects.open().select_related("successor", "named_by")
        return self.prefetch_related(Prefetch("successions", named, to_attr="named"))

    def with_owner(self):
        return self.select_related("owner")

    def with_tags(self):
        return self.prefetch_related("tags")

    def with_previous_names(self):
        return self.prefetch_related("previous_names")

    def with_counts(self):
        """Adds `strength_count` and `challenge_count`: how many sentences stand, at whatever reach."""
        for kind in ("strength", "challenge"):
            sentences = self.model._meta.get_field(f"{kind}s").related_model.objects.current()
            per_partner = sentences.filter(organization=OuterRef("pk")).order_by().values("organization")
            count = Subquery(per_partner.annotate(count=Count("pk")).values("count"))
            self = self.annotate(**{f"{kind}_count": Coalesce(count, 0)})
        return self

    def never_touched(self):
        return self.with_last_contact().filter(last_contact_on__isnull=True)

    def touched_since(self, day):
        return self.with_last_contact().filter(last_contact_on__gte=day)

    def untouched_since(self, day):
        """Those without a real contact since; also those who never had one."""
        return self.with_last_contact().filter(Q(last_contact_on__lt=day) | Q(last_contact_on__isnull=True))

    def without_intrapreneur(self):
        return self.exclude(pk__in=Intrapreneur.objects.current().values("organization"))

    def with_one_person(self):
        """Where the network hangs on one person: nobody else is known there."""
        people = self.model._meta.get_field("people").related_model.objects.still_there()
        alone = people.order_by().values("organization").annotate(count=Count("pk")).filter(count=1)
        return self.filter(pk__in=alone.values("organization"))

    def for_directory(self):
        return self.order_by("name_key", "pk")

    def for_record(self):
        return (
            self.select_related("owner")
            .with_intrapreneur()
            .with_successor()
            .with_last_contact()
            .prefetch_related("tags", "previous_names", "people__user")
        )


class Organization(models.Model):
    """A partner organization."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", "university or college"
        DISTRICT = "district", "school district"
        MUSEUM = "museum", "museum or science center"
        COMPANY = "company", "company"
        FUNDER = "funder", "funder"
        NONPROFIT = "nonprofit", "nonprofit"
        AGENCY = "agency", "public agency"
        OTHER = "other", "other"

    class Status(models.TextChoices):
        PROSPECT = "prospect", "prospect"
        ACTIVE = "active", "active"
        ALUMNI = "alumni", "alumni"

    name = models.CharField(max_length=200)
    name_key = KeyField(of="name", by=name_key, unique=True, db_index=False)
    slug = models.SlugField(max_length=220, unique=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    region = models.CharField(max_length=80, blank=True, db_index=True)
    city = models.CharField(max_length=120, blank=True)
    state = models.CharField("state or province", max_length=80, blank=True)
    country = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])
    language = models.CharField("language for calls", max_length=2, blank=True, choices=languages)
    time_zone = models.CharField(max_length=60, blank=True, validators=[validate_time_zone])
    website = models.URLField(max_length=500, blank=True)
    site_key = KeyField(of="website", by=site_key, blank=True)
    external_id = models.CharField("id in your other system", max_length=120, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="organizations")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_organizations",
        verbose_name="hub contact",
        limit_choices_to={"role__in": ["overseer", "staff", "admin"]},
    )
    joined_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OrganizationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["name_key", "site_key"], m2m_fields=[tags])

    class Meta:
        ordering = ["name_key"]
        indexes = [models.Index(fields=["status", "name_key"])]
        constraints = [
            models.UniqueConstraint("external_id", condition=~Q(external_id=""), name="organization_external_id_once"),
            models.CheckConstraint(
                condition=~Q(name_key=""),
                name="organization_has_a_name",
                violation_error_message="A name needs a letter or a digit.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(joined_on__isnull=True) | Q(ended_on__gte=F("joined_on")),
                name="organization_ended_after_it_joined",
                violation_error_message="The end is before the start.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(status="alumni"),
                name="organization_ended_only_as_alumni",
                violation_error_message="An end date goes with the status alumni.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="organization_is_on_the_globe",
                violation_error_message="Give both latitude (-90 to 90) and longitude (-180 to 180), or neither.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("partners:record", args=[self.slug])

    @property
    def place(self):
        """City, then the state, or the country where there is no state."""
        return ", ".join(part for part in (self.city, self.state or self.country) if part)

    @property
    def due(self):
        """Whether it is time to talk; needs `with_last_contact()`."""
        return Due.since(self.last_contact_on)

    @property
    def succession(self):
        """Who takes over and when, if somebody is named; needs `with_successor()`."""
        return self.named[0] if self.named else None

    @property
    def intrapreneur(self):
        """The person who leads the network's work there; needs `with_intrapreneur()`."""
        return self.current_roles[0].person if self.current_roles else None


class PreviousName(models.Model):
    """A name the organization went by before. History finds it, and so does a re-import."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="previous_names")
    name = models.CharField(max_length=200)
    name_key = KeyField(of="name", by=name_key)
    until = models.DateField(null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["name_key"])

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("organization", "name_key", name="previous_name_once")]

    def __str__(self):
        return self.name
