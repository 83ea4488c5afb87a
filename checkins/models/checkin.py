from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from checkins.models.round import Round
from partners.models import Challenge, Organization, Person, Strength, Touchpoint


class CheckInQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is said on a call stays with the hub."""
        return self if user.is_hub else self.none()

    def of(self, user):
        return self.filter(caller=user)

    def pending(self):
        """Not yet held."""
        return self.filter(state__in=CheckIn.PENDING)

    def owed(self):
        """Held, and nothing given back yet: a debt."""
        return self.filter(state=CheckIn.State.HELD)

    def held(self):
        return self.filter(state__in=CheckIn.HELD)

    def overdue(self, today=None):
        return self.pending().filter(due_on__lt=today or timezone.localdate())

    def due_by(self, day):
        return self.pending().filter(due_on__lte=day)

    def in_year(self, year):
        return self.filter(due_on__year=year)

    def reserved(self):
        """Taken from the pool, and nothing done about it yet."""
        return self.pending().filter(reserved_until__isnull=False)

    def untouched(self):
        """Planned, and nothing done about it yet: not opened, not tried, nothing written, nothing promised."""
        nothing = {f"{what}__isnull": True for what in ("opened_at", "draft", "attempts", "followups")}
        return self.filter(state=CheckIn.State.PLANNED, **nothing)

    def with_late_promise(self, today=None):
        """Those that promised something, and the day for it is over."""
        late = Q(followups__delivery__isnull=True, followups__promised_for__lt=today or timezone.localdate())
        return self.filter(pk__in=CheckIn.objects.filter(late).values("pk"))

    def unreached(self):
        """Still to come, after three tries or more."""
        return self.pending().with_tries().filter(tries__gte=CheckIn.MANY_TRIES)

    def first_time(self):
        """Still to come, by somebody who has not called them before."""
        before = CheckIn.objects.held().filter(organization=OuterRef("organization"), caller=OuterRef("caller"))
        return self.pending().filter(~Exists(before))

    def unfinished(self):
        """With text in a draft that is not on the record yet."""
        return self.pending().filter(draft__isnull=False)

    def due_in(self, year):
        """What stands for a year's call: one that is due in it, or one from before that is still to come."""
        return self.in_year(year) | self.pending()

    def with_tries(self):
        """Adds `tries` that did not become a talk, and `try_again_on`, as the latest of them said."""
        in_vain = Attempt.objects.filter(checkin=OuterRef("pk")).exclude(outcome=Attempt.Outcome.TALKED)
        counted = in_vain.order_by().values("checkin").annotate(n=Count("pk")).values("n")
        latest = in_vain.order_by("-made_at", "-pk").values("try_again_on")[:1]
        return self.annotate(tries=Coalesce(Subquery(counted), 0), try_again_on=Subquery(latest))

    def with_last_touch(self):
        """Adds `touched_on` and `touched_by` (a kind): the last real contact since the call was planned, if any."""
        since = Touchpoint.objects.filter(
            organization=OuterRef("organization"), happened_on__gte=OuterRef("created_at__date")
        ).order_by("-happened_on", "-pk")
        return self.annotate(
            touched_on=Subquery(since.values("happened_on")[:1]), touched_by=Subquery(since.values("kind")[:1])
        )

    def loads(self):
        """How many calls each caller has: {pk: count}."""
        return dict(self.values_list("caller").annotate(Count("pk")).order_by())

    def for_home(self):
        rows = self.select_related("organization", "person", "caller", "draft").with_tries().with_last_touch()
        return rows.order_by("due_on", "pk")

    def for_sheets(self):
        """By caller and day, each with its partner as one would dial them."""
        partners = Organization.objects.with_intrapreneur().with_last_contact()
        rows = self.select_related("caller").prefetch_related(models.Prefetch("organization", partners))
        return rows.order_by("caller__name", "caller", "due_on", "pk")

    def for_calendar(self):
        """With `changes`: how often each was changed, so that a calendar knows which of two copies is newer."""
        lines = CheckIn.history.filter(id=OuterRef("pk")).order_by().values("id").annotate(n=Count("pk")).values("n")
        rows = self.select_related("organization").annotate(changes=Coalesce(Subquery(lines), 0))
        return rows.order_by("due_on", "pk")

    def for_call(self):
        return self.select_related("organization__owner", "person", "caller", "round", "draft")


