"""Visits on a trip, put on the record together."""

from django.db import transaction

from accounts import record
from partners import actions as partners
from partners.models import Touchpoint


@transaction.atomic
def log_visits(trip, visits, *, on, by):
    """Each visit is (organization, person or None, a line). Returns how many are new: a visit is logged once a day."""
    record.locked(trip)  # one at a time, so that the second click finds what the first one wrote
    logged = 0
    for organization, person, line in visits:
        visit = {"kind": Touchpoint.Kind.VISIT, "by": by, "on": on}
        if not organization.touchpoints.filter(kind=visit["kind"], happened_on=on, logged_by=by).exists():
            partners.touch(organization, person=person, summary=line, **visit)
            logged += 1
    return logged
