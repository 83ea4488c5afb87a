from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from partners import actions, rules
from partners.forms.sentence import form_for
from partners.models import Organization
from partners.views.form_page import form_page


def back_from(request, organization):
    """Where sentences are looked after: the record, or the partner's own page."""
    return organization if request.user.is_hub else "partners:home"


def sentence_for(request, model, slug, pk):
    """A sentence this reader can see, if it is also theirs to change."""
    sentences = model.objects.visible_to(request.user).select_related("organization", "added_by")
    sentence = get_object_or_404(sentences, pk=pk, organization__slug=slug)
    if not rules.can_edit_sentence(request.user, sentence):
        raise PermissionDenied
    return sentence


@require_http_methods(["GET", "HEAD", "POST"])
def add_sentence(request, slug, model):
    organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)
    if not rules.can_add_sentence(request.user, organization):
        raise PermissionDenied
    form = form_for(request.user, model(organization=organization), request.POST or None)
    title = f"Add a {model.kind}" + (f" of {organization}" if request.user.is_hub else "")
    return form_page(request, form, title=title, back=back_from(request, organization), done="Noted.")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_sentence(request, slug, model, pk):
    sentence = sentence_for(request, model, slug, pk)
    form = form_for(request.user, sentence, request.POST or None)
    back = back_from(request, sentence.organization)
    author = sentence.added_by
    lead = f"{author} wrote this, and will read what you change." if author and author != request.user else ""
    return form_page(request, form, title=f"Edit this {model.kind}", lead=lead, back=back, done="Saved.")


@require_POST
def withdraw_sentence(request, slug, model, pk):
    sentence = sentence_for(request, model, slug, pk)
    actions.withdraw(sentence, by=request.user)
    messages.success(request, "Withdrawn. It stands under “Withdrawn”, should you want it back.")
    return redirect(back_from(request, sentence.organization))


@require_POST
def restore_sentence(request, slug, model, pk):
    sentence = sentence_for(request, model, slug, pk)
    if actions.restore(sentence, by=request.user):
        messages.success(request, "It is back.")
    else:
        messages.info(request, "It was on the record already.")
    return redirect(back_from(request, sentence.organization))
