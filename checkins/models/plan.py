from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from checkins.models.checkin import CheckIn
from checkins.models.round import Round
from partners.models import Organization


class Capacity(models.Model):
    """How much of a round one caller takes on: who has 2 is given twice the calls of who has 1."""

    FULL = 2

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="capacities")
    caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="capacities")
    units = models.PositiveSmallIntegerField(
        "share of the calls", default=FULL, validators=[MaxValueValidator(20)], help_text="2 is full time, 1 half."
    )

    class Meta:
        verbose_name_plural = "capacities"
        ordering = ["caller__name", "pk"]
        constraints = [
            models.UniqueConstraint("round", "caller", name="capacity_once"),
            models.CheckConstraint(condition=Q(units__lte=20), name="capacity_is_a_share"),
        ]

    def __str__(self):
        return f"{self.caller}: {self.units}"


class LeaveQuerySet(models.QuerySet):
    def open_to(self, user):
        """One's own; the overseer looks after everybody's."""
        return self if user.is_overseer else self.filter(caller=user)

    def coming(self, today):
        return self.filter(ends_on__gte=today).select_related("caller")


class Leave(models.Model):
    """Days on which somebody makes no calls."""

    caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leaves")
    starts_on = models.DateField("from")
    ends_on = models.DateField("to")

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="leave_ends_after_it_starts",
                violation_error_message="The end is before the start.",
            )
        ]

    def __str__(self):
        return f"{self.caller} is away from {self.starts_on:%-d %b %Y} to {self.ends_on:%-d %b %Y}"


LONGEST = timedelta(minutes=10)


class PlanQuerySet(models.QuerySet):
    def suggested(self):
        """Without what was assigned on the board by hand."""
        return self.exclude(told__has_key="by")

    def forgotten(self, now=None):
        """Asked for longer ago than any takes to work out: their task was lost."""
        return self.filter(state=Plan.State.DRAFT, told={}, made_at__lt=(now or timezone.now()) - LONGEST)

    def for_list(self):
        """Newest first, with `changes`: how many lines each has."""
        return self.select_related("made_by", "round").defer("told").annotate(changes=models.Count("lines"))


class Plan(models.Model):
    """A suggestion who calls whom and when: looked at, then applied as one, and undone as one."""

    class State(models.TextChoices):
        DRAFT = "draft", "suggested"
        APPLIED = "applied", "applied"
        UNDONE = "undone", "undone"
        DROPPED = "dropped", "dropped"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="plans")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT, editable=False)
    told = models.JSONField(default=dict, editable=False, help_text="loads, wishes that could not be met, seconds")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.get_state_display().capitalize()} plan of {self.made_at:%d %b %Y}"

    def get_absolute_url(self):
        return reverse("checkins:plan", args=[self.pk])

    @property
    def is_ready(self):
        """Told what it found; until then somebody still works it out."""
        return bool(self.told)


class PlanLineQuerySet(models.QuerySet):
    def clean(self):
        """Those that nothing stands against."""
        return self.filter(problem="")

    def left_out(self):
        return self.exclude(problem="")

    def touching(self, caller):
        """Calls that somebody gets, or gives away."""
        return self.filter(Q(caller=caller) | Q(was_caller=caller))

    def for_plan(self):
        return self.select_related("organization", "was_caller", "caller").order_by("organization__name_key", "pk")


class PlanLine(models.Model):
    """One call of a plan: who had it and for when, who would, and why."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    checkin = models.ForeignKey(CheckIn, on_delete=models.SET_NULL, null=True, related_name="+")
    was_caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    was_due_on = models.DateField(null=True)
    caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    why = models.CharField(max_length=300)
    problem = models.CharField("why it was left out", max_length=300, blank=True)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        ordering = ["organization__name_key", "pk"]
        constraints = [models.UniqueConstraint("plan", "organization", name="plan_line_once")]

    def __str__(self):
        return f"{self.organization}: {self.caller}, {self.due_on}"


class TripQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(traveller=user)

    def visible_to(self, user):
        """Where colleagues will be is for the whole hub: somebody may want to come along."""
        return self if user.is_hub else self.none()

    def coming(self, today=None):
        """To come, under way, or so lately over that its visits may still be logged."""
        return self.filter(ends_on__gte=(today or timezone.localdate()) - timedelta(days=14))

    def for_list(self):
        return self.select_related("traveller").order_by("starts_on", "pk")


class Trip(models.Model):
    """Where somebody of the hub will be, so that partners near can be seen."""

    traveller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="trips")
    place = models.CharField(max_length=120)
    latitude = models.FloatField(validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(validators=[MinValueValidator(-180), MaxValueValidator(180)])
    radius_km = models.PositiveSmallIntegerField(
        "within", default=80, validators=[MinValueValidator(1), MaxValueValidator(2000)]
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("to")

    objects = TripQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="trip_ends_after_it_starts",
                violation_error_message="The end is before the start.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180), radius_km__range=(1, 2000)),
                name="trip_is_on_the_globe",
            ),
        ]

    def __str__(self):
        return f"{self.place}, {self.starts_on}"

    def get_absolute_url(self):
        return reverse("checkins:trip", args=[self.pk])
