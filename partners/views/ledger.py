"""For whoever answers for the hub: what everybody changed, and who read what was told in confidence."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.rules import overseer_only
from partners.forms.ledger import ChangesForm, ReadingsForm

PAGE = 50


@require_safe
@overseer_only
def changes(request):
    form = ChangesForm.from_url(request.GET)
    lines, older = form.page(request.GET.get("before", ""))
    context = {"form": form, "lines": lines, "older": older and form.query_string(before=older)}
    return render(request, "partners/change_list.html", context)


@require_safe
@overseer_only
def readings(request):
    form = ReadingsForm.from_url(request.GET)
    before = request.GET.get("before", "")
    found = form.found().before(before)[: PAGE + 1]
    older = found[PAGE - 1].place if len(found) > PAGE else ""
    context = {"form": form, "readings": found[:PAGE], "older": older and form.query_string(before=older)}
    return render(request, "partners/reading_list.html", context)
