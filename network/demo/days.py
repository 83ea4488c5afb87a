"""Days and hours of the demo network. All are counted from the day it is made."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

HUB = ZoneInfo(settings.TIME_ZONE)


def working_day(day, *, back=True):
    """The day itself, or the Friday before (the Monday after)."""
    over = day.weekday() - 4
    if over <= 0:
        return day
    return day - timedelta(days=over) if back else day + timedelta(days=3 - over)


def month_end(day):
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def at(day, rng, hours=range(9, 17)):
    """An hour of that day at the hub."""
    return datetime.combine(day, time(rng.choice(hours), rng.randrange(60), rng.randrange(60)), HUB)


def clock(day, hour, minute=0, zone=HUB):
    return datetime.combine(day, time(hour, minute), zone)
