from datetime import date

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.rules import hub_only
from partners import actions, changes, timeline
from partners.forms.touchpoint import TouchpointForm
from partners.models import Challenge, Organization, Reading, Strength
from partners.said import said
from partners.views.form_page import form_page


@require_safe
@vary_on_headers("HX-Request")
def record(request, slug):
    organization = get_object_or_404(Organization.objects.visible_to(request.user).for_record(), slug=slug)
    if not request.user.is_hub:
        return shared_record(request, organization)
    actions.read(organization, what=Reading.What.RECORD, by=request.user)
    people = organization.people.all()
    context = {
        "organization": organization,
        "people": [person for person in people if not person.left_on],
        "left": [person for person in people if person.left_on],
        "sentences": [said(model, organization, user=request.user) for model in (Strength, Challenge)],
        "corrections": changes.by_partners(organization, limit=5),
        **timeline_page(request, organization),
    }
    return render(request, "partners/organization_record.html", context)


def shared_record(request, organization):
    """As every partner may read it: what is printable, and who leads the work, without their address."""
    strengths, challenges = (
        model.objects.visible_to(request.user).printable().filter(organization=organization).for_record()
        for model in (Strength, Challenge)
    )
    context = {"organization": organization, "strengths": strengths, "challenges": challenges}
    return render(request, "partners/organization_shared.html", context)


@require_safe
@hub_only
@vary_on_headers("HX-Request")
def timeline_of(request, slug):
    organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)
    actions.read(organization, what=Reading.What.RECORD, by=request.user)
    template = "partners/organization_timeline.html"
    if request.htmx and not request.htmx.history_restore_request:
        template = "partners/_timeline.html"
    return render(request, template, {"organization": organization, **timeline_page(request, organization)})


def timeline_page(request, organization):
    """One page of the timeline, as the address asks for it."""
    shown = request.GET.get("kind")
    shown = shown if shown in timeline.CHIPS else ""
    kinds = timeline.kinds_behind(shown) if shown else ()
    before = day(request.GET.get("before"))
    return {
        "chips": timeline.CHIPS,
        "shown": shown,
        "before": before,
        "timeline": timeline.page(organization, user=request.user, kinds=kinds, before=before),
    }


def day(text):
    """A day from the address; nonsense is no day."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def add_touchpoint(request, slug):
    organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)
    form = TouchpointForm(request.POST or None, organization=organization, by=request.user)
    return form_page(
        request, form, title=f"Add a touchpoint with {organization}", back=organization, done="Added to the timeline."
    )
