from django.shortcuts import render
from django.views.decorators.http import require_safe

from summits.models import Summit


@require_safe
def next_summit(request):
    """One line about the Summit that comes next, for anybody's home page."""
    return render(request, "summits/_next.html", {"summit": Summit.objects.coming().first()})
