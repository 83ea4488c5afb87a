from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import hub_only
from partners.models import Challenge, Strength
from partners.trash import SHOWN, Refused, deleted, find, restore


@require_safe
@hub_only
def trash(request):
    withdrawn = [
        sentence
        for model in (Strength, Challenge)
        for sentence in model.objects.visible_to(request.user).withdrawn()[:SHOWN]
    ]
    withdrawn.sort(key=lambda sentence: sentence.withdrawn_on, reverse=True)
    context = {"deleted": deleted(request.user), "withdrawn": withdrawn[:SHOWN]}
    return render(request, "partners/trash.html", context)


@require_POST
@hub_only
def restore_deleted(request, kind, pk):
    line = find(kind, pk, request.user)
    if line is None:
        raise Http404("It is not in the trash.")
    try:
        row = restore(line, by=request.user)
        messages.success(request, f"“{row}” is back.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("partners:trash")
