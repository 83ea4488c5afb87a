"""My calls: what is next, what is due, what I owe."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.record import version
from checkins.models import CheckIn, HandOver
from tests.factories import (
    AttemptFactory,
    CallDraftFactory,
    CheckInFactory,
    DeliveryFactory,
    FollowUpFactory,
    OrganizationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HOME = "/calls/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-03-16T16:00:00Z", tick=False):
        yield


def test_the_next_call_is_the_one_due_first(staff, sign_in):
    CheckInFactory(caller=staff, organization__name="Later", due_on=date(2026, 3, 30))
    CheckInFactory(caller=staff, organization__name="Sooner", due_on=date(2026, 3, 20))
    CheckInFactory(organization__name="Somebody else's", due_on=date(2026, 3, 18))

    page = sign_in(staff).get(HOME)

    assert (str(page.context["next"].organization), [str(c.organization) for c in page.context["calls"]]) == (
        "Sooner",
        ["Later"],
    )
    assert "Somebody else" not in page.content.decode()


def test_tries_without_an_answer_are_counted(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    AttemptFactory.create_batch(2, checkin=checkin, try_again_on=date(2026, 3, 18))

    assert "2 tries, not reached; again Wed 18 Mar" in sign_in(staff).get(HOME).content.decode()


def test_promises_say_when_they_are_late(staff, sign_in):
    FollowUpFactory(checkin__caller=staff, promised_for=date(2026, 3, 13))
    DeliveryFactory(followup__checkin__caller=staff, followup__text="Given already")

    page = sign_in(staff).get(HOME).content.decode()

    assert "late, promised for 13 Mar" in page
    assert "Given already" not in page


def test_an_unfinished_call_can_be_continued(staff, sign_in):
    draft = CallDraftFactory(checkin__caller=staff)

    page = sign_in(staff).get(HOME).content.decode()

    assert reverse("checkins:call", args=[draft.checkin.pk]) in page


def test_an_empty_month_says_what_to_do(staff, sign_in):
    assert "No calls left for you this month" in sign_in(staff).get(HOME).content.decode()


@pytest.mark.parametrize("state", ["", "overdue", "pending", "held", "owed"])
def test_every_number_links_to_the_list_it_counts(staff, sign_in, state):
    CheckInFactory(caller=staff, due_on=date(2026, 3, 1))
    CheckInFactory(caller=staff)
    CheckInFactory(caller=staff, held=True)
    expected = {"": 3, "overdue": 1, "pending": 2, "held": 1, "owed": 1}

    page = sign_in(staff).get(reverse("checkins:list"), {"state": state, "year": 2026, "caller": staff.pk})

    assert page.context["page"].paginator.count == expected[state]


def test_a_filter_nobody_knows_is_ignored(staff, sign_in):
    CheckInFactory(caller=staff)
    nonsense = {"state": "%%", "year": "abcd", "caller": "9" * 30, "page": "-1"}

    page = sign_in(staff).get(reverse("checkins:list"), nonsense)

    assert page.context["page"].paginator.count == 1


def test_a_call_is_moved_to_a_day_and_an_hour(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    url = reverse("checkins:reschedule", args=[checkin.pk])

    sign_in(staff).post(url, {"due_on": "2026-04-15", "scheduled_at": "2026-04-14T11:00", "seen": version(checkin)})

    checkin.refresh_from_db()
    assert (checkin.due_on, checkin.state) == (date(2026, 4, 15), CheckIn.State.SCHEDULED)


def test_a_call_is_handed_over_with_a_reason(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    ben = UserFactory(name="Ben Ode")
    url = reverse("checkins:hand_over", args=[checkin.pk])

    refused = sign_in(staff).post(url, {"to": ben.pk, "reason": ""})
    sign_in(staff).post(url, {"to": ben.pk, "reason": "He knows them", "seen": version(checkin)})

    checkin.refresh_from_db()
    assert (refused.status_code, checkin.caller) == (200, ben)
    assert str(HandOver.objects.get()) == "Ana Silva → Ben Ode"


def test_the_overseer_is_led_to_the_plan_when_partners_have_no_call(overseer, staff, sign_in):
    OrganizationFactory.create_batch(4)
    link = reverse("checkins:plan_start")

    hers, his = (sign_in(user).get(reverse("checkins:home")).content.decode() for user in (overseer, staff))

    assert "4 active partners have no call planned" in hers
    assert (link in hers, link in his) == (True, False)


@pytest.mark.parametrize("count", [1, 5])
def test_home_costs_the_same_however_much_there_is_to_do(staff, sign_in, django_assert_num_queries, count):
    for _ in range(count):
        CheckInFactory(caller=staff)
        CallDraftFactory(checkin__caller=staff)
        FollowUpFactory(checkin__caller=staff)
        FollowUpFactory(checkin__caller=staff, connection=True)
    client = sign_in(staff)

    with django_assert_num_queries(13):
        client.get(HOME)


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_of_calls_costs_the_same_however_long_it_is(staff, sign_in, django_assert_num_queries, count):
    CheckInFactory.create_batch(count)
    client = sign_in(staff)

    with django_assert_num_queries(6):
        client.get(reverse("checkins:list"))


@pytest.mark.parametrize("name", ["home", "list"])
def test_a_partner_has_no_calls_to_make(partner, sign_in, name):
    assert sign_in(partner).get(reverse(f"checkins:{name}")).status_code == 403
