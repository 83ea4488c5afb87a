"""The live call: one page, one form, one draft."""

import secrets

from django.contrib import messages
from django.db.models import Prefetch
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules import hub_only
from checkins import actions, suggestions
from checkins.forms import CallForm, PastCallForm, PromiseForm
from checkins.models import Attempt, CheckIn, FollowUp
from partners import actions as partners
from partners.models import Organization, Reading


@require_POST
@hub_only
def start(request, slug):
    organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)
    checkin = actions.start(organization, by=request.user)
    if checkin.caller != request.user:
        messages.warning(
            request, f"{checkin.caller} has this call. Go on if you are talking now: who holds it, has it."
        )
    return redirect("checkins:call", checkin.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def log_past(request, slug):
    """A call held without this page open: ask when it was, then go on as in a live one."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)
    form = PastCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checkin = actions.start(organization, by=request.user)
        facts = {name: str(value or "") for name, value in form.cleaned_data.items()}
        draft = getattr(checkin, "draft", None)
        page = {"version": draft.version if draft else 0, "client": secrets.token_hex(8), "sequence": 0}
        actions.save_draft(checkin, text={**(draft.text if draft else {}), **facts}, **page, by=request.user)
        return redirect("checkins:call", checkin.pk)
    return render(request, "checkins/call_past.html", {"form": form, "organization": organization})


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def call(request, pk):
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user).for_call(), pk=pk)
    if not checkin.is_pending:
        return redirect("checkins:checkin", pk)
    partners.read(checkin.organization, what=Reading.What.CALL, by=request.user)
    if request.method == "POST":
        return answer(request, checkin)
    draft = getattr(checkin, "draft", None)
    page = {"version": draft.version if draft else 0, "client": secrets.token_hex(8), "sequence": 0}
    typed = {name: text for name, text in draft.text.items() if text} if draft else {}
    likely = {"person": first_person(checkin), "held_on": day_of(checkin)}
    return show(request, checkin, CallForm(checkin=checkin, initial={**likely, **typed, **page}))


def answer(request, checkin):
    """A submitted call: kept as a draft first, whatever else is asked, so that nothing typed is lost."""
    form = CallForm(request.POST, checkin=checkin)
    try:
        draft = keep(request, checkin)
    except actions.Finished:
        return show(request, checkin, form, finished=True)
    except actions.Conflict as conflict:
        return show(request, checkin, again(request, checkin, conflict.draft), theirs=conflict.draft)
    if request.POST.get("do") != "finish":
        return show(request, checkin, again(request, checkin, draft), saved=draft.saved_at)
    promise = PromiseForm.left_in(request.POST.dict(), checkin=checkin)
    if not form.is_valid() or (promise and not promise.is_valid()):
        form.data = {**request.POST.dict(), "version": draft.version}
        return show(request, checkin, form)
    return finish(request, checkin, form.cleaned_data, promise)


def finish(request, checkin, heard, promise):
    """Held and owed when they talked; else one more try on the list. Words left under "Other support" are promised."""
    if promise:
        promise.save(by=request.user)
    if heard["outcome"] == Attempt.Outcome.TALKED:
        actions.hold(checkin, heard=heard, by=request.user)
        return redirect("checkins:review", checkin.pk)
    actions.log_attempt(
        checkin,
        outcome=heard["outcome"],
        by=request.user,
        note=heard["attempt_note"],
        try_again_on=heard["try_again_on"],
        scheduled_at=heard["scheduled_at"],
    )
    messages.success(request, f"Noted for {checkin.organization}: {Attempt.Outcome(heard['outcome']).label.lower()}.")
    return redirect("checkins:home")


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def draft(request, pk):
    """Autosave. Answers with the sequence it has kept, or 409 with the other text; GET gives a page a new token."""
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    try:
        kept = keep(request, checkin)
    except actions.Finished:
        return JsonResponse({"finished": checkin.get_absolute_url()}, status=409)
    except actions.Conflict as conflict:
        theirs = conflict.draft
        by = {"by": str(theirs.saved_by), "at": timezone.localtime(theirs.saved_at).strftime("%H:%M")}
        return JsonResponse({"theirs": theirs.text, "version": theirs.version, **by}, status=409)
    return JsonResponse({"version": kept.version, "sequence": kept.sequence})


@require_safe
@hub_only
def could_help(request, pk):
    """Matches for the last challenge typed, or for what is searched by name; a fragment of the call page."""
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user).for_call(), pk=pk)
    lines = request.GET.get("challenges", "").strip().splitlines()
    context = {"checkin": checkin, **matches(checkin, lines[-1] if lines else "", request.GET.get("find", ""))}
    return render(request, "checkins/_suggestions.html", context)


def keep(request, checkin):
    page = CallForm(request.POST, checkin=checkin)
    page.is_valid()
    facts = {name: page.cleaned_data.get(name) or 0 for name in ("version", "sequence")}
    client = page.cleaned_data.get("client") or ""
    text = CallForm.typed(request.POST)
    if text["held_on"] == day_of(checkin).isoformat():
        text["held_on"] = ""  # nobody chose it: a call begun anew on another day is not held on this one
    return actions.save_draft(checkin, text=text, client=client, **facts, by=request.user)


def keep_typed(request):
    """A small button inside the call's form was pressed without JavaScript: the text that came along is kept first.

    Returns the call whose form it was, or None.
    """
    number = request.POST.get("checkin", "")
    if request.htmx or not number.isdecimal() or len(number) > 17:
        return None
    checkin = CheckIn.objects.visible_to(request.user).pending().filter(pk=number).first()
    if checkin:
        try:
            keep(request, checkin)
        except (actions.Conflict, actions.Finished):
            messages.warning(request, "Somebody else changed this call meanwhile. Look at their text before you go on.")
    return checkin


def again(request, checkin, draft):
    """The form as it was typed, to be saved on top of `draft`."""
    page = {"version": draft.version, "client": secrets.token_hex(8), "sequence": 0}
    return CallForm(checkin=checkin, initial={**CallForm.typed(request.POST), **page})


def show(request, checkin, form, **extra):
    lines = (form["challenges"].value() or "").strip().splitlines()
    context = {
        "checkin": checkin,
        "form": form,
        "followups": checkin.followups.with_parts(),
        "promise": PromiseForm.left_in(request.POST.dict() or form.initial, checkin=checkin),
        "person": first_person(checkin),
        "today": str(form["held_on"].value()) == timezone.localdate().isoformat(),
        "last": last_call(checkin),
        "owed": FollowUp.objects.open().to(checkin.organization).exclude(checkin=checkin).with_parts(),
        "unasked": FollowUp.objects.not_asked_about().to(checkin.organization).with_parts()[:3],
        **matches(checkin, lines[-1] if lines else "", request.POST.get("find", "")),
        **extra,
    }
    return render(request, "checkins/call_live.html", context)


def matches(checkin, challenge, words):
    attached = {f"partner:{each.partner_id}" for each in checkin.followups.all()}
    attached |= {f"resource:{each.resource_id}" for each in checkin.followups.all()}
    if words.strip():
        return {"needed": words, "suggestions": suggestions.find(words, checkin.organization)}
    return {
        "needed": challenge,
        "suggestions": suggestions.suggest(challenge, checkin.organization, without=attached),
    }


def day_of(checkin):
    """The day a call is held unless somebody says otherwise: when its page was opened."""
    return timezone.localdate(checkin.opened_at) if checkin.opened_at else timezone.localdate()


def first_person(checkin):
    """Whom to dial: who was named for this call, else who leads the work there."""
    role = checkin.organization.intrapreneurs.current().select_related("person").first()
    return checkin.person or (role and role.person)


def last_call(checkin):
    held = checkin.organization.checkins.held().exclude(pk=checkin.pk)
    given = Prefetch("followups", FollowUp.objects.with_parts())
    return held.prefetch_related("challenges", "strengths", given).order_by("-held_on", "-pk").first()
