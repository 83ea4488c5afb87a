"""What every request passes: the door, the second lock, the reader's clock, clean input."""

import re

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import DataError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.defaults import bad_request
from django_htmx.http import HttpResponseClientRedirect


class SignInMiddleware(LoginRequiredMiddleware):
    """Sign in first. A fragment request sends the whole page to the door; a background save is told plainly (401)."""

    def handle_no_permission(self, request, view_func):
        if request.headers.get("X-Trellis-Save"):
            return HttpResponse("Signed out.", status=401, content_type="text/plain")
        answer = redirect_to_login(page_of(request))
        return HttpResponseClientRedirect(answer["Location"]) if request.htmx else answer


def page_of(request):
    """The page one was on, and comes back to: not the fragment or the form target that was asked for."""
    if request.method in ("GET", "HEAD") and not request.htmx:
        return request.get_full_path()
    here = request.build_absolute_uri("/")
    page = request.htmx.current_url or request.headers.get("Referer", "")
    return page.removeprefix(here.rstrip("/")) if page.startswith(here) else "/"


class PrivatePagesMiddleware:
    """Pages of people who are signed in are kept by no browser and no proxy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(answer, private=True, no_store=True)
        return answer


class SecondFactorMiddleware:
    """Where the hub asks for it, its own people set up a second factor before anything else."""

    open_names = ("mfa_", "account_")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = request.user
        if not (settings.MFA_REQUIRED_FOR_HUB and user.is_authenticated and user.is_hub):
            return None
        match = request.resolver_match
        if match.view_name.startswith(self.open_names) or match.view_name == "accounts:sign_in_again":
            return None
        if user.authenticator_set.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            return None
        answer = redirect("mfa_index")
        return HttpResponseClientRedirect(answer["Location"]) if request.htmx else answer


class LocalTimeMiddleware:
    """Times on the page are the reader's own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            with timezone.override(request.user.zone):
                return self.get_response(request)
        return self.get_response(request)


# PostgreSQL stores neither, SQLite stores both, and nobody can see or type them on purpose.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text):
    return UNSTORABLE.sub("", text)


class CleanInputMiddleware:
    """Drops NUL and lone surrogates from what was sent, so that every database answers alike and no text is refused."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.GET = self.cleaned(request.GET)
        if request.method == "POST":
            request.POST = self.cleaned(request.POST)
        return self.get_response(request)

    def process_exception(self, request, exception):
        """A number of thirty digits, or JSON a thousand levels deep, is a mistake to be told, not a crash."""
        if isinstance(exception, (OverflowError, DataError, RecursionError)):
            return bad_request(request, exception)
        return None

    def cleaned(self, data):
        if not any(UNSTORABLE.search(text) for key, texts in data.lists() for text in (key, *texts)):
            return data
        clean = data.copy()
        clean.clear()
        for key, texts in data.lists():
            clean.setlist(storable(key), [storable(text) for text in texts])
        return clean
