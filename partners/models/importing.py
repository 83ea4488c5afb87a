from django.conf import settings
from django.db import models
from django.utils import timezone


class ColumnMapping(models.Model):
    """What the columns of a file were said to mean, remembered for the next file with the same header."""

    header_key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the header row")
    fields = models.JSONField(default=dict, help_text="column → field")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return ", ".join(self.fields)[:80]


class ImportRun(models.Model):
    """One file on its way in: uploaded, mapped, looked at, then written whole or not at all."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "to be checked"
        DONE = "done", "done"
        DROPPED = "dropped", "dropped"

    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED, editable=False)
    file_name = models.CharField(max_length=200, editable=False)
    columns = models.JSONField(default=list, editable=False)
    rows = models.JSONField(default=list, editable=False, help_text="cells as text, row by row")
    fields = models.JSONField(default=dict, editable=False, help_text="column → field")
    result = models.JSONField(default=dict, editable=False, help_text="counts, and the rows set aside with reasons")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self):
        return f"{self.file_name}, {self.started_at:%d %b %Y}"
