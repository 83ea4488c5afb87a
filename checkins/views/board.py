"""The overseer's board: who carries what, and who should call whom."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.rules import overseer_only
from checkins import actions
from checkins import board as boards
from checkins.forms.board import AssignForm
from checkins.forms.pool import PoolForm
from checkins.models import CheckIn, Plan
from checkins.views.pool import PAGE


@require_safe
@overseer_only
def board(request):
    return show(request, AssignForm())


def show(request, form):
    today = timezone.localdate()
    filters = PoolForm.from_url(request.GET)
    context = {
        "today": today,
        "months": boards.coverage(today.year),
        "loads": boards.loads(today.year, today),
        "worth_a_look": boards.worth_a_look(today),
        "met": boards.face_to_face(today.year),
        "filters": filters,
        "page": Paginator(filters.found(request.user), PAGE).get_page(request.GET.get("page")),
        "form": form,
        "ticked": [str(pk) for pk in form["organizations"].value() or []],
        "last": last_assignment(),
    }
    return render(request, "checkins/board.html", context)


def last_assignment():
    """What was given out last by hand, while it can be undone."""
    by_hand = Plan.objects.filter(told__by="hand").select_related("made_by")
    last = by_hand.annotate(done=Count("lines", filter=Q(lines__problem=""))).order_by("-pk").first()
    return last if last and last.state == Plan.State.APPLIED else None


@require_POST
@overseer_only
def assign(request):
    form = AssignForm(request.POST)
    if not form.is_valid():
        return show(request, form)
    asked = form.cleaned_data
    plan = actions.assign(list(asked["organizations"]), caller=asked["caller"], due_on=asked["by"], by=request.user)
    tell(request, plan, asked["caller"])
    return redirect(f"{reverse('checkins:board')}?{request.GET.urlencode()}#assign")


def tell(request, plan, caller):
    """What became of an assignment."""
    lines = plan.lines.all() if plan else []
    done = sum(not line.problem for line in lines)
    if done:
        messages.success(request, f"{done} call{'' if done == 1 else 's'} assigned to {caller}.")
    elif not lines:
        messages.info(request, f"{caller} has them already, by that month.")
    complain(request, plan)


def complain(request, plan):
    """What could not be, call by call."""
    for line in plan.lines.exclude(problem="").select_related("organization") if plan else ():
        messages.error(request, f"{line.organization}: {line.problem}")


@require_POST
@overseer_only
def undo(request, pk):
    plan = get_object_or_404(Plan.objects.filter(told__by="hand"), pk=pk)
    if actions.unassign(plan, by=request.user):
        messages.success(request, "Undone. The calls are with whom they were before.")
        complain(request, plan)
    return redirect("checkins:board")


@require_safe
@overseer_only
def sheets(request):
    """Each caller's calls of the year still to come, a page a person, to print."""
    calls = CheckIn.objects.visible_to(request.user).pending().for_sheets()
    sheets = {caller: [] for caller in User.objects.callers()}
    for checkin in calls:
        sheets.setdefault(checkin.caller, []).append(checkin)
    return render(request, "checkins/board_print.html", {"sheets": sheets.items(), "today": timezone.localdate()})
