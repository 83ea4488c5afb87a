"""Who leads the work: handed over by the hub, named by whoever leads it; and who went on to another partner."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import hub_only, partner_only
from partners import actions
from partners.forms.succession import HandOverForm, MoveForm, SuccessorForm
from partners.models import Intrapreneur, Organization, Person, Succession
from partners.views.form_page import form_page
from partners.views.merging import FEW, number
from partners.views.people import organization_for, person_for


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def hand_over(request, slug):
    organization = organization_for(request, slug)
    role = organization.intrapreneurs.current().select_related("person").first()
    now = f"{role.person} has led the work since {role.started_on:%d %b %Y}." if role else "Nobody leads the work yet."
    data = request.POST if request.method == "POST" else None
    form = HandOverForm(data, organization=organization, outgoing=role and role.person, by=request.user)
    title = f"Intrapreneur of {organization}"
    return form_page(request, form, title=title, lead=now, back=organization, done=told)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_only
def name_successor(request):
    own = Intrapreneur.objects.current().filter(person__in=Person.objects.of(request.user))
    role = get_object_or_404(own.select_related("person", "organization"))
    data = request.POST if request.method == "POST" else None
    form = SuccessorForm(data, organization=role.organization, outgoing=role.person, by=request.user)
    lead = "Everything on record stays with your organization. The hub calls your successor within a month."
    return form_page(request, form, title="Name who follows you", lead=lead, back="partners:home", done=told)


def told(succession):
    """What happened, or will, in a sentence."""
    who = succession.successor
    sentence = (
        f"{who} leads the work." if not succession.is_open else f"{who} leads the work from {succession.on:%d %b %Y}."
    )
    return sentence if who.email else f"{sentence} Add an email address for {who}, so that they can be invited."


@require_POST
def take_back(request, slug):
    named = Succession.objects.visible_to(request.user).open().select_related("organization", "successor")
    succession = get_object_or_404(named, organization__slug=slug)
    if actions.take_back(succession):
        messages.success(request, f"Taken back: {succession.successor} does not take over.")
    return redirect(succession.organization if request.user.is_hub else "partners:home")


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def move_person(request, slug, pk):
    """Choose the partner they work at now, then say since when."""
    person = person_for(request, slug, pk)
    others = Organization.objects.visible_to(request.user).exclude(pk=person.organization_id)
    to = others.filter(pk=number(request.GET.get("to"))).first()
    words = request.GET.get("q", "").strip()[:200]
    if to is None:
        context = {"person": person, "q": words, "back": person.get_absolute_url()}
        found = others.search(words).order_by("name_key")[:FEW] if words else []
        return render(request, "partners/person_move.html", context | {"found": found})
    form = MoveForm(request.POST if request.method == "POST" else None, person=person, to=to, by=request.user)
    title, done = (
        f"{person} works at {to} now",
        f"{person} moved. {person.organization} keeps what was on record there.",
    )
    return form_page(request, form, title=title, back=person, done=done, to_saved=True)
