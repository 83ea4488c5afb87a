"""A merge and a call at the same moment, on a database that lets both begin: both happen, and every word is there."""

import pytest

from checkins import actions
from checkins.models import CallDraft, CheckIn
from partners import actions as partners
from partners.models import Merge, Touchpoint
from tests.factories import AttemptFactory, CallDraftFactory, CheckInFactory, OrganizationFactory, UserFactory
from tests.partners.test_races import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call():
    return CallDraftFactory(text={"notes": "Dana"}, version=1, client="page", sequence=1).checkin


def into(kept, call):
    return lambda: partners.merge(kept, call.organization, choices={}, by=None)


@pytest.mark.parametrize("planned", [True, False])
def test_a_call_is_put_on_record_while_its_partner_is_merged(call, planned):
    kept, ana = OrganizationFactory(), UserFactory()
    if planned:
        AttemptFactory(checkin=CheckInFactory(organization=kept))

    merge, held = at_once(
        into(kept, call), lambda: actions.hold(call, heard={"notes": "Dana", "challenges": ["Mentors leave."]}, by=ana)
    )

    assert (type(merge), held.pk) == (Merge, call.pk)
    now = CheckIn.objects.get(pk=call.pk)
    assert (now.organization, now.notes, now.is_pending) == (kept, "Dana", False)
    assert [str(challenge) for challenge in kept.challenges.all()] == ["Mentors leave."]
    assert Touchpoint.objects.get().organization == kept


def test_what_is_typed_while_two_partners_are_merged_is_kept(call):
    kept = OrganizationFactory()
    page = {"version": 1, "client": "page", "sequence": 2, "by": call.caller}

    at_once(into(kept, call), lambda: actions.save_draft(call, text={"notes": "Dana is worried."}, **page))

    draft = CallDraft.objects.get()
    assert (draft.text["notes"], draft.checkin.organization) == ("Dana is worried.", kept)


def test_two_people_merging_the_same_two_merge_them_once(call):
    kept = OrganizationFactory()

    first, second = at_once(*[into(kept, call)] * 2)

    assert first == second == Merge.objects.get()
