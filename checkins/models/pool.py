from django.db.models import CharField, Count, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from checkins.models.checkin import CheckIn
from partners.models import Touchpoint


def in_pool(organizations):
    """Those nobody is to call: active, and no call is planned."""
    return organizations.active().exclude(pk__in=CheckIn.objects.pending().values("organization"))


def hardly_known(organizations):
    """Active ones where the hub knows one person, or none: should that one leave, the thread is lost."""
    known = Count("people", filter=Q(people__left_on__isnull=True))
    return organizations.active().annotate(known=known).filter(known__lte=1)


def met_in(year):
    """As a condition: seen face to face in that year, at a visit, an event, or a call held at their place."""
    touches = Touchpoint.objects.filter(kind__in=Touchpoint.FACE_TO_FACE, happened_on__year=year)
    calls = CheckIn.objects.held().filter(channel=CheckIn.Channel.IN_PERSON, held_on__year=year)
    return Q(pk__in=touches.values("organization")) | Q(pk__in=calls.values("organization"))


def with_callers(organizations):
    """Adds `last_caller`, the name of who called last, and `pending_calls`, a list of one or none."""
    held = CheckIn.objects.held().filter(organization=OuterRef("pk")).order_by("-held_on", "-pk")
    name = Coalesce(NullIf("caller__name", Value("")), "caller__email", output_field=CharField())
    pending = Prefetch("checkins", CheckIn.objects.pending().select_related("caller"), to_attr="pending_calls")
    return organizations.annotate(last_caller=Subquery(held.values(caller_name=name)[:1])).prefetch_related(pending)
