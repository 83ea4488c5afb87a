from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import hub_only
from partners import actions
from partners.duplicates import people_like
from partners.forms.person import NewPersonForm, PersonForm
from partners.models import Organization, Person
from partners.views.form_page import form_page

NOT_SHARED = "Only the hub team sees phone and email. Partners see the name and title of the intrapreneur."


def organization_for(request, slug):
    return get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)


def person_for(request, slug, pk):
    people = Person.objects.visible_to(request.user).select_related("organization", "user")
    return get_object_or_404(people, pk=pk, organization__slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def add_person(request, slug):
    organization = organization_for(request, slug)
    if request.htmx and request.method != "POST":  # asked while the name or the address is typed
        duplicates = people_like(request.GET.get("name", ""), request.GET.get("email", ""), organization)
        return render(request, "partners/_duplicates.html", {"duplicates": duplicates})
    new = Person(organization=organization)
    form = NewPersonForm(request.POST or None, instance=new, by=request.user, asked_at=request.path)
    title = f"Add a person at {organization}"
    return form_page(request, form, title=title, lead=NOT_SHARED, back=organization, done="Added.")


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def edit_person(request, slug, pk):
    person = person_for(request, slug, pk)
    title = f"Edit {person}"
    form = PersonForm(request.POST or None, instance=person, by=request.user)
    return form_page(request, form, title=title, lead=NOT_SHARED, back=person, done="Saved.")


@require_POST
@hub_only
def mark_left(request, slug, pk):
    person = person_for(request, slug, pk)
    try:
        actions.mark_left(person, by=request.user)
        messages.success(request, f"{person} is marked as left, and no longer reads {person.organization}'s page.")
    except ValidationError as refused:
        messages.error(request, refused.message)
    return redirect(person)


@require_POST
@hub_only
def invite_person(request, slug, pk):
    person = person_for(request, slug, pk)
    try:
        actions.invite(person, by=request.user)
        messages.success(request, f"{person} can sign in. The invitation to {person.email} is on its way.")
    except ValidationError as refused:
        messages.error(request, refused.message)
    return redirect(person)
