from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from accounts.rules import hub_only
from partners.forms.directory import DirectoryForm
from partners.forms.organization import NewOrganizationForm, OrganizationForm, look_alikes
from partners.models import Organization
from partners.views.form_page import form_page

PAGE = 50


@require_safe
@vary_on_headers("HX-Request")
def directory(request):
    filters = DirectoryForm.from_url(request.GET, user=request.user)
    page = Paginator(filters.found(), PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "can_edit": request.user.is_hub}
    if request.htmx and not request.htmx.history_restore_request:
        answer = render(request, "partners/organization_list.html#results", context)
        return push_url(answer, f"{request.path}{filters.query_string()}")
    return render(request, "partners/organization_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def add(request):
    if request.htmx and request.method != "POST":  # asked while the name or the website is typed
        duplicates = look_alikes(request.GET.get("name", ""), request.GET.get("website", ""))
        return render(request, "partners/_duplicates.html", {"duplicates": duplicates})
    form = NewOrganizationForm(request.POST or None, by=request.user, initial={"owner": request.user})
    lead = "The hub team reads and edits this. Other partners see the name, kind, place and website once it is active."
    return form_page(
        request, form, title="Add a partner", lead=lead, back="partners:directory", done="Added.", to_saved=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def edit(request, slug):
    organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)
    title = f"Edit {organization}"
    form = OrganizationForm(request.POST or None, instance=organization, by=request.user)
    return form_page(request, form, title=title, back=organization, done="Saved.")