class CheckIn(models.Model):
    """One check-in call: planned → scheduled → held (owed) → closed. A call is a debt until something is given back."""

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        SCHEDULED = "scheduled", "scheduled"
        HELD = "held", "owed"
        CLOSED = "closed", "closed"

    class Channel(models.TextChoices):
        PHONE = "phone", "by phone"
        VIDEO = "video", "by video"
        IN_PERSON = "in person", "in person, at their place"

    class Purpose(models.TextChoices):
        YEARLY = "yearly", "yearly call"
        WELCOME = "welcome", "welcome call"

    PENDING = (State.PLANNED, State.SCHEDULED)
    HELD = (State.HELD, State.CLOSED)
    MANY_TRIES = 3

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="checkins")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="checkins")
    caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="checkins")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED, editable=False)
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.YEARLY)
    due_on = models.DateField()
    by_hand = models.BooleanField("planned by hand", default=False, help_text="A suggested plan leaves it alone.")
    reserved_until = models.DateField(
        null=True, blank=True, editable=False, help_text="Taken from the pool, and back in it after this day."
    )
    scheduled_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    held_on = models.DateField(null=True, editable=False)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.PHONE)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="checkins",
        verbose_name="spoke with",
    )
    work = models.TextField("what they are working on", blank=True)
    notes = models.TextField(blank=True)
    strengths = models.ManyToManyField(Strength, blank=True, related_name="checkins")
    challenges = models.ManyToManyField(Challenge, blank=True, related_name="checkins")
    closed_by = models.OneToOneField(
        "checkins.Delivery", on_delete=models.PROTECT, null=True, editable=False, related_name="closes"
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CheckInQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["opened_at"])

    class Meta:
        verbose_name = "check-in"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["caller", "state", "due_on"]),
            models.Index(fields=["organization", "-held_on"]),
            models.Index(fields=["state", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                "organization",
                condition=Q(state__in=["planned", "scheduled"]),
                name="checkin_one_pending_per_organization",
                violation_error_message="This organization already has a call planned.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "scheduled"], held_on__isnull=True)
                | Q(state__in=["held", "closed"], held_on__isnull=False),
                name="checkin_held_iff_held_on",
            ),
            # A delivery exists only when something was given, and cannot be deleted while a check-in points at it.
            models.CheckConstraint(
                condition=Q(state="closed", closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_by__isnull=True, closed_at__isnull=True)),
                name="checkin_closed_iff_something_was_given",
                violation_error_message="A check-in closes only when something was given back.",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(scheduled_at__isnull=False),
                name="checkin_scheduled_has_a_time",
            ),
        ]

    def __str__(self):
        return f"Call with {self.organization}"

    def get_absolute_url(self):
        return reverse("checkins:call" if self.is_pending else "checkins:checkin", args=[self.pk])

    @property
    def is_pending(self):
        return self.state in self.PENDING

    @property
    def touch(self):
        """The last real contact since this call was planned, in words; needs `with_last_touch()`."""
        if not self.touched_on or not self.is_pending:
            return ""
        kind = Touchpoint.Kind(self.touched_by)
        met = "seen" if kind in Touchpoint.FACE_TO_FACE else "in touch"
        return f"{met} {self.touched_on:%-d %b} ({kind.label})"

    @property
    def is_owed(self):
        return self.state == self.State.HELD

    @property
    def is_closed(self):
        return self.state == self.State.CLOSED


class Attempt(models.Model):
    """One try to reach a partner, and how it went."""

    class Outcome(models.TextChoices):
        TALKED = "talked", "We talked"
        MESSAGE = "message", "Left a message"
        NO_ANSWER = "no answer", "No answer"
        RESCHEDULED = "rescheduled", "Rescheduled"

    checkin = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="attempts")
    outcome = models.CharField(max_length=12, choices=Outcome)
    note = models.CharField(max_length=300, blank=True)
    try_again_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["talked", "message", "no answer", "rescheduled"]),
                name="attempt_outcome_known",
            )
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}, {self.made_at:%d %b %Y}"


class HandOver(models.Model):
    """A call passed from one caller to another, and why."""

    checkin = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="hand_overs")
    from_caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to_caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.from_caller} → {self.to_caller}"
