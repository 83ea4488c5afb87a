from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, rules
from accounts.context import THEMES
from accounts.forms import InviteForm, ProfileForm, hub_roles
from accounts.models import User

A_YEAR = 365 * 24 * 3600


@require_safe
def front_door(request):
    """Everyone has a home; which one depends on their role."""
    return redirect(settings.HOMES[request.user.role])


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    # A copy: a form that is refused must not change the name in the page's head.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk), by=request.user)
    if form.is_valid() and form.save_changes():
        messages.success(request, "Saved.")
        return redirect("accounts:profile")
    return render(request, "accounts/user_profile.html", {"form": form, "themes": THEMES})


@require_POST
def theme(request):
    """Light, dark, or (empty) as the device has it. Anything else changes nothing."""
    answer = redirect(safe_next(request, "accounts:profile"))
    choice = request.POST.get("theme")
    if choice in THEMES:
        answer.set_cookie("theme", choice, max_age=A_YEAR, secure=settings.SECURE, httponly=True, samesite="Lax")
    elif choice == "":
        answer.delete_cookie("theme", samesite="Lax")
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_again(request):
    """Changing how one signs in needs a fresh sign-in; a mailed code is one."""
    back = safe_next(request, "accounts:profile")
    if request.method == "POST":
        logout(request)
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")
    return render(request, "accounts/user_sign_in_again.html", {"back": back})


def safe_next(request, otherwise):
    url = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else resolve_url(otherwise)


@require_safe
@rules.overseer_only
def team(request):
    page = Paginator(User.objects.for_team(), 50).get_page(request.GET.get("page"))
    rows = [(user, hub_roles(rules.roles_for(request.user, user))) for user in page]
    return render(request, "accounts/user_team.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@rules.overseer_only
def invite(request):
    form = InviteForm(request.POST or None, by=request.user)
    if form.is_valid():
        user = actions.invite(**form.cleaned_data, by=request.user)
        messages.success(request, f"{user} is invited: a letter to {user.email} says how to sign in.")
        return redirect("accounts:team")
    return render(request, "accounts/user_invite.html", {"form": form})


@require_POST
@rules.overseer_only
def change_role(request, pk):
    user = get_object_or_404(User.objects.hub(), pk=pk)
    role = request.POST.get("role")
    if role in User.HUB_ROLES:
        actions.change_role(user, role=role, by=request.user)
        messages.success(request, f"{user} is {user.get_role_display()} now.")
    return redirect("accounts:team")


@require_POST
@rules.overseer_only
def deactivate(request, pk):
    user = get_object_or_404(User.objects.hub(), pk=pk)
    actions.deactivate(user, by=request.user)
    messages.success(request, f"{user} can no longer sign in.")
    return redirect("accounts:team")


@require_POST
@rules.overseer_only
def reactivate(request, pk):
    user = get_object_or_404(User.objects.hub(), pk=pk)
    actions.reactivate(user, by=request.user)
    messages.success(request, f"{user} can sign in again.")
    return redirect("accounts:team")
