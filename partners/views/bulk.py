"""Many partners changed at once: the form below the directory, what came of it, and the way back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.rules import hub_only
from partners import actions, bulk
from partners.forms.bulk import BulkForm
from partners.models import BulkChange


@require_POST
@hub_only
def change_many(request):
    form = BulkForm(request.POST, by=request.user)
    if not form.is_valid():
        return render(request, "partners/bulk_form.html", {"bulk": form})
    change = actions.change_many(
        form.organizations,
        kind=form.cleaned_data["kind"],
        value=form.value,
        by=request.user,
        query=form.cleaned_data["query"],
        once=form.cleaned_data["once"],
    )
    return redirect(change)


@require_safe
@hub_only
@vary_on_headers("HX-Request")
def bulk_change(request, pk):
    change = get_object_or_404(BulkChange.objects.visible_to(request.user).for_page(), pk=pk)
    template = "partners/bulk_change.html"
    if request.htmx and not request.htmx.history_restore_request:
        template += "#outcome"
    return render(request, template, {"change": change, "title": bulk.told(change)})


@require_POST
@hub_only
def undo_many(request, pk):
    change = get_object_or_404(BulkChange.objects.visible_to(request.user), pk=pk)
    done = actions.undo_many(change, by=request.user)
    if done is None:
        messages.info(request, "It is being taken back, all or none. Look at this page again in a moment.")
    elif not done:
        messages.warning(request, "That was taken back before. Nothing was changed now.")
    return redirect(change)
