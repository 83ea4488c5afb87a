"""The pool of partners nobody is to call: a call is taken from it, and goes back unless something is done about it."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import record
from checkins.models import CheckIn, Round

RESERVED_FOR = timedelta(days=14)


class Taken(Exception):
    """Somebody else has the call with this organization."""

    def __init__(self, checkin):
        super().__init__(f"{checkin.caller} has the call with {checkin.organization} already.")
        self.checkin = checkin


def reserve(organization, *, by, today=None):
    """Take the call with an organization from the pool, for two weeks. Taking it twice is taking it once."""
    until = (today or timezone.localdate()) + RESERVED_FOR
    try:
        with transaction.atomic():
            return record.create(
                CheckIn,
                by=by,
                organization=organization,
                round=Round.objects.filter(year=until.year).first(),
                caller=by,
                due_on=until,
                reserved_until=until,
                by_hand=True,
            )
    except IntegrityError:
        checkin = CheckIn.objects.pending().filter(organization=organization).select_related("caller").first()
    if checkin is None:  # it went back to the pool in this moment
        return reserve(organization, by=by, today=today)
    if checkin.caller_id != by.pk:
        raise Taken(checkin)
    return checkin


def take_up(checkin, *, by):
    """Something is done about this call: it does not go back. False when it is pending no more."""
    pending = CheckIn.objects.pending()
    untouched = pending.filter(pk=checkin.pk, reserved_until__isnull=True)
    return untouched.exists() or record.update(checkin, pending, by=by, reserved_until=None)


def put_back(checkin, *, by=None):
    """Put a call that was only taken back into the pool; who does something about it meanwhile finds it gone."""
    return record.delete(checkin, CheckIn.objects.reserved(), by=by)


def return_untouched(today=None):
    """Put back every call that was taken and that nothing was done about in time. Returns how many."""
    late = CheckIn.objects.reserved().filter(reserved_until__lt=today or timezone.localdate())
    return sum(record.delete(checkin, late, by=None) for checkin in list(late))
