from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone


@shared_task
def every_night():
    """Sessions that ran out are of no use to anyone."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
