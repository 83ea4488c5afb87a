from django.conf import settings
from django.db import models
from django.utils import timezone

from checkins.models.checkin import CheckIn


class CallDraft(models.Model):
    """The text of a call while it is typed: one row a call, overwritten by each save, never on a timeline.

    `version` counts saves: a save names the version it began from, and a save from an older one is a conflict.
    `client` and `sequence` tell a late copy of one's own save from somebody else's.
    """

    PREPARED = ("work", "challenges", "strengths", "notes")

    checkin = models.OneToOneField(CheckIn, on_delete=models.CASCADE, related_name="draft")
    text = models.JSONField(default=dict, help_text="field → what is typed")
    version = models.PositiveIntegerField(default=0)
    client = models.CharField(max_length=40, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"Draft of {self.checkin}"
