"""The overseer's board: coverage, loads, what is worth a look; each number with the list it counts."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from checkins.models import CheckIn
from tests.factories import (
    AttemptFactory,
    CheckInFactory,
    DeliveryFactory,
    FollowUpFactory,
    IntrapreneurFactory,
    OrganizationFactory,
    PersonFactory,
    TouchpointFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
BOARD = "/calls/board/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-03-16T16:00:00Z", tick=False):
        yield


@pytest.fixture
def year(staff):
    """Something of everything: held, owed for a week, promised too late, overdue, tried three times, free."""
    CheckInFactory(caller=staff, held=True, held_on=date(2026, 3, 9), due_on=date(2026, 2, 27))
    FollowUpFactory(checkin__caller=staff, promised_for=date(2026, 3, 13))
    DeliveryFactory(followup__checkin__caller=staff, followup__promised_for=date(2026, 3, 13))
    overdue = CheckInFactory(caller=staff, due_on=date(2026, 3, 2))
    AttemptFactory.create_batch(3, checkin=overdue)
    CheckInFactory(caller=UserFactory(name="Left Us", is_active=False))
    CheckInFactory(
        caller=staff, organization=CheckIn.objects.held().filter(caller=staff).first().organization
    )  # not a first call
    free = OrganizationFactory(name="Free")
    PersonFactory.create_batch(2, organization=free)
    TouchpointFactory(organization=free)


def numbers_and_lists(page):
    """(the number, where it leads) of everything on the board that counts something."""
    links = re.findall(r'<a href="([^"]+)">(?:<strong>)?(\d+)(?:</strong>)?', page)
    return [(int(number), unescape(url)) for url, number in links]


def test_every_number_leads_to_the_list_it_counts(year, overseer, sign_in):
    client = sign_in(overseer)

    found = numbers_and_lists(client.get(BOARD).content.decode())

    assert len(found) > 40
    listed = {url: client.get(url).context["page"].paginator.count for _, url in found}
    assert [(number, url) for number, url in found if listed[url] != number] == []


def test_the_months_show_what_was_held_of_what_is_due(year, overseer, sign_in):
    months = sign_in(overseer).get(BOARD).context["months"]

    assert [(m.planned, m.held, m.wide, m.filled) for m in months[:3]] == [
        (0, 0, 0, 0),
        (1, 1, 20, 20),
        (5, 2, 100, 40),
    ]


def test_debts_are_shown_with_the_age_of_the_oldest(year, overseer, staff, sign_in):
    loads = {str(load.caller): load for load in sign_in(overseer).get(BOARD).context["loads"]}
    ana = loads["Ana Silva"]

    assert (ana.held, ana.planned, ana.coming, ana.overdue) == (3, 5, 2, 1)
    assert (ana.owed, ana.oldest, ana.late) == (3, 7, 1)


def test_calls_of_somebody_who_left_are_not_forgotten(year, overseer, sign_in):
    page = sign_in(overseer).get(BOARD)

    assert "signs in no more" in page.content.decode()
    assert [load.coming for load in page.context["loads"] if str(load.caller) == "Left Us"] == [1]


def test_what_is_worth_a_look_is_counted(year, overseer, sign_in):
    counted = {what: number for what, number, _, _ in sign_in(overseer).get(BOARD).context["worth_a_look"]}

    assert counted == {
        "due or overdue, with nobody to call them": 2,
        "with no call planned, called this year or not": 3,
        "not reached after three tries": 1,
        "about to be called by somebody new to them": 2,
        "where we know one person, or none": 5,
        "not seen face to face this year": 5,
    }


def test_who_was_seen_face_to_face_this_year_is_a_share_of_all(overseer, sign_in):
    TouchpointFactory(organization__name="Visited")
    TouchpointFactory(organization__name="Mailed", kind="mail")
    TouchpointFactory(organization__name="Last year", happened_on=date(2025, 12, 1))
    CheckInFactory(organization__name="Called on", held=True, channel=CheckIn.Channel.IN_PERSON)

    page = sign_in(overseer).get(BOARD)

    assert page.context["met"] == (2, 4)


def test_a_page_a_person_is_printed_with_whom_to_dial(overseer, staff, sign_in):
    lead = PersonFactory(name="Dana Whitfield", phone="+1 312 555 0142", organization__city="Chicago")
    IntrapreneurFactory(person=lead)
    TouchpointFactory(organization=lead.organization)
    CheckInFactory(organization=lead.organization, caller=staff)

    page = sign_in(overseer).get(reverse("checkins:board_print")).content.decode()

    assert page.count('class="tr-sheet"') == 2
    for word in ("Dana Whitfield", "+1 312 555 0142", "Chicago", "31 Mar 2026", "2 Feb 2026", "No calls to come."):
        assert word in page


@pytest.mark.parametrize("name", ["board", "board_print"])
def test_the_board_is_the_overseers(staff, sign_in, name):
    assert sign_in(staff).get(reverse(f"checkins:{name}")).status_code == 403


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(("name", "queries"), [("board", 27), ("board_print", 6)])
def test_the_board_costs_the_same_however_much_there_is(
    overseer, staff, sign_in, django_assert_num_queries, name, queries, count
):
    for number in range(count):
        CheckInFactory(held=True, due_on=date(2026, number + 1, 2))
        IntrapreneurFactory(person__organization=CheckInFactory().organization)
        OrganizationFactory()
    client = sign_in(overseer)

    with django_assert_num_queries(queries):
        client.get(reverse(f"checkins:{name}"))
