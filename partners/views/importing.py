"""Bring partners in from a spreadsheet: upload, look at the plan, confirm, receipt."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import hub_only
from partners.forms.importing import MappingForm, UploadForm
from partners.importing import rejected, runs
from partners.importing.failures import Refused
from partners.models import ImportRun


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def import_start(request):
    form = UploadForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if request.method == "POST" and form.is_valid():
        return redirect(runs.start(form.cleaned_data["file"], by=request.user))
    receipts = ImportRun.objects.visible_to(request.user).for_start()
    return render(request, "partners/import_start.html", {"form": form, "receipts": receipts})


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def import_check(request, pk):
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    if run.is_done:
        return render(request, "partners/import_receipt.html", receipt(run))
    form = MappingForm(request.POST if request.method == "POST" else None, run=run)
    if request.method == "POST" and form.is_valid():
        runs.use_mapping(run, form.mapping)
        return redirect(run)
    context = {"run": run, "form": form}
    try:
        context["plan"] = runs.preview(run)
    except Refused as refusal:
        context["refusal"] = refusal
    return render(request, "partners/import_check.html", context)


def receipt(run):
    can_undo = ImportRun.objects.undoable().filter(pk=run.pk).exists()
    return {"run": run, "set_aside": runs.set_aside(run), "can_undo": can_undo}


@require_POST
@hub_only
def import_confirm(request, pk):
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    try:
        runs.confirm(run, seen=request.POST.get("seen", ""), by=request.user)
    except (runs.Moved, Refused):
        sentence = "The partners were changed since you looked. Nothing was written; this is the plan as it is now."
        messages.warning(request, sentence)
    return redirect(run)


@require_POST
@hub_only
def import_undo(request, pk):
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    try:
        if not runs.undo(run, by=request.user):
            messages.warning(request, "That was taken back before. Nothing was changed now.")
    except Refused as refusal:
        messages.warning(request, f"{refusal} Nothing was changed.")
    return redirect(run)


@require_safe
@hub_only
def import_rejected(request, pk):
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    try:
        content = rejected.as_csv(run.columns, runs.set_aside(run))
    except Refused:  # nothing can be said about the rows before the name has a column
        return redirect(run)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="set-aside-{run.pk}.csv"'
    return response
