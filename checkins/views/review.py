"""After the call: what we heard, what we promised, who writes it by when."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules import hub_only
from checkins import actions
from checkins.forms import PromiseForm, ReviewForm
from checkins.models import CheckIn
from checkins.views.call import matches
from partners import actions as partners
from partners.models import Reading


@require_http_methods(["GET", "HEAD", "POST"])
@hub_only
def review(request, pk):
    """Three lines to check. Editable afterwards, always."""
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user).for_call(), pk=pk)
    if checkin.is_pending:
        return redirect("checkins:call", pk)
    partners.read(checkin.organization, what=Reading.What.CALL, by=request.user)
    form = ReviewForm(request.POST or None, instance=checkin, by=request.user)
    promise = PromiseForm.left_in(request.POST.dict(), checkin=checkin)
    if form.is_valid() and (promise is None or promise.is_valid()) and form.save_changes():
        if promise:
            promise.save(by=request.user)
        return after(request, checkin)
    context = {
        "checkin": checkin,
        "form": form,
        "promise": promise,
        "followups": checkin.followups.with_parts(),
        **could_help(request, checkin),
    }
    return render(request, "checkins/call_review.html", context)


def after(request, checkin):
    """On to the letter, to more matches, or home."""
    if request.POST.get("do") == "write":
        if letter := actions.write_letter(checkin, by=request.user):
            return redirect(letter)
        messages.error(request, f"There is nothing to write yet: promise {checkin.organization} something first.")
        return redirect("checkins:review", checkin.pk)
    if checkin.is_owed:
        messages.info(request, f"The call with {checkin.organization} is kept as owed until something is given back.")
    return redirect("checkins:home")


def could_help(request, checkin):
    """Matches for what was hard, or for what is searched by name."""
    first = checkin.challenges.values_list("text", flat=True).first()
    return matches(checkin, first or "", request.GET.get("find", ""))


@require_safe
@hub_only
def checkin(request, pk):
    """One call as it is on the record."""
    checkin = get_object_or_404(CheckIn.objects.visible_to(request.user).for_call(), pk=pk)
    partners.read(checkin.organization, what=Reading.What.CALL, by=request.user)
    context = {
        "checkin": checkin,
        "followups": checkin.followups.with_parts(),
        "attempts": checkin.attempts.select_related("made_by"),
        "hand_overs": checkin.hand_overs.select_related("from_caller", "to_caller"),
    }
    return render(request, "checkins/checkin_record.html", context)
