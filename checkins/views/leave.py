"""Who is away when: one's own days, and for the overseer everybody's."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import hub_only
from checkins.forms.planning import LeaveForm
from checkins.models import Leave


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def leave(request):
    form = LeaveForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        added = form.save()
        messages.success(request, f"{added}. A suggested plan leaves these days free.")
        return redirect("checkins:leave")
    leaves = Leave.objects.open_to(request.user).coming(timezone.localdate())
    return render(request, "checkins/leave.html", {"form": form, "leaves": leaves})


@require_POST
@hub_only
def remove(request, pk):
    removed = get_object_or_404(Leave.objects.open_to(request.user), pk=pk)
    removed.delete()
    messages.success(request, f"Removed: {removed}.")
    return redirect("checkins:leave")
