"""The pool: partners nobody is to call, for anybody to take."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import hub_only
from checkins import actions
from checkins.forms.pool import PoolForm
from checkins.models import CheckIn
from partners.models import Organization

PAGE = 50


@require_safe
@hub_only
def pool(request):
    filters = PoolForm.from_url(request.GET)
    page = Paginator(filters.found(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "checkins/call_pool.html", {"filters": filters, "page": page})


@require_POST
@hub_only
def reserve(request, slug):
    organization = get_object_or_404(Organization.objects.visible_to(request.user).active(), slug=slug)
    try:
        checkin = actions.reserve(organization, by=request.user)
    except actions.Taken as taken:
        messages.error(request, str(taken))
        return redirect("checkins:pool")
    if checkin.reserved_until:
        until = (
            f"until {checkin.reserved_until:%d %b %Y}; if nothing is done about it by then, it goes back to the pool"
        )
        messages.success(request, f"The call with {organization} is yours {until}.")
    return redirect("checkins:home")


@require_POST
@hub_only
def put_back(request, pk):
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user).for_call(), pk=pk)
    if checkin.caller != request.user:
        messages.error(request, f"{checkin.caller} has the call with {checkin.organization}. Only they put it back.")
    elif actions.put_back(checkin, by=request.user):
        messages.success(request, f"{checkin.organization} is in the pool again.")
    else:
        messages.error(request, f"Something was done about {checkin.organization} already. Hand the call over instead.")
    return redirect("checkins:home")
