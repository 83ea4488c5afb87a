"""Lists of calls: every number on the home page and on the board leads to exactly the calls it counts."""

import re

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rules import hub_only
from checkins.models import CheckIn

LISTS = {
    "": ("All calls", lambda calls: calls),
    "overdue": ("Overdue", lambda calls: calls.overdue()),
    "pending": ("Still to come", lambda calls: calls.pending()),
    "held": ("Held", lambda calls: calls.held()),
    "owed": ("Owed", lambda calls: calls.owed()),
    "late": ("Promise late", lambda calls: calls.with_late_promise()),
    "unreached": ("Not reached", lambda calls: calls.unreached()),
    "first-time": ("First call of the caller", lambda calls: calls.first_time()),
}
PAGE = 50


@require_safe
@hub_only
def call_list(request):
    asked = request.GET
    state = asked.get("state") if asked.get("state") in LISTS else ""
    calls = LISTS[state][1](CheckIn.objects.visible_to(request.user))
    if when := re.fullmatch(r"([12]\d{3})(?:-(\d\d))?", asked.get("year", ""), re.ASCII):
        year, month = when.groups()
        calls = calls.in_year(int(year))
        calls = calls.filter(due_on__month=int(month)) if month else calls
    if caller := User.objects.hub().filter(pk=number(asked.get("caller"))).first():
        calls = calls.of(caller)
    page = Paginator(calls.for_home(), PAGE).get_page(asked.get("page"))
    lists = [(name, label) for name, (label, _) in LISTS.items()]
    callers = User.objects.callers() | User.objects.filter(pk=caller and caller.pk)
    context = {"page": page, "state": state, "lists": lists, "caller": caller, "callers": callers, "when": when}
    return render(request, "checkins/call_list.html", context)


def number(text):
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
