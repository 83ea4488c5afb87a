"""Two people, or a person and the clock, at the same moment, on a database that lets both begin."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from checkins import actions
from checkins.models import CallDraft, CheckIn
from tests.factories import OrganizationFactory, UserFactory

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def at_once(*calls):
    """What each call answers, or how it is refused, when all start together."""
    start = Barrier(len(calls))

    def run(call):
        start.wait()
        try:
            return call()
        except (actions.Taken, actions.Finished) as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


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
