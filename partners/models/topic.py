from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from simple_history.models import HistoricalRecords


class Topic(models.Model):
    """A controlled word that strengths, challenges, resources, sessions and teams share."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('partners:directory')}?topic={self.slug}"


class Synonym(models.Model):
    """Another word people say for a topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(max_length=80)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="synonym_names_one_topic",
                violation_error_message="Another topic has this synonym.",
            )
        ]

    def __str__(self):
        return self.name
