"""Who may be here twice: pairs to look at, merge or tell apart."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import hub_only
from partners import actions
from partners.actions.merging import MODELS
from partners.duplicates import scan
from partners.models import Merge, NotDuplicate
from partners.views.merging import merge_address, number

PAGE, LATEST = 50, 20


@require_safe
@hub_only
def duplicates(request):
    page = Paginator(scan(), PAGE).get_page(request.GET.get("page"))
    apart = NotDuplicate.objects.visible_to(request.user).select_related("said_by").order_by("-said_at", "-pk")[:LATEST]
    context = {
        "page": page,
        "pairs": side_by_side(page.object_list),
        "merges": Merge.objects.visible_to(request.user).for_list()[:LATEST],
        "apart": side_by_side([(pair.kind, pair.low_id, pair.high_id, pair) for pair in apart]),
    }
    return render(request, "partners/duplicates.html", context)


def side_by_side(rows):
    """(kind, low, high, what is said of them) with the two themselves; a pair of which one is gone is left out."""
    rows, things = list(rows), {}
    for kind, model in MODELS.items():
        wanted = {pk for row in rows if row[0] == kind for pk in row[1:3]}
        found = model.objects.select_related("organization") if kind == Merge.Kind.PERSON else model.objects.all()
        things |= {(kind, thing.pk): thing for thing in found.filter(pk__in=wanted)}
    pairs = [(kind, things.get((kind, low)), things.get((kind, high)), said) for kind, low, high, said in rows]
    return [
        {"kind": kind, "one": one, "other": other, "said": said, "merge": f"{merge_address(one)}?with={other.pk}"}
        for kind, one, other, said in pairs
        if one and other
    ]


@require_POST
@hub_only
def tell_apart(request):
    model = MODELS.get(request.POST.get("kind"))
    pair = model and model.objects.filter(pk__in=[number(request.POST.get(name)) for name in ("one", "other")])
    if not pair or len(pair) != 2:
        raise Http404
    one, other = pair
    actions.tell_apart(one, other, by=request.user)
    messages.success(request, f"{one} and {other} are two. You are not asked about them again.")
    return redirect("partners:duplicates")


@require_POST
@hub_only
def ask_again(request, pk):
    pair = get_object_or_404(NotDuplicate.objects.visible_to(request.user), pk=pk)
    actions.ask_again(pair)
    messages.success(request, "They are among those that may be the same again.")
    return redirect("partners:duplicates")
