"""What happens by itself, and when: in the hub's own time zone."""

from celery.schedules import crontab

SCHEDULE = {
    "send-approved-letters": {"task": "outbox.beat.every_minute", "schedule": crontab()},
    "begin-bulk-changes-again": {"task": "partners.beat.every_minute", "schedule": crontab()},
    "work-out-plans-again": {"task": "checkins.beat.every_minute", "schedule": crontab()},
    "sign-out-the-forgotten": {"task": "accounts.beat.every_night", "schedule": crontab(hour=3, minute=0)},
    "let-successors-take-over": {"task": "partners.beat.every_morning", "schedule": crontab(hour=4, minute=0)},
    "return-what-nobody-called": {"task": "checkins.beat.every_night", "schedule": crontab(hour=3, minute=10)},
    "back-up": {"task": "network.beat.every_hour", "schedule": crontab(minute=20)},
}
