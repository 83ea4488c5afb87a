"""Promises: made, taken back, written up, kept, and whether they helped."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules import hub_only
from checkins import actions
from checkins.forms import GiveForm, PromiseForm
from checkins.models import CheckIn, Delivery, FollowUp
from checkins.views.call import keep_typed


@require_POST
@hub_only
def attach(request, pk):
    """Promise one follow-up; without JavaScript the whole call form comes along, and is kept as a draft."""
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user).for_call(), pk=pk)
    form = PromiseForm(request.POST, checkin=checkin)
    keep_typed(request)
    if form.is_valid():
        form.save(by=request.user)
    return promises(request, checkin, form)


@require_POST
@hub_only
def detach(request, pk):
    followup = get_object_or_404(FollowUp.objects.visible_to(request.user).with_parts(), pk=pk)
    keep_typed(request)
    if not actions.detach(followup, by=request.user):
        messages.error(request, f"“{followup}” was given already, so it stays on the record.")
    return promises(request, followup.checkin)


def promises(request, checkin, form=None):
    """The list of promises as it is now, with the words not promised yet: a fragment, or back to the page."""
    if request.htmx:
        followups = checkin.followups.with_parts()
        done = form is not None and form.is_valid() and form.is_support
        left = None if done else form or PromiseForm.left_in(request.POST.dict(), checkin=checkin)
        return render(request, "checkins/_promises.html", {"checkin": checkin, "followups": followups, "promise": left})
    if form is not None and not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return redirect("checkins:call" if checkin.is_pending else "checkins:review", checkin.pk)


@require_POST
@hub_only
def write(request, pk):
    """Draft the letter that brings what this call promised."""
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user).for_call(), pk=pk)
    if letter := actions.write_letter(checkin, by=request.user):
        return redirect(letter)
    waiting = checkin.followups.open().filter(letter__isnull=False).first()
    if waiting:
        return redirect(waiting.letter)
    messages.error(
        request,
        f"There is nothing to write to {checkin.organization}: promise something first, and check that "
        "somebody there has an email address.",
    )
    return redirect("checkins:review", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def give(request, pk):
    """Done already, by another way than a letter."""
    followup = get_object_or_404(FollowUp.objects.visible_to(request.user).with_parts(), pk=pk)
    form = GiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        heard = form.cleaned_data
        if actions.give(followup, by=request.user, on=heard["given_on"], note=heard["note"]):
            messages.success(request, f"Good. “{followup}” is given.")
        return redirect("checkins:home")
    return render(request, "checkins/promise_give.html", {"form": form, "followup": followup})


@require_POST
def landed(request, pk):
    """Did it help? Staff tell what they heard; the partner may say it themself."""
    followup = get_object_or_404(FollowUp.objects.visible_to(request.user).given().with_parts(), pk=pk)
    answer = request.POST.get("landed", "")
    if answer not in ["", *Delivery.Landed.values]:
        return HttpResponseBadRequest("Answer yes, not yet or no.", content_type="text/plain")
    actions.say_landed(followup.delivery, landed=answer, by=request.user)
    if request.htmx:
        followup = FollowUp.objects.with_parts().get(pk=pk)
        return render(request, "checkins/_landed.html", {"followup": followup, "own": not request.user.is_hub})
    messages.success(request, "Thank you, noted.")
    if not request.user.is_hub:
        return redirect("partners:home")
    return redirect(keep_typed(request) or followup.checkin)
