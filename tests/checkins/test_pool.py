"""The pool: partners nobody is to call, taken for two weeks and put back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from checkins import actions, beat
from checkins.models import CheckIn
from tests.factories import (
    AttemptFactory,
    CallDraftFactory,
    CheckInFactory,
    OrganizationFactory,
    PersonFactory,
    RoundFactory,
    TouchpointFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 16)
LAST_DAY = date(2026, 3, 30)
POOL = "/calls/pool/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-03-16T16:00:00Z", tick=False):
        yield


@pytest.fixture
def reserved(staff):
    return actions.reserve(OrganizationFactory(name="Harbor Museum"), by=staff, today=MONDAY)


def listed(client, **asked):
    return [str(organization) for organization in client.get(POOL, asked).context["page"]]


def page_of(draft="", **fields):
    return {"text": {"notes": draft}, "version": 0, "client": "page", "sequence": 1, **fields}


def test_the_pool_is_who_has_no_call_planned_longest_silence_first(staff, sign_in):
    CheckInFactory(organization__name="Planned")
    CheckInFactory(organization__name="Called lately", held=True)
    OrganizationFactory(name="Not in the network yet", prospect=True)
    TouchpointFactory(organization=OrganizationFactory(name="Seen in winter"))
    TouchpointFactory(organization=CheckIn.objects.held().get().organization, happened_on=date(2026, 3, 9))
    OrganizationFactory(name="Never seen")

    assert listed(sign_in(staff)) == ["Never seen", "Seen in winter", "Called lately"]


def test_whoever_takes_a_call_has_it_for_two_weeks(staff, sign_in):
    organization, year = OrganizationFactory(name="Harbor Museum"), RoundFactory()

    page = sign_in(staff).post(reverse("checkins:reserve", args=[organization.slug]), follow=True)

    checkin = CheckIn.objects.get()
    assert (checkin.caller, checkin.reserved_until, checkin.due_on, checkin.round) == (staff, LAST_DAY, LAST_DAY, year)
    assert "is yours until 30 Mar 2026" in page.content.decode()
    assert listed(sign_in(staff)) == []


def test_who_comes_second_is_told_who_has_it(reserved, staff, overseer, sign_in):
    page = sign_in(overseer).post(reverse("checkins:reserve", args=[reserved.organization.slug]), follow=True)

    assert "Ana Silva has the call with Harbor Museum already." in page.content.decode()
    assert CheckIn.objects.get().caller == staff


def test_taking_a_call_twice_is_taking_it_once(reserved, staff):
    assert actions.reserve(reserved.organization, by=staff) == reserved


def test_nothing_done_in_two_weeks_and_the_call_is_in_the_pool_again(reserved, staff, sign_in):
    on_the_last_day = beat.every_night(today=LAST_DAY)
    a_day_later = [beat.every_night(today=LAST_DAY + timedelta(days=1)) for _ in range(2)]

    assert (on_the_last_day, a_day_later) == (0, [1, 0])
    assert listed(sign_in(staff)) == ["Harbor Museum"]


@pytest.mark.parametrize(
    "act",
    [
        lambda checkin, ana: actions.start(checkin.organization, by=ana),
        lambda checkin, ana: actions.log_attempt(checkin, outcome="no answer", by=ana),
        lambda checkin, ana: actions.reschedule(checkin, due_on=date(2026, 4, 1)),
        lambda checkin, ana: actions.hand_over(checkin, to=UserFactory(), by=ana, reason="He knows them"),
        lambda checkin, ana: actions.save_draft(checkin, **page_of("Dana says"), by=ana),
        lambda checkin, ana: actions.attach(checkin, kind="support", text="Read their plan", by=ana),
        lambda checkin, ana: actions.hold(checkin, heard={}, by=ana),
    ],
    ids=["started", "tried", "moved", "handed over", "written", "promised", "held"],
)
def test_whatever_is_done_about_a_call_makes_it_theirs(reserved, staff, act):
    act(reserved, staff)

    assert beat.every_night(today=date(2027, 1, 1)) == 0
    assert CheckIn.objects.get().reserved_until is None
    assert not actions.put_back(reserved)


def test_a_call_that_was_only_taken_is_put_back_by_hand(reserved, staff, sign_in):
    page = sign_in(staff).post(reverse("checkins:put_back", args=[reserved.pk]), follow=True)

    assert "Harbor Museum is in the pool again." in page.content.decode()
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    ("who", "sentence"), [("overseer", "Only they put it back"), ("staff", "Hand the call over instead")]
)
def test_what_is_somebody_elses_or_begun_is_not_put_back(reserved, staff, sign_in, request, who, sentence):
    if who == "staff":
        AttemptFactory(checkin=reserved)
        actions.reschedule(reserved, due_on=date(2026, 4, 1))

    url = reverse("checkins:put_back", args=[reserved.pk])
    page = sign_in(request.getfixturevalue(who)).post(url, follow=True)

    assert sentence in page.content.decode()
    assert CheckIn.objects.get() == reserved


def test_a_call_that_went_back_takes_no_text(reserved, staff):
    actions.return_untouched(today=date(2026, 4, 1))

    with pytest.raises(actions.Finished):
        actions.save_draft(reserved, **page_of("Too late"), by=staff)


def test_the_pool_is_searched_by_who_has_the_call_silence_place_and_people_known(staff, sign_in):
    mine = CheckInFactory(caller=staff, organization__name="Mine", organization__region="West").organization
    TouchpointFactory(organization=mine, happened_on=date(2025, 4, 1))
    PersonFactory.create_batch(2, organization=mine)
    PersonFactory(organization=OrganizationFactory(name="One known"))
    client = sign_in(staff)

    assert listed(client, who=staff.pk) == ["Mine"]
    assert listed(client, who="all") == ["One known", "Mine"]
    assert listed(client, who="all", known="one") == ["One known"]
    assert listed(client, who="all", due="due", region="West") == ["Mine"]
    assert listed(client, who="9" * 30, due="%%", kind="moon", page="-1") == ["One known"]


def test_starting_a_call_somebody_else_has_says_so(reserved, overseer, sign_in):
    page = sign_in(overseer).post(reverse("checkins:start", args=[reserved.organization.slug]), follow=True)

    assert "Ana Silva has this call" in page.content.decode()


def test_a_contact_since_the_call_was_planned_stands_beside_it(staff, sign_in):
    seen = CheckInFactory(caller=staff, organization__name="Seen")
    TouchpointFactory(organization=seen.organization, happened_on=date(2026, 3, 16))
    before = CheckInFactory(caller=staff, organization__name="Before")
    TouchpointFactory(organization=before.organization, happened_on=date(2026, 3, 10))

    page = sign_in(staff).get("/calls/").content.decode()

    assert page.count("seen 16 Mar (visit)") == 1


@pytest.mark.parametrize(
    ("last_contact", "word"), [(date(2026, 3, 1), "not due"), (date(2025, 4, 1), "due"), (date(2025, 3, 1), "overdue")]
)
def test_the_record_says_whether_it_is_time_to_talk(staff, sign_in, last_contact, word):
    organization = TouchpointFactory(happened_on=last_contact).organization

    page = sign_in(staff).get(reverse("checkins:panel", args=[organization.slug])).content.decode()

    assert f">{word}<" in page
    assert listed(sign_in(staff), due=word.replace(" ", "-")) == [organization.name]


@pytest.mark.parametrize("count", [1, 5])
def test_the_pool_costs_the_same_however_large_it_is(staff, sign_in, django_assert_num_queries, count):
    for organization in OrganizationFactory.create_batch(count):
        CallDraftFactory(checkin__organization=organization)
    client = sign_in(staff)

    with django_assert_num_queries(8):
        client.get(POOL, {"who": "all"})
