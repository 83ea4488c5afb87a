"""Planning the year: shares and leave, a suggestion to look at, and the way back."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.rules import overseer_only
from checkins import actions
from checkins.forms.planning import CapacityForm
from checkins.models import Leave, Plan, Round
from checkins.views.lists import number

PAGE = 50
LONG = timedelta(minutes=5)
"""A plan that is not ready by then will not be."""


@require_http_methods(["GET", "HEAD", "POST"])
@overseer_only
def plan_start(request):
    years = [timezone.localdate().year, timezone.localdate().year + 1]
    year = asked_year(request.GET)
    round = Round.objects.filter(year=year).first() or Round(year=year)
    form = CapacityForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        actions.say_capacities(actions.open_round(year), form.units())
        messages.success(request, f"Saved: who takes which share of {round}.")
        return redirect(request.get_full_path())
    context = {
        "years": years,
        "round": round,
        "form": form,
        "leaves": Leave.objects.coming(timezone.localdate()),
        "plans": Plan.objects.suggested().for_list()[:20],
    }
    return render(request, "checkins/plan_start.html", context)


def asked_year(params):
    """This year, or the next when that is asked for: others are over, or far."""
    this = timezone.localdate().year
    return this + 1 if params.get("year") == str(this + 1) else this


@require_POST
@overseer_only
def suggest(request):
    return redirect(actions.suggest_plan(actions.open_round(asked_year(request.POST)), by=request.user))


@require_safe
@overseer_only
def plan(request, pk):
    plan = get_object_or_404(Plan.objects.suggested().select_related("round", "made_by"), pk=pk)
    if not plan.is_ready:
        context = {"plan": plan, "late": timezone.now() - plan.made_at > LONG}
        return render(request, "checkins/plan_wait.html", context)
    lines, refused = plan.lines.for_plan(), request.GET.get("show") == "refused"
    if caller := User.objects.filter(pk=number(request.GET.get("caller"))).first():
        lines = lines.touching(caller)
    if left_out := request.GET.get("show") == "left-out":
        lines = lines.left_out()
    rows = plan.told.get("refused", []) if refused else lines
    context = {
        "plan": plan,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "refused": refused,
        "left_out": left_out,
        "caller": caller,
        "changes": plan.lines.count(),
        "left": plan.lines.left_out().count(),
    }
    return render(request, "checkins/plan.html", context)


@require_POST
@overseer_only
def apply(request, pk):
    plan = get_object_or_404(Plan.objects.suggested(), pk=pk)
    if actions.apply_plan(plan, by=request.user):
        done = plan.lines.clean().count()
        messages.success(request, f"{done} change{'s' * (done != 1)} applied. They are on each person's page.")
    else:
        messages.info(request, f"This plan is {plan.get_state_display()}: nothing was changed now.")
    return redirect(plan)


@require_POST
@overseer_only
def undo(request, pk):
    plan = get_object_or_404(Plan.objects.suggested(), pk=pk)
    if actions.undo_plan(plan, by=request.user):
        messages.success(request, "Undone: everybody has their calls back. What was held or changed since stays.")
    else:
        messages.info(request, f"This plan is {plan.get_state_display()}: nothing was changed now.")
    return redirect(plan)


@require_POST
@overseer_only
def drop(request, pk):
    if actions.drop_plan(get_object_or_404(Plan.objects.suggested(), pk=pk)):
        messages.success(request, "The plan is put away. Nothing was changed.")
    return redirect("checkins:plan_start")
