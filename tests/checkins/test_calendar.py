"""One's calls as a calendar file: an event for each, and not a word of what was said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from checkins import actions
from tests.factories import CallDraftFactory, CheckInFactory

pytestmark = pytest.mark.django_db
URL = "/calls/calendar.ics"


def events(client, **asked):
    answer = client.get(URL, asked)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_call_by_a_day_fills_that_day_and_one_with_a_time_its_half_hour(staff, sign_in):
    by_day = CheckInFactory(caller=staff, organization__name="Münster, Museum; Höhe", due_on=date(2026, 3, 20))
    agreed = CheckInFactory(caller=staff, organization__name="Agreed")
    at = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)
    actions.reschedule(agreed, due_on=date(2026, 3, 31), scheduled_at=at, by=staff)
    CheckInFactory(caller=staff, held=True)
    CheckInFactory(organization__name="Somebody else's")

    first, second = events(sign_in(staff))

    assert (first["summary"], first.start, first.end) == (
        "Call Münster, Museum; Höhe by today",
        date(2026, 3, 20),
        date(2026, 3, 21),
    )
    assert (second["summary"], second.start, second.end) == ("Call Agreed", at, at + timedelta(minutes=30))
    assert first["url"].endswith(reverse("checkins:call", args=[by_day.pk]))


def test_a_call_is_the_same_event_in_every_file_and_the_newer_one_wins(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    (before,) = events(sign_in(staff))

    actions.reschedule(checkin, due_on=date(2026, 6, 1), by=staff)
    (after,) = events(sign_in(staff))

    assert (before["uid"], before["sequence"] < after["sequence"]) == (after["uid"], True)


def test_what_was_said_stays_here(staff, sign_in):
    CallDraftFactory(checkin__caller=staff, checkin__notes="A secret", text={"notes": "Another secret"})

    assert b"secret" not in sign_in(staff).get(URL).content


def test_the_overseer_may_have_a_callers_and_staff_only_their_own(overseer, staff, sign_in):
    CheckInFactory(caller=staff, organization__name="Ana's")
    CheckInFactory(caller=overseer, organization__name="Olu's")

    assert [str(event["summary"]) for event in events(sign_in(overseer), caller=staff.pk)] == ["Call Ana's by today"]
    assert [str(event["summary"]) for event in events(sign_in(staff), caller=overseer.pk)] == ["Call Ana's by today"]


def test_partners_have_no_calendar_of_calls(partner, sign_in):
    assert sign_in(partner).get(URL).status_code == 403


@pytest.mark.parametrize("count", [1, 5])
def test_the_file_costs_the_same_however_many_calls(staff, sign_in, django_assert_num_queries, count):
    CheckInFactory.create_batch(count, caller=staff)
    client = sign_in(staff)

    with django_assert_num_queries(4):
        client.get(URL)
