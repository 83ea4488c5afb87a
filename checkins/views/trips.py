"""Visits: where I will be, who is near, what to bring, and whom I saw."""

from collections import defaultdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import hub_only
from checkins import actions, nearby, suggestions
from checkins.forms.trip import TripForm, VisitsForm
from checkins.models import FollowUp, Trip, met_in
from partners import actions as partners
from partners.models import Challenge, Organization, Person, Reading

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def trips(request):
    form = TripForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save())
    coming = Trip.objects.visible_to(request.user).coming().for_list()
    return render(request, "checkins/trip_list.html", {"form": form, "trips": coming})


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def trip(request, pk):
    trip = get_object_or_404(Trip.objects.visible_to(request.user).select_related("traveller"), pk=pk)
    page = Paginator(near(trip, request.user), PAGE).get_page(request.GET.get("page"))
    organizations = [organization for _, organization in page]
    today = timezone.localdate()
    form = VisitsForm(request.POST or None, organizations=organizations, initial={"on": min(trip.ends_on, today)})
    if request.method == "POST" and form.is_valid():
        logged = actions.log_visits(trip, form.visits(), on=form.cleaned_data["on"], by=request.user)
        messages.success(request, f"{logged} visit{'' if logged == 1 else 's'} logged.")
        return redirect(trip)
    bring = what_to_bring(organizations)
    quoted = [each for each in organizations if bring[each.pk]["resources"]]
    partners.read(*quoted, what=Reading.What.BRIEF, by=request.user)
    rows = [(far, each, bring[each.pk], form.fields_of(each)) for far, each in page]
    return render(request, "checkins/trip.html", {"trip": trip, "page": page, "rows": rows, "form": form})


def near(trip, user):
    """(kilometres, organization), first those nobody has seen face to face in the year of the trip."""
    there = Prefetch("people", Person.objects.still_there(), to_attr="there")
    active = Organization.objects.visible_to(user).active().annotate(met=met_in(trip.starts_on.year))
    found = nearby.within(active.with_intrapreneur().with_last_contact().prefetch_related(there), trip)
    return sorted(found, key=lambda pair: pair[1].met)


def what_to_bring(organizations):
    """For each: what is still promised, what nobody asked about, and a resource for each newest challenge."""
    bring = defaultdict(lambda: {"promised": [], "unasked": [], "resources": []})
    theirs = FollowUp.objects.filter(checkin__organization__in=organizations).with_parts()
    for followup in theirs.open():
        bring[followup.checkin.organization_id]["promised"].append(followup)
    for followup in theirs.not_asked_about():
        bring[followup.checkin.organization_id]["unasked"].append(followup)
    challenges = Challenge.objects.current().filter(organization__in=organizations).prefetch_related("topics")
    newest = defaultdict(list)
    for challenge in challenges.order_by("-said_on", "-pk"):
        newest[challenge.organization_id].append(challenge)
    asked = [challenge for several in newest.values() for challenge in several[:2]]
    had = set(theirs.values_list(F("checkin__organization"), "resource"))
    for challenge, resource in suggestions.worth_bringing(asked).items():
        if (challenge.organization_id, resource.pk) not in had:
            bring[challenge.organization_id]["resources"].append((challenge, resource))
    return bring


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def edit(request, pk):
    trip = get_object_or_404(Trip.objects.of(request.user), pk=pk)
    form = TripForm(request.POST or None, instance=trip, by=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save())
    return render(request, "checkins/trip_edit.html", {"form": form, "trip": trip})


@require_POST
@hub_only
def delete(request, pk):
    trip = get_object_or_404(Trip.objects.of(request.user), pk=pk)
    trip.delete()
    messages.success(request, f"The trip to {trip.place} is deleted. Visits you logged stay on record.")
    return redirect("checkins:trips")
