"""Dates and clocks as people say them."""

import zoneinfo

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def how_long_ago(day):
    """A day as a word, for the eye that runs down a list; the date itself belongs beside it."""
    if not day:
        return "never"
    days = (timezone.localdate() - day).days
    if days < 7:
        return "today" if days == 0 else "this week" if days > 0 else "to come"
    if days < 60:
        weeks = days // 7
        return f"{weeks} week{'' if weeks == 1 else 's'} ago"
    if days < 365:
        return f"{days // 30} months ago"
    years = days // 365
    return f"over {years} years ago" if years > 1 else "over a year ago"


@register.filter
def now_there(zone):
    """The clock on their wall; empty when their time zone is not known."""
    try:
        return f"{timezone.localtime(timezone=zoneinfo.ZoneInfo(zone)):%H:%M}" if zone else ""
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return ""
