from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from accounts.rules import hub_only
from partners import listing
from partners.duplicates import organizations_like
from partners.forms.bulk import BulkForm
from partners.forms.directory import Directory
from partners.forms.fields import LONGEST_NUMBER
from partners.forms.organization import NewOrganizationForm, OrganizationForm
from partners.models import Organization, SavedView
from partners.views.form_page import form_page

PAGE = 50


@require_safe
@vary_on_headers("HX-Request")
def directory(request):
    asked = Directory(request.user, request.GET)
    if asked.default and not request.GET:
        return redirect(asked.default)
    page = Paginator(asked.organizations, PAGE).get_page(request.GET.get("page"))
    context = {
        "directory": asked,
        "filters": asked.filters,
        "page": page,
        "rows": listing.rows(page, asked.columns),
        "bulk": BulkForm.over(asked, page.paginator.count),
        "can_edit": request.user.is_hub,
    }
    if request.htmx and not request.htmx.history_restore_request:
        answer = render(request, "partners/organization_list.html#results", context)
        return push_url(answer, f"{request.path}{asked.filters.address()}")
    if (pk := request.GET.get("deleted", "")).isdecimal() and len(pk) <= LONGEST_NUMBER:
        context["deleted"] = SavedView.objects.deleted().of(request.user).filter(pk=pk).first()
    return render(request, "partners/organization_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def add(request):
    if request.htmx and request.method != "POST":  # asked while the name or the website is typed
        duplicates = organizations_like(request.GET.get("name", ""), request.GET.get("website", ""))
        return render(request, "partners/_duplicates.html", {"duplicates": duplicates})
    form = NewOrganizationForm(
        request.POST or None, by=request.user, initial={"owner": request.user}, asked_at=request.path
    )
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
