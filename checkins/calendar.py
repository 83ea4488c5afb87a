"""One's calls as a calendar file (RFC 5545): with whom and when. What was said stays here."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

HOST = urlsplit(settings.BASE_URL).hostname
LASTS = timedelta(minutes=30)


def calendar(checkins, *, name):
    """The file, as bytes."""
    file = Calendar()
    file.add("prodid", f"-//Trellis//{HOST}//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    for checkin in checkins:
        file.add_component(event(checkin))
    return file.to_ical()


def event(checkin):
    """A call that has a time is at that time; any other is a day's reminder, and takes no time from it.

    It is the same event in every file, so an import replaces what the one before brought.
    """
    entry = Event()
    entry.add("uid", f"call-{checkin.pk}@{HOST}")
    entry.add("dtstamp", timezone.now())
    entry.add("sequence", checkin.changes)
    entry.add("url", f"{settings.BASE_URL}{checkin.get_absolute_url()}")
    if checkin.state == checkin.State.SCHEDULED:
        entry.add("summary", f"Call {checkin.organization}")
        entry.add("dtstart", checkin.scheduled_at)
        entry.add("dtend", checkin.scheduled_at + LASTS)
    else:
        entry.add("summary", f"Call {checkin.organization} by today")
        entry.add("dtstart", checkin.due_on)
        entry.add("dtend", checkin.due_on + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    return entry
