from django.conf import settings
from django.db import models
from django.utils import timezone


class Erasure(models.Model):
    """That somebody was erased, when and by whom; never who they were."""

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    counts = models.JSONField(default=dict, editable=False, help_text="rows changed, by kind")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"A person erased on {self.made_at:%d %b %Y}"
