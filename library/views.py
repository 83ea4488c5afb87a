"""The library: everyone who signs in reads it, the hub tends it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from accounts.models import User
from accounts.rules import hub_only
from library import actions
from library.forms import HubResourceForm, SearchForm
from library.models import Resource
from partners.models import Organization

# A file is saved, never shown: whatever it holds, it cannot act in our name.
HANDED_OUT = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@require_safe
@vary_on_headers("HX-Request")
def resource_list(request):
    search = SearchForm.from_url(request.GET, user=request.user)
    page = Paginator(search.found().for_list(), 50).get_page(request.GET.get("page"))
    context = {"search": search, "page": page, "can_edit": request.user.is_hub}
    if not page.object_list:
        context["contact"] = contact_of(request.user)
    if request.htmx and not request.htmx.history_restore_request:
        answer = render(request, "library/resource_list.html#results", context)
        return push_url(answer, request.path + search.query_string())
    return render(request, "library/resource_list.html", context)


def contact_of(user):
    """Who to ask: a partner's own hub contact, else whoever answers for all."""
    hub = User.objects.hub().active().exclude(pk=user.pk)
    return hub.filter(owned_organizations__people__user=user).first() or hub.filter(role=User.Role.OVERSEER).first()


@require_safe
def resource(request, slug):
    resource = find(request, slug)
    source = Organization.objects.visible_to(request.user).filter(pk=resource.source_id).first()
    context = {"resource": resource, "source": source, "can_edit": request.user.is_hub}
    return render(request, "library/resource_page.html", context)


@require_safe
def file(request, slug):
    """The file to save, under the name it came with."""
    resource = find(request, slug)
    try:
        content = resource.file.open("rb")
    except (ValueError, FileNotFoundError):
        raise Http404("There is no file.")
    kind = resource.file_type
    return FileResponse(content, as_attachment=True, filename=resource.file_name, content_type=kind, headers=HANDED_OUT)


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def add(request):
    return _form_page(request, Resource(), "Add to the library", "Added. Every partner can find it now.")


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def edit(request, slug):
    resource = find(request, slug)
    return _form_page(request, resource, f"Edit “{resource}”", "Saved.")


def _form_page(request, resource, title, done):
    form = HubResourceForm(request.POST or None, request.FILES or None, instance=resource, by=request.user)
    if form.is_valid() and (saved := form.save_changes()):
        messages.success(request, done)
        return redirect(saved)
    return render(request, "library/resource_form.html", {"form": form, "title": title, "resource": resource})


@require_POST
@hub_only
def withdraw(request, slug):
    resource = find(request, slug)
    if actions.withdraw(resource, by=request.user):
        messages.success(request, f"Withdrawn: partners no longer find “{resource}”. You can put it back below.")
    return redirect(resource)


@require_POST
@hub_only
def restore(request, slug):
    resource = find(request, slug)
    if actions.restore(resource, by=request.user):
        messages.success(request, f"“{resource}” is back in the library.")
    return redirect(resource)


def find(request, slug):
    found = Resource.objects.visible_to(request.user).select_related("source", "added_by")
    return get_object_or_404(found.prefetch_related("topics"), slug=slug)
