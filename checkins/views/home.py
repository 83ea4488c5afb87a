"""My calls: what is next, what is due, what I owe."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules import hub_only
from checkins.forms import HandOverForm, RescheduleForm
from checkins.models import CheckIn, FollowUp
from checkins.views.call import first_person, last_call
from partners.models import Organization


@require_safe
@hub_only
def home(request):
    today = timezone.localdate()
    mine = CheckIn.objects.visible_to(request.user).of(request.user)
    calls = list(mine.due_by(end_of_month(today)).for_home()[:50])
    coming = calls[0] if calls else mine.pending().for_home().first()
    context = {
        "today": today,
        "next": coming,
        "person": coming and first_person(coming),
        "last": coming and last_call(coming),
        "calls": calls[1:],
        "owed": mine.owed().for_home(),
        "promises": FollowUp.objects.visible_to(request.user).of(request.user).open().for_home()[:50],
        "unfinished": mine.unfinished().for_home(),
        "team": team_line(request.user, today),
    }
    return render(request, "checkins/home.html", context)


def end_of_month(day):
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def team_line(user, today):
    """Called and to be called this year, by everybody and by me."""
    year = CheckIn.objects.in_year(today.year)
    due = CheckIn.objects.due_in(today.year)
    return {
        "year": today.year,
        "called": year.held().count(),
        "all": year.count(),
        "my_called": year.held().of(user).count(),
        "my_all": year.of(user).count(),
        "unplanned": Organization.objects.active().exclude(pk__in=due.values("organization")).count(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def reschedule(request, pk):
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user).pending().for_call(), pk=pk)
    initial = {"due_on": checkin.due_on, "scheduled_at": checkin.scheduled_at}
    form = RescheduleForm(request.POST or None, initial=initial, instance=checkin, by=request.user)
    if request.method == "POST" and form.is_valid() and form.save_changes():
        messages.success(request, f"Moved: {checkin.organization}, by {form.cleaned_data['due_on']:%d %b %Y}.")
        return redirect("checkins:home")
    return render(request, "checkins/call_change.html", {"form": form, "checkin": checkin, "what": "Reschedule"})


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def hand_over(request, pk):
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user).pending().for_call(), pk=pk)
    form = HandOverForm(request.POST or None, instance=checkin, by=request.user)
    if request.method == "POST" and form.is_valid() and form.save_changes():
        messages.success(request, f"{form.cleaned_data['to']} has the call with {checkin.organization} now.")
        return redirect("checkins:home")
    return render(request, "checkins/call_change.html", {"form": form, "checkin": checkin, "what": "Hand over"})


@require_safe
@hub_only
def panel(request, slug):
    """The calls of one partner, for their record page."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user).with_last_contact(), slug=slug)
    calls = CheckIn.objects.visible_to(request.user).filter(organization=organization)
    context = {
        "organization": organization,
        "pending": calls.pending().for_home().first(),
        "owed": calls.owed().for_home(),
        "last": calls.held().for_call().order_by("-held_on", "-pk").first(),
        "promises": FollowUp.objects.visible_to(request.user).to(organization).open().for_home(),
        "today": timezone.localdate(),
    }
    return render(request, "checkins/_panel.html", context)


@require_safe
def given(request):
    """What a partner was given, for their own page, and whether it helped."""
    organizations = Organization.objects.of(request.user)
    followups = FollowUp.objects.visible_to(request.user).given().filter(checkin__organization__in=organizations)
    followups = followups.with_parts().order_by("-delivery__given_on", "-pk")[:20]
    template = "checkins/_given.html" if request.htmx else "checkins/given.html"
    return render(request, template, {"followups": followups})
