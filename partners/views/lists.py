"""Views of the directory that people keep: save, rename, share, delete, restore. And its columns."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import hub_only
from partners import actions
from partners.forms.directory import Directory
from partners.forms.lists import ColumnsForm, ViewForm
from partners.models import SavedView
from partners.views.form_page import form_page


def behind(request):
    """The directory that a form was sent from, by the address it carries."""
    return Directory(request.user, QueryDict(request.POST.get("query", request.GET.urlencode())))


def address(filters, extra=""):
    return f"{reverse('partners:directory')}{filters.address()}{extra}"


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def save_view(request):
    directory = behind(request)
    view = SavedView(owner=request.user, query=directory.filters.query(), columns=directory.keys)
    form = ViewForm(request.POST or None, instance=view)
    lead = "It keeps the search, the filters and the columns, and finds what matches them on the day you open it."
    back = address(directory.filters)
    return form_page(request, form, title="Save this view", lead=lead, back=back, done="Saved.", to_saved=True)


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def edit_view(request, pk):
    view = get_object_or_404(SavedView.objects.standing().of(request.user), pk=pk)
    form = ViewForm(request.POST or None, instance=view, submit="Save")
    return form_page(request, form, title=f"Change “{view}”", back=view, done="Saved.", to_saved=True)


@require_POST
@hub_only
def keep_filters(request, pk):
    view = get_object_or_404(SavedView.objects.standing().of(request.user), pk=pk)
    directory = behind(request)
    actions.keep_filters(view, query=directory.filters.query(), columns=directory.keys)
    view.refresh_from_db()
    messages.success(request, f"“{view}” keeps these filters now.")
    return redirect(view)


@require_POST
@hub_only
def delete_view(request, pk):
    view = get_object_or_404(SavedView.objects.of(request.user), pk=pk)
    actions.delete_view(view)
    return redirect(address(behind(request).filters, f"&deleted={view.pk}"))


@require_POST
@hub_only
def restore_view(request, pk):
    view = get_object_or_404(SavedView.objects.of(request.user), pk=pk)
    if not actions.restore_view(view):
        messages.warning(request, f"“{view}” is there, or another view has its name now. Nothing was changed.")
    return redirect(view)


@require_POST
@hub_only
def choose_columns(request):
    directory = behind(request)
    form = ColumnsForm(request.POST)
    if form.is_valid():
        actions.choose_columns(request.user, columns=form.cleaned_data["columns"], view=directory.view)
        if not directory.is_own_view:
            directory.filters.view = None  # a colleague's view has columns of its own
    return redirect(address(directory.filters))
