from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone


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

    def sent(self):
        return self.filter(state=Letter.State.SENT)

    def about(self, thing):
        return self.filter(about_type=ContentType.objects.get_for_model(thing), about_id=thing.pk)

    def to_addresses(self, addresses):
        return self.filter(to_email__in=[address.lower() for address in addresses])

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
    to_name = models.CharField(max_length=120, blank=True)
    to_email = models.EmailField(max_length=254)
    reply_to = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
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
    sent_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    problem = models.CharField(max_length=500, blank=True, editable=False)

    objects = LetterQuerySet.as_manager()

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
