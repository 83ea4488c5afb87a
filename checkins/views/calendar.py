from django.http import HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rules import hub_only
from checkins.calendar import calendar
from checkins.models import CheckIn
from checkins.views.lists import number


@require_safe
@hub_only
def calls(request):
    """The calls still to come, to be opened by a calendar: one's own, or for the overseer a caller's."""
    asked = User.objects.hub().filter(pk=number(request.GET.get("caller"))).first()
    caller = asked if asked and request.user.is_overseer else request.user
    calls = CheckIn.objects.visible_to(request.user).of(caller).pending().for_calendar()
    file = calendar(calls, name=f"Calls of {caller}")
    name = slugify(f"calls {caller}")
    disposition = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=disposition)
