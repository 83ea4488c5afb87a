"""What is held about a person: to read, to take away, to withdraw, and to have erased."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import hub_only, overseer_only, partner_only
from partners import actions, held, takeaway
from partners.forms.erasing import EraseForm
from partners.models import Person, Reading
from partners.views.people import person_for


def own_person(request):
    return get_object_or_404(Person.objects.of(request.user).select_related("organization__owner", "user"))


def known_person(request, slug, pk):
    return get_object_or_404(Person.objects.known(), pk=person_for(request, slug, pk).pk)


@require_safe
@partner_only
def about_me(request):
    person = own_person(request)
    context = {"person": person, "sections": held.sections(person, reader=request.user)}
    return render(request, "partners/person_held.html", context)


@require_safe
@partner_only
def take_mine(request):
    return zip_of(held.sections(own_person(request), reader=request.user))


@require_POST
@partner_only
def withdraw_mine(request, model, pk):
    """Whatever they said, whoever noted it and whoever may read it: it is theirs to take back."""
    theirs = held.sentences(model).of(own_person(request))
    actions.withdraw(get_object_or_404(theirs, pk=pk), by=request.user)
    messages.success(request, "Withdrawn: it is shown and used nowhere any more.")
    return redirect("partners:held")


@require_POST
@partner_only
def ask_erasure(request):
    person = own_person(request)
    if request.POST.get("do") == "keep":
        actions.keep_person(person, by=request.user)
        messages.success(request, "Good. Nothing is erased.")
    else:
        actions.ask_erasure(person, by=request.user)
        messages.success(
            request, "We have your request. The hub answers within a month, and tells you when it is done."
        )
    return redirect("partners:held")


@require_safe
@hub_only
def about_person(request, slug, pk):
    person = known_person(request, slug, pk)
    actions.read(person.organization, what=Reading.What.PERSON, by=request.user)
    context = {"person": person, "sections": held.sections(person, reader=request.user)}
    return render(request, "partners/person_held.html", context)


@require_safe
@hub_only
def take_theirs(request, slug, pk):
    person = known_person(request, slug, pk)
    actions.read(person.organization, what=Reading.What.PERSON, by=request.user)
    return zip_of(held.sections(person, reader=request.user))


def zip_of(sections):
    disposition = {
        "Content-Disposition": 'attachment; filename="what-we-hold.zip"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(takeaway.as_zip(sections), content_type="application/zip", headers=disposition)


@require_http_methods(["GET", "HEAD", "POST"])
@overseer_only
def erase(request, slug, pk):
    person = known_person(request, slug, pk)
    form = EraseForm(request.POST or None, person=person, by=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Erased. What they said and what told who they were is gone; what was counted stays.")
        return redirect(person.organization)
    return render(request, "partners/person_erase.html", {"form": form, "person": person})
