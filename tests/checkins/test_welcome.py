"""Whoever takes over as intrapreneur is called within a month."""

from datetime import timedelta

import pytest
from django.utils import timezone

from checkins.models import CheckIn
from partners import actions
from tests.factories import (
    CheckInFactory,
    IntrapreneurFactory,
    OrganizationFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def lakeshore(staff):
    return IntrapreneurFactory(person__organization__owner=staff).organization


def hand_over(organization, on=TODAY):
    return actions.hand_over(organization, to=PersonFactory(organization=organization), on=on)


def planned():
    return list(CheckIn.objects.pending().values_list("caller", "due_on", "purpose"))


def test_the_hub_contact_calls_them_in_three_weeks(lakeshore, staff):
    hand_over(lakeshore)

    assert planned() == [(staff.pk, TODAY + timedelta(days=21), "welcome")]


def test_without_a_contact_the_last_caller_does_and_else_who_has_the_fewest_calls(staff):
    lakeshore, riverside = (IntrapreneurFactory().organization for _ in range(2))
    last = CheckInFactory(organization=lakeshore, held=True).caller
    CheckInFactory(caller=staff), CheckInFactory(caller=last)
    idle = UserFactory()
    UserFactory(admin=True)

    hand_over(lakeshore)
    hand_over(riverside)

    callers = {call.organization: call.caller for call in CheckIn.objects.pending().filter(purpose="welcome")}
    assert callers[lakeshore] == last
    assert callers[riverside] == idle


@pytest.mark.parametrize(
    ("days", "facts", "moved"),
    [
        (90, {}, True),
        (25, {}, False),
        (90, {"by_hand": True}, False),
        (90, {"state": "scheduled", "scheduled_at": timezone.now() + timedelta(days=90)}, False),
    ],
)
def test_the_call_that_is_to_come_is_brought_forward_unless_it_is_fixed(lakeshore, staff, days, facts, moved):
    due = TODAY + timedelta(days=days)
    CheckInFactory(organization=lakeshore, caller=staff, due_on=due, **facts)

    hand_over(lakeshore)

    assert planned() == [(staff.pk, TODAY + timedelta(days=21) if moved else due, "yearly")]


def test_a_handover_of_long_ago_or_at_a_partner_that_is_none_any_more_plans_nothing(lakeshore):
    hand_over(lakeshore, on=TODAY - timedelta(days=40))
    hand_over(IntrapreneurFactory(person__organization=OrganizationFactory(ended=True)).organization)

    assert planned() == []


def test_the_first_intrapreneur_is_no_handover():
    hand_over(OrganizationFactory())

    assert planned() == []


def test_the_timeline_shows_the_handover_and_the_call(lakeshore, staff, sign_in):
    ben = hand_over(lakeshore).person

    page = sign_in(staff).get(lakeshore.get_absolute_url()).content.decode()

    assert f"{ben} became the intrapreneur" in page
    assert f"Welcome call planned, by {TODAY + timedelta(days=21):%-d %b %Y}" in page
