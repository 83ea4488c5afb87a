"""Two people at the same moment, on a database that lets both begin."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from partners import actions
from partners.models import Intrapreneur, Strength
from tests import races
from tests.factories import IntrapreneurFactory, OrganizationFactory, PersonFactory

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
at_once = partial(races.at_once, refusals=(ValidationError, actions.Stale))


@pytest.mark.parametrize("somebody_before", [True, False])
def test_a_handover_made_by_two_people_at_once_happens_once(somebody_before):
    organization = IntrapreneurFactory().organization if somebody_before else OrganizationFactory()
    ben = PersonFactory(organization=organization)

    first, second = at_once(*[lambda: actions.hand_over(organization, to=ben)] * 2)

    assert first == second
    assert [role.person for role in Intrapreneur.objects.current()] == [ben]
    assert Intrapreneur.objects.count() == 1 + somebody_before


def test_handovers_to_two_people_at_once_leave_one_intrapreneur():
    organization = IntrapreneurFactory().organization
    people = PersonFactory.create_batch(2, organization=organization)

    at_once(*[lambda person=person: actions.hand_over(organization, to=person) for person in people])

    assert Intrapreneur.objects.current().count() == 1


def test_two_edits_of_one_version_write_one_of_them():
    organization = OrganizationFactory()
    seen = actions.version(organization)

    answers = at_once(
        *[
            lambda city=city: actions.edit(organization, {"city": city}, seen=seen, by=None)
            for city in ("Akron", "Erie")
        ]
    )

    assert answers.count(actions.Stale) == 1


def test_a_sentence_said_twice_at_once_is_said_once():
    organization = OrganizationFactory()

    at_once(*[lambda: actions.say(Strength, organization, text="We keep mentors.", source="call")] * 2)

    assert Strength.objects.count() == 1
