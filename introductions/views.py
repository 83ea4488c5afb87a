from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules import hub_only
from introductions.forms import IntroductionForm
from introductions.models import Introduction


@require_safe
@hub_only
def introduction_list(request):
    introductions = Introduction.objects.visible_to(request.user).for_list()
    page = Paginator(introductions, 50).get_page(request.GET.get("page"))
    return render(request, "introductions/introduction_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def introduction(request, pk):
    """Why these two should meet: the hub's own thinking, open for a correction."""
    introduction = get_object_or_404(Introduction.objects.visible_to(request.user).for_list(), pk=pk)
    form = IntroductionForm(request.POST or None, instance=introduction, by=request.user)
    if request.method == "POST" and form.is_valid() and form.save_changes():
        messages.success(request, "Saved.")
        return redirect(introduction)
    return render(request, "introductions/introduction_page.html", {"form": form, "introduction": introduction})
