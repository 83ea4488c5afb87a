"""Two that are the same: choose the other one, look at both side by side, merge; and take it apart."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import hub_only
from partners import actions
from partners.actions.merging import MODELS
from partners.duplicates import organizations_like, people_like
from partners.forms.merging import MergeForm
from partners.journal import counted, told
from partners.models import Merge, Organization, Person
from partners.views.people import organization_for, person_for

FEW = 20


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def merge(request, slug):
    kept = organization_for(request, slug)
    others = Organization.objects.visible_to(request.user).select_related("owner")
    alike = organizations_like(kept.name, kept.website)
    return merge_page(request, kept, others, alike)


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def merge_person(request, slug, pk):
    kept = person_for(request, slug, pk)
    others = Person.objects.visible_to(request.user).known().select_related("organization", "user")
    alike = people_like(kept.name, kept.email, kept.organization)
    return merge_page(request, kept, others, alike)


def merge_page(request, kept, others, alike):
    """Choose the other one (`?with=` is not there yet), or both side by side."""
    others = others.exclude(pk=kept.pk)
    gone = others.filter(pk=number(request.GET.get("with"))).first()
    context = {"kept": kept, "gone": gone, "back": kept.get_absolute_url()}
    if gone is None:
        words = request.GET.get("q", "").strip()[:200]
        found = named(others, words)[:FEW] if words else [each for each in alike if each.pk != kept.pk]
        return render(request, "partners/merge_choose.html", context | {"q": words, "found": found})
    form = MergeForm(request.POST if request.method == "POST" else None, kept=kept, gone=gone, by=request.user)
    if request.method == "POST" and form.is_valid() and (done := form.save_changes()):
        return redirect(done)
    swapped = f"{merge_address(gone)}?with={kept.pk}"
    return render(
        request, "partners/merge_form.html", context | {"form": form, "moves": counted(gone), "swapped": swapped}
    )


def named(others, words):
    """Those with every word in their name."""
    for word in words.split()[:8]:
        others = others.filter(name__icontains=word)
    return others


def merge_address(thing):
    if isinstance(thing, Organization):
        return reverse("partners:merge", args=[thing.slug])
    return reverse("partners:merge_person", args=[thing.organization.slug, thing.pk])


def number(text):
    """A row's number from the address; nonsense is none."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0


@require_safe
@hub_only
def merged(request, pk):
    """The receipt."""
    done = get_object_or_404(Merge.objects.visible_to(request.user).select_related("made_by"), pk=pk)
    kept = MODELS[done.kind].objects.filter(pk=Merge.objects.leads_to(done.kind, done.kept_id)).first()
    can_undo = Merge.objects.undoable().filter(pk=done.pk).exists()
    context = {"merge": done, "kept": kept, "moved": told(done.undo.get("steps", [])), "can_undo": can_undo}
    return render(request, "partners/merge_receipt.html", context)


@require_POST
@hub_only
def undo_merge(request, pk):
    done = get_object_or_404(Merge.objects.visible_to(request.user), pk=pk)
    try:
        if actions.undo_merge(done, by=request.user):
            messages.success(request, f"{done.gone_name} is a record of its own again.")
    except ValidationError as refused:
        messages.error(request, refused.message)
    return redirect(done)
