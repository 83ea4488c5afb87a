"""Two people, or a person and the clock, at the same moment, on a database that lets both begin."""

from datetime import date
from functools import partial

import pytest

from checkins import actions
from checkins.models import CallDraft, CheckIn
from partners.models import Touchpoint
from tests import races
from tests.factories import CheckInFactory, OrganizationFactory, TripFactory, UserFactory

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
at_once = partial(races.at_once, refusals=(actions.Taken, actions.Finished))


@pytest.mark.parametrize("attempt", range(5))
def test_a_call_taken_by_two_at_once_is_had_by_one(attempt):
    organization = OrganizationFactory()
    people = UserFactory.create_batch(4)

    answers = at_once(*[lambda by=by: actions.reserve(organization, by=by) for by in people])

    assert answers.count(actions.Taken) == 3
    assert CheckIn.objects.get() in answers


@pytest.mark.parametrize("attempt", range(12))
def test_a_draft_saved_as_the_call_goes_back_keeps_it_or_is_told(attempt):
    ana = UserFactory()
    checkin = actions.reserve(OrganizationFactory(), by=ana, today=date(2026, 3, 2))
    page = {"text": {"notes": "Dana says"}, "version": 0, "client": "page", "sequence": 1}

    saved, returned = at_once(
        lambda: actions.save_draft(checkin, **page, by=ana),
        lambda: actions.return_untouched(today=date(2026, 4, 1)),
    )

    kept = CheckIn.objects.filter(reserved_until__isnull=True, draft__text__notes="Dana says").exists()
    assert (kept, CallDraft.objects.count(), returned) in [(True, 1, 0), (False, 0, 1)]
    assert (saved == actions.Finished) == bool(returned)


@pytest.mark.parametrize("planned", [True, False])
def test_a_call_assigned_by_two_at_once_is_given_once(planned):
    organization = CheckInFactory().organization if planned else OrganizationFactory()
    olu, *callers = UserFactory.create_batch(3)

    def assign(caller):
        return actions.assign([organization], caller=caller, due_on=date(2026, 3, 31), by=olu)

    plans = at_once(*[lambda caller=caller: assign(caller) for caller in callers])

    given = [line.caller for plan in plans for line in plan.lines.filter(problem="")]
    refused = {line.problem for plan in plans for line in plan.lines.exclude(problem="")}
    assert CheckIn.objects.get().caller in given
    assert refused <= {"This call was changed meanwhile.", "Somebody took this call meanwhile."}
    assert len(given) + len(refused) == 2


def test_visits_logged_by_two_clicks_at_once_are_logged_once():
    trip, organization = TripFactory(), OrganizationFactory()

    def log():
        return actions.log_visits(trip, [(organization, None, "")], on=date(2026, 3, 16), by=trip.traveller)

    assert sorted(at_once(log, log)) == [0, 1]
    assert Touchpoint.objects.count() == 1
