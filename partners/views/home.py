from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules import partner_only
from partners.forms.organization import CorrectionForm
from partners.forms.person import OwnDetailsForm
from partners.models import Challenge, Organization, Person, Strength, Succession
from partners.said import kept_by_the_hub, said
from partners.views.form_page import form_page


@require_safe
@partner_only
def home(request):
    person = Person.objects.of(request.user).for_home().first()
    if not person:
        return render(request, "partners/home_unlinked.html")
    organization = person.organization
    strengths, challenges = (said(model, organization, user=request.user) for model in (Strength, Challenge))
    tasks = [
        ("Check your details", "#details", bool(person.title and person.phone and organization.place)),
        ("Your strengths", "#strengths", bool(strengths.current)),
        ("What is hard right now", "#challenges", bool(challenges.current)),
    ]
    context = {
        "person": person,
        "organization": organization,
        "tasks": tasks,
        "done": sum(is_done for *_, is_done in tasks),
        "strengths": strengths,
        "challenges": challenges,
        "kept": kept_by_the_hub((Strength, Challenge), organization, user=request.user),
    }
    return render(request, "partners/home.html", context | lead(person))


def lead(person):
    """Whether they lead the work, and who follows whom."""
    return {
        "leads": person.intrapreneur_roles.current().exists(),
        "succession": Succession.objects.of(person).for_home().first(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@partner_only
def edit_details(request):
    person = get_object_or_404(Person.objects.of(request.user).for_home())
    form = OwnDetailsForm(request.POST or None, instance=person, by=request.user)
    lead = "The hub team reads this. Partners see your name and title if you lead the work; never your phone."
    return form_page(request, form, title="Your details", lead=lead, back="partners:home", done="Saved. Thank you.")


@require_http_methods(["GET", "HEAD", "POST"])
@partner_only
def correct_organization(request):
    organization = get_object_or_404(Organization.objects.of(request.user))
    form = CorrectionForm(request.POST or None, instance=organization, by=request.user)
    lead = "All partners can read this. For a new name, or anything else, write to your hub contact."
    title = f"{organization}: website and place"
    return form_page(request, form, title=title, lead=lead, back="partners:home", done="Saved. Thank you.")
