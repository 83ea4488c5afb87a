from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import beat


def test_sessions_that_ran_out_are_cleared_at_night(db):
    now = timezone.now()
    for key, hours in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(hours=hours))

    for _ in range(2):
        beat.every_night()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_the_clock_knows_the_task():
    assert beat.every_night.name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
