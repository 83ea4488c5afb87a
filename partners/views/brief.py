from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.rules import hub_only
from partners import actions
from partners.brief import brief
from partners.models import Organization, Reading


@require_safe
@hub_only
def print_brief(request, slug):
    organization = get_object_or_404(Organization.objects.visible_to(request.user).for_record(), slug=slug)
    actions.read(organization, what=Reading.What.BRIEF, by=request.user)
    context = {"organization": organization, "today": timezone.localdate(), **brief(organization, user=request.user)}
    return render(request, "partners/organization_brief.html", context)
