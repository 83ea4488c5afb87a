"""Ticked on the board, given to somebody, taken back with one click."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from checkins import actions
from checkins.models import CheckIn, HandOver, Plan
from tests.factories import AttemptFactory, CheckInFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db
END_OF_MARCH = date(2026, 3, 31)


@pytest.fixture
def monday():
    with time_machine.travel("2026-03-16T16:00:00Z", tick=False):
        yield


@pytest.fixture
def ben(db):
    return UserFactory(name="Ben Ode")


@pytest.fixture
def free(db):
    return OrganizationFactory(name="Free")


@pytest.fixture
def planned(staff):
    return CheckInFactory(caller=staff, organization__name="Planned", due_on=date(2026, 5, 29))


def who_calls():
    return {str(call.organization): (str(call.caller), call.due_on, call.by_hand) for call in CheckIn.objects.all()}


def post(client, organizations, caller, typed=()):
    ticked = {"organizations": [each.pk for each in organizations], "caller": caller.pk, "by": "2026-03-31"}
    return client.post(reverse("checkins:assign"), ticked | dict(typed), follow=True)


def test_what_is_ticked_is_planned_or_handed_over_and_undone_as_one(monday, overseer, ben, free, planned, sign_in):
    client = sign_in(overseer)

    done = post(client, [free, planned.organization], ben)
    assert "2 calls assigned to Ben Ode." in done.content.decode()
    assert who_calls() == {"Free": ("Ben Ode", END_OF_MARCH, True), "Planned": ("Ben Ode", END_OF_MARCH, True)}
    undone = client.post(reverse("checkins:unassign", args=[Plan.objects.get().pk]), follow=True)

    assert "Undone." in undone.content.decode()
    assert who_calls() == {"Planned": ("Ana Silva", date(2026, 5, 29), False)}
    assert [(str(each), each.reason) for each in HandOver.objects.order_by("pk")] == [
        ("Ana Silva → Ben Ode", "Assigned by Olu Overseer"),
        ("Ben Ode → Ana Silva", "Taken back by Olu Overseer"),
    ]


def test_a_second_click_changes_nothing(overseer, ben, free):
    plan = actions.assign([free], caller=ben, due_on=END_OF_MARCH, by=overseer)

    assert actions.assign([free], caller=ben, due_on=END_OF_MARCH, by=overseer) is None
    assert actions.unassign(plan, by=overseer) == plan
    assert actions.unassign(plan, by=overseer) is None


def test_a_call_by_hand_before_stays_by_hand_after_the_undo(overseer, ben, planned):
    CheckIn.objects.update(by_hand=True)

    actions.unassign(actions.assign([planned.organization], caller=ben, due_on=END_OF_MARCH, by=overseer), by=overseer)

    assert who_calls() == {"Planned": ("Ana Silva", date(2026, 5, 29), True)}


def test_what_was_moved_on_since_stays_and_says_so(monday, overseer, ben, free, planned, sign_in):
    plan = actions.assign([free, planned.organization], caller=ben, due_on=END_OF_MARCH, by=overseer)
    AttemptFactory(checkin=CheckIn.objects.get(organization=free))
    planned.refresh_from_db()
    actions.reschedule(planned, due_on=date(2026, 6, 1))

    page = sign_in(overseer).post(reverse("checkins:unassign", args=[plan.pk]), follow=True).content.decode()

    assert page.count("Something was done about this call since; it stays as it is.") == 2
    assert {name: caller for name, (caller, _, _) in who_calls().items()} == {"Free": "Ben Ode", "Planned": "Ben Ode"}


def test_a_reserved_call_that_is_assigned_does_not_go_back_to_the_pool(overseer, staff, ben, free):
    actions.reserve(free, by=staff, today=date(2026, 3, 2))

    actions.assign([free], caller=ben, due_on=END_OF_MARCH, by=overseer)

    assert actions.return_untouched(today=date(2026, 6, 1)) == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"organizations": []}, "Tick at least one partner."),
        ({"organizations": ["9" * 30]}, "is not one of the available choices"),
        ({"caller": ""}, "This field is required."),
        ({"by": "2020-01-31"}, "is not one of the available choices"),
    ],
)
def test_nonsense_is_refused_with_a_sentence_and_the_ticks_stay(monday, overseer, ben, free, sign_in, typed, sentence):
    page = post(sign_in(overseer), [free], ben, typed)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    ticked = f'value="{free.pk}" checked'
    assert (ticked in page.content.decode()) == ("organizations" not in typed)
    assert not CheckIn.objects.exists()


def test_staff_assign_nothing(monday, staff, ben, free, sign_in):
    assert post(sign_in(staff), [free], ben).status_code == 403


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 360])
def test_in_a_browser_tick_assign_undo(visit, overseer, ben, free, width):
    OrganizationFactory(name="Also free")
    page = visit(overseer, "/calls/board/", viewport={"width": width, "height": 800})

    page.get_by_label("Free", exact=True).check()
    page.get_by_label("Also free").check()
    page.get_by_label("Assign to").select_option("Ben Ode")
    page.get_by_role("button", name="Assign 2").click()
    expect(page.get_by_text("2 calls assigned to Ben Ode.")).to_be_visible()
    assert CheckIn.objects.of(ben).count() == 2
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Undone.")).to_be_visible()
    assert not CheckIn.objects.exists()
