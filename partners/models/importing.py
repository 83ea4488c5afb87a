from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

FORGOTTEN_AFTER = timedelta(days=7)
UNDO_FOR = timedelta(days=7)


class ColumnMapping(models.Model):
    """What the columns of a file were said to mean, remembered for the next file with the same header."""

    header_key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the header row")
    fields = models.JSONField(default=dict, help_text="column → field")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return ", ".join(self.fields)[:80]


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of partners are the hub's alone."""
        return self if user.is_hub else self.none()

    def unwritten(self):
        return self.filter(state=ImportRun.State.UPLOADED)

    def done(self):
        return self.filter(state=ImportRun.State.DONE)

    def undoable(self, now=None):
        return self.done().filter(done_at__gte=(now or timezone.now()) - UNDO_FOR)

    def past_undo(self, now=None):
        """Written more than a week ago: what they wrote need not be remembered row by row."""
        return self.done().filter(done_at__lt=(now or timezone.now()) - UNDO_FOR).exclude(written=[])

    def forgotten(self, now=None):
        """Uploaded, and left lying for a week: their rows need not be kept."""
        return self.unwritten().filter(started_at__lt=(now or timezone.now()) - FORGOTTEN_AFTER)

    def for_start(self):
        """The latest receipts, without the rows they set aside."""
        receipts = self.exclude(state=ImportRun.State.UPLOADED).select_related("started_by")
        return receipts.defer("rows", "set_aside", "written", "kept").order_by("-done_at")[:10]


class ImportRun(models.Model):
    """One file on its way in: uploaded, mapped, looked at, then written whole or not at all."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "to be checked"
        DONE = "done", "done"
        UNDONE = "undone", "taken back"

    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED, editable=False)
    file_name = models.CharField(max_length=200, editable=False)
    columns = models.JSONField(default=list, editable=False)
    rows = models.JSONField(default=list, editable=False, help_text="number, cells as text, fault, note; row by row")
    fields = models.JSONField(default=dict, editable=False, help_text="column → field")
    counts = models.JSONField(default=dict, editable=False, help_text="new, changed, unchanged, set_aside")
    set_aside = models.JSONField(default=list, editable=False, help_text="number, reason, cells; row by row")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    written = models.JSONField(default=list, editable=False, help_text="what each row wrote, to take it back")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    undone_at = models.DateTimeField(null=True, editable=False)
    kept = models.JSONField(default=list, editable=False, help_text="what the undo left: organization, reason")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]

    def __str__(self):
        return f"{self.file_name}, {self.started_at:%d %b %Y}"

    def get_absolute_url(self):
        return reverse("partners:import_check", args=[self.pk])

    @property
    def is_done(self):
        """Written, whether or not it was taken back since."""
        return self.state != self.State.UPLOADED

    @property
    def is_undone(self):
        return self.state == self.State.UNDONE

    @property
    def undo_until(self):
        return self.done_at + UNDO_FOR
