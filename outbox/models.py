import unicodedata
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

# What people change of a letter is its words; the steps it takes, and who took them, stand in the row itself.
STEPS = [
    *("state", "kind", "to_name", "to_email", "reply_to", "html", "about_type", "about_id", "dedupe_key", "message_id"),
    *("written_by", "approved_by", "created_at", "changed_at", "approved_at", "claimed_at", "sent_at", "next_try_at"),
    *("tries", "problem"),
]

# A hand-over to the mail server takes seconds. One that never came back may or may not have arrived.
IN_DOUBT_AFTER = timedelta(minutes=10)


def validate_one_line(text):
    """Refuse line breaks and other control characters: they have no place in the header of a mail."""
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in text):
        raise ValidationError("This has to be one line, without control characters.")


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The hub sees every letter; a partner sees what was sent to them."""
        if user.is_hub:
            return self
        return self.filter(to_email__iexact=user.email, state=Letter.State.SENT)

    def drafts(self):
        return self.filter(state=Letter.State.DRAFT)

    def approved(self):
        return self.filter(state=Letter.State.APPROVED)

    def due(self, now=None):
        """Approved, and not waiting for a later try."""
        return self.approved().filter(Q(next_try_at__isnull=True) | Q(next_try_at__lte=now or timezone.now()))

    def sending(self):
        return self.filter(state=Letter.State.SENDING)

    def in_doubt(self, now=None):
        """Handed to the mail server, and nobody knows whether it arrived: a person decides."""
        silent = Q(claimed_at__lte=(now or timezone.now()) - IN_DOUBT_AFTER)
        return self.sending().filter(silent | ~Q(problem=""))

    def on_its_way(self, now=None):
        """Approved or being sent, with nothing for a person to do."""
        moving = Q(claimed_at__gt=(now or timezone.now()) - IN_DOUBT_AFTER, problem="")
        return self.filter(Q(state=Letter.State.APPROVED) | Q(state=Letter.State.SENDING) & moving)

    def sent(self):
        return self.filter(state=Letter.State.SENT)

    def failed(self):
        return self.filter(state=Letter.State.FAILED)

    def about(self, thing):
        return self.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk)

    def to_addresses(self, addresses):
        return self.filter(to_email__in=[address.lower() for address in addresses])

    def search(self, words):
        """Every word somewhere in the subject, the name or the address."""
        for word in words.split()[:8]:
            self = self.filter(Q(subject__icontains=word) | Q(to_name__icontains=word) | Q(to_email__icontains=word))
        return self

    def for_outbox(self):
        return self.select_related("written_by").order_by("-changed_at", "-pk")


class Letter(models.Model):
    """A letter is a row first. What is previewed is what is sent: it is rendered once, into this row."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        APPROVED = "approved", "on its way"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    kind = models.CharField(max_length=60, editable=False)
    to_name = models.CharField(max_length=120, blank=True, validators=[validate_one_line])
    to_email = models.EmailField(max_length=254)
    reply_to = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, validators=[validate_one_line])
    text = models.TextField(max_length=50_000)
    html = models.TextField(editable=False)
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, editable=False)
    about_id = models.PositiveBigIntegerField(null=True, editable=False)
    about = GenericForeignKey("about_type", "about_id")
    dedupe_key = models.CharField(max_length=200, unique=True, editable=False)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    next_try_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=500, blank=True, editable=False)

    objects = LetterQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=STEPS)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-changed_at"]),
            models.Index(fields=["about_type", "about_id"]),
            models.Index(fields=["to_email"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="letter_sent_iff_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(approved_at__isnull=False), name="letter_leaves_only_approved"
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claimed_at__isnull=False), name="letter_sending_is_claimed"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approved", "sending", "sent", "failed"]),
                name="letter_state_known",
            ),
        ]

    def __str__(self):
        return f"{self.subject} → {self.to_name or self.to_email}"

    def get_absolute_url(self):
        return reverse("outbox:letter", args=[self.pk])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_in_doubt(self):
        """Says of one letter what `in_doubt()` says of many."""
        if self.state != self.State.SENDING:
            return False
        return bool(self.problem) or self.claimed_at <= timezone.now() - IN_DOUBT_AFTER

    @property
    def is_automatic(self):
        """No person wrote it, so no robot should answer it."""
        return self.written_by_id is None

    @property
    def version(self):
        """Which text this is: a page sends it back, so that nobody approves words they have not seen."""
        return self.changed_at.isoformat()
