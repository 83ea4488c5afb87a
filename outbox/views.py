"""The outbox: the hub reads every letter before it leaves, and sees what became of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import hub_only
from outbox import actions
from outbox.boxes import Box
from outbox.forms import LetterForm
from outbox.models import Letter

# A mail in its frame may show itself and nothing else: no script, no form, no request.
FRAMED = {
    "Content-Security-Policy": "sandbox; default-src 'none'; form-action 'none'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
OVERTAKEN = "Nothing was done: the letter has changed since you opened it. Please look at it again."


@require_safe
@hub_only
def letter_list(request):
    box = Box(request.user, request.GET)
    page = Paginator(box.letters, 50).get_page(request.GET.get("page"))
    return render(request, "outbox/letter_list.html", {"box": box, "page": page})


@require_safe
@hub_only
def letter(request, pk):
    """What exactly will be, or was, sent, and what can be done with it now."""
    letter = _find(request, pk)
    box = Box.around(letter, request.user, request.GET)
    newer, older = box.neighbours(letter)
    return render(request, "outbox/letter_page.html", {"letter": letter, "box": box, "newer": newer, "older": older})


@require_safe
@hub_only
def html(request, pk):
    """The HTML part exactly as it is mailed, for the frame on the letter's page."""
    return HttpResponse(_find(request, pk).html, headers=FRAMED)


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def edit(request, pk):
    letter = _find(request, pk)
    if not letter.is_draft:
        return _back(request, letter, problem="Only a draft can be edited. This letter has left the drafts.")
    now = {"subject": letter.subject, "text": letter.text}  # the form writes what was typed over the object's
    form = LetterForm(request.POST or None, instance=letter)
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("subject", "text")}
        saved = actions.edit(letter, **words, by=request.user)
        return _back(request, letter, saved and "Saved. It is still a draft.", OVERTAKEN)
    return render(request, "outbox/letter_edit.html", {"letter": letter, "form": form, "now": now})


@require_POST
@hub_only
def approve(request, pk):
    letter = _find(request, pk)
    seen = request.POST.get("version") == letter.version
    done = seen and actions.approve(letter, by=request.user)
    return _back(request, letter, done and f"On its way to {letter.to_name or letter.to_email}.", OVERTAKEN)


@require_POST
@hub_only
def take_back(request, pk):
    letter = _find(request, pk)
    done = actions.take_back(letter, by=request.user)
    return _back(request, letter, done and "Taken back: it is a draft again.", "Too late: it is being sent.")


@require_POST
@hub_only
def test(request, pk):
    """A copy to oneself."""
    letter = _find(request, pk)
    actions.write_test(letter, by=request.user)
    return _back(request, letter, f"A copy of this text goes to {request.user.email}, once.")


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def discard(request, pk):
    letter = _find(request, pk)
    if request.method != "POST" and letter.is_draft:
        return render(request, "outbox/letter_discard.html", {"letter": letter})
    if request.method == "POST" and actions.discard(letter, by=request.user):
        messages.success(request, f"Discarded: “{letter.subject}” was not sent.")
        return redirect("outbox:list")
    return _back(request, letter, problem="Only a draft can be discarded. This letter has left the drafts.")


@require_POST
@hub_only
def retry(request, pk):
    letter = _find(request, pk)
    done = actions.retry(letter, by=request.user)
    return _back(request, letter, done and "On its way again.", "This letter needs no second try.")


@require_POST
@hub_only
def arrived(request, pk):
    letter = _find(request, pk)
    done = actions.arrived(letter, by=request.user)
    return _back(request, letter, done and "Thank you: it counts as sent.", "This letter is not in doubt.")


def _find(request, pk):
    return get_object_or_404(Letter.objects.visible_to(request.user).select_related("written_by", "approved_by"), pk=pk)


def _back(request, letter, done="", problem=""):
    """To the letter's page, in the box it was opened from, with one sentence about what happened."""
    if done:
        messages.success(request, done)
    else:
        messages.warning(request, problem)
    return redirect(f"{letter.get_absolute_url()}?{request.GET.urlencode()}".rstrip("?"))
