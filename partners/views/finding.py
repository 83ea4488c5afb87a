from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from partners import finding


@require_safe
@vary_on_headers("HX-Request")
def find(request):
    """A page of its own, and what the dialog on every page shows while one types."""
    query = request.GET.get("q", "").strip()[:100]
    groups = finding.groups(query, request.user)
    context = {"asked": query, "groups": groups, "count": sum(len(group.hits) for group in groups)}
    template = "partners/find.html"
    if request.htmx and not request.htmx.history_restore_request:
        template += "#results"
    return render(request, template, context)
