"""Visits: where I will be, who is near and not seen this year, what to bring, and whom I saw."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from checkins.models import CheckIn, Trip
from partners.models import Reading, Touchpoint
from tests.factories import (
    ChallengeFactory,
    CheckInFactory,
    DeliveryFactory,
    FollowUpFactory,
    IntrapreneurFactory,
    OrganizationFactory,
    PersonFactory,
    ResourceFactory,
    TouchpointFactory,
    TripFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TRIPS = "/visits/"
HERE = {"latitude": 42.1, "longitude": -72.6}
WHEN = {"starts_on": "2026-04-14", "ends_on": "2026-04-16", "radius_km": 80}


@pytest.fixture
def monday():
    with time_machine.travel("2026-03-16T16:00:00Z", tick=False):
        yield


@pytest.fixture
def trip(staff):
    return TripFactory(traveller=staff)


@pytest.fixture
def museum(db):
    return OrganizationFactory(name="Harbor Museum", city="Springfield", state="MA", **HERE)


def url(name, trip):
    return reverse(f"checkins:{name}", args=[trip.pk])


def visited(*organizations, on="2026-03-16", **more):
    return {"on": on, **{f"visited-{each.pk}": "on" for each in organizations}, **more}


def test_a_known_place_is_found_however_it_is_spelled(monday, staff, museum, sign_in):
    page = sign_in(staff).post(TRIPS, {"place": "springfield,  ma", **WHEN}, follow=True)

    trip = Trip.objects.get()
    assert (trip.traveller, trip.latitude, trip.longitude) == (staff, *HERE.values())
    assert "Harbor Museum" in page.content.decode()
    assert '<option value="Springfield, MA">' in sign_in(staff).get(TRIPS).content.decode()


def test_any_other_place_is_given_by_its_coordinates(monday, staff, sign_in):
    sign_in(staff).post(TRIPS, {"place": "Reykjavík", "latitude": "64.15", "longitude": "-21.94", **WHEN})

    assert Trip.objects.get().latitude == 64.15


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"place": "Atlantis"}, "Choose a place from the list, or give its latitude and its longitude."),
        ({"place": "Atlantis", "latitude": "30"}, "Choose a place from the list"),
        ({"latitude": "91", "longitude": "0"}, "less than or equal to 90"),
        ({"latitude": "nan", "longitude": "inf"}, "Enter a number."),
        ({"radius_km": "0"}, "greater than or equal to 1"),
        ({"radius_km": "2001"}, "less than or equal to 2000"),
        ({"ends_on": "2026-04-13"}, "The end is before the start."),
        ({"starts_on": "0001-01-01"}, "between 1990 and 2100"),
        ({"place": ""}, "This field is required."),
    ],
)
def test_a_trip_that_cannot_be_is_refused_with_a_sentence(monday, staff, museum, sign_in, typed, sentence):
    page = sign_in(staff).post(TRIPS, {"place": "Springfield, MA", **WHEN, **typed})

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Trip.objects.exists()


def test_another_place_moves_the_trip_there(monday, staff, trip, sign_in):
    OrganizationFactory(city="Chicago", state="IL", latitude=41.88, longitude=-87.63)
    same = {"latitude": trip.latitude, "longitude": trip.longitude}

    sign_in(staff).post(url("edit_trip", trip), {"place": "Chicago, IL", **same, **WHEN})

    trip.refresh_from_db()
    assert (trip.place, trip.latitude) == ("Chicago, IL", 41.88)


def test_a_trip_is_its_travellers_to_change_and_the_hubs_to_see(trip, overseer, sign_in):
    client = sign_in(overseer)

    assert client.get(url("trip", trip)).status_code == 200
    assert client.get(url("edit_trip", trip)).status_code == 404
    assert client.post(url("delete_trip", trip)).status_code == 404
    sign_in(trip.traveller).post(url("delete_trip", trip))
    assert not Trip.objects.exists()


def test_who_was_not_seen_this_year_comes_first_then_who_is_nearest(monday, trip, sign_in):
    def partner(name, north, **fields):
        return OrganizationFactory(name=name, latitude=trip.latitude + north, longitude=trip.longitude, **fields)

    TouchpointFactory(organization=partner("Visited", 0))
    TouchpointFactory(organization=partner("Mailed", 0.2), kind="mail")
    TouchpointFactory(organization=partner("Seen last year", 0.1), happened_on=date(2025, 12, 1))
    CheckInFactory(organization=partner("Called on", 0.05), held=True, channel=CheckIn.Channel.IN_PERSON)
    partner("Too far", 1)
    partner("Not in the network", 0, prospect=True)

    page = sign_in(trip.traveller).get(url("trip", trip))

    assert [str(each) for _, each, _, _ in page.context["rows"]] == ["Seen last year", "Mailed", "Visited", "Called on"]


def test_what_to_bring_is_promised_unasked_and_fits_a_challenge(monday, trip, museum, sign_in):
    IntrapreneurFactory(person=PersonFactory(name="Omar Lead", phone="+1 413 555 0100", organization=museum))
    FollowUpFactory(checkin__organization=museum, text="Read their grant draft")
    DeliveryFactory(followup__checkin__organization=museum, followup__text="A seat at the breakfast")
    ChallengeFactory(organization=museum, text="Mentors leave after their first year.")
    ResourceFactory(title="Bus timetable")
    ResourceFactory(title="What keeps mentors past the first year")

    page = sign_in(trip.traveller).get(url("trip", trip)).content.decode()

    for word in (
        "Omar Lead",
        "tel:+14135550100",
        "Promised: <a",
        "Read their grant draft",
        "Ask whether it helped: <a",
        "A seat at the breakfast",
        "What keeps mentors past the first year</a>, because they said: “Mentors leave",
    ):
        assert word in page
    assert "Bus timetable" not in page
    assert [(look.organization, look.reader) for look in Reading.objects.all()] == [(museum, trip.traveller)]


def test_what_they_have_already_is_not_brought_again(monday, trip, museum, sign_in):
    had = ResourceFactory(title="What keeps mentors")
    DeliveryFactory(followup__checkin__organization=museum, followup__tool=True, followup__resource=had)
    ChallengeFactory(organization=museum, text="Mentors leave.")

    assert "because they said" not in sign_in(trip.traveller).get(url("trip", trip)).content.decode()


def test_visits_are_logged_in_one_screen_and_once(monday, trip, museum, sign_in):
    omar = PersonFactory(name="Omar Lead", organization=museum)
    school = OrganizationFactory(name="School", **HERE)
    OrganizationFactory(name="Passed by", **HERE)
    line = {f"line-{museum.pk}": "Saw the tide tank", f"person-{museum.pk}": omar.pk}
    client = sign_in(trip.traveller)

    page = client.post(url("trip", trip), visited(museum, school, **line), follow=True)
    again = client.post(url("trip", trip), visited(museum, school, **line), follow=True)

    assert ["2 visits logged." in page.content.decode(), "0 visits logged." in again.content.decode()] == [True, True]
    assert {(str(t.organization), t.kind, t.happened_on, t.person, t.summary) for t in Touchpoint.objects.all()} == {
        ("Harbor Museum", "visit", date(2026, 3, 16), omar, "Saw the tide tank"),
        ("School", "visit", date(2026, 3, 16), None, ""),
    }
    assert page.content.decode().count("not seen in 2026") == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Tick whom you visited."),
        ({"on": "2026-03-17"}, "That day is still to come."),
        ({"person": "999"}, "is not one of the available choices"),
    ],
)
def test_a_visit_that_cannot_be_is_not_logged_and_the_text_stays(monday, trip, museum, sign_in, typed, sentence):
    body = visited(**({f"line-{museum.pk}": "Saw the tide tank"} if typed else {}))
    body |= {f"person-{museum.pk}" if name == "person" else name: value for name, value in typed.items()}

    page = sign_in(trip.traveller).post(url("trip", trip), body).content.decode()

    assert sentence in page
    assert ("Saw the tide tank" in page) == bool(typed)
    assert not Touchpoint.objects.exists()


def test_trips_that_are_long_over_are_not_listed(monday, staff, sign_in):
    TripFactory(place="Long ago", starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 6))
    TripFactory(place="Last week", starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 10))

    assert [trip.place for trip in sign_in(staff).get(TRIPS).context["trips"]] == ["Last week"]


@pytest.mark.parametrize("name", ["trips", "trip"])
def test_partners_see_nobodys_trips(partner, trip, sign_in, name):
    page = TRIPS if name == "trips" else url(name, trip)

    assert sign_in(partner).get(page).status_code == 403


@pytest.mark.parametrize("count", [1, 5])
def test_a_trip_costs_the_same_however_many_are_near(trip, sign_in, django_assert_num_queries, count):
    for _ in range(count):
        organization = OrganizationFactory(**HERE)
        IntrapreneurFactory(person__organization=organization)
        ChallengeFactory(organization=organization, text="Mentors leave.")
        FollowUpFactory(checkin__organization=organization, tool=True)
        DeliveryFactory(followup__checkin__organization=organization)
    ResourceFactory(title="What keeps mentors")
    client = sign_in(trip.traveller)
    client.get(url("trip", trip))

    with django_assert_num_queries(14):
        client.get(url("trip", trip))


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_of_trips_costs_the_same_however_long_it_is(staff, sign_in, django_assert_num_queries, count):
    for user in UserFactory.create_batch(count):
        TripFactory(traveller=user, ends_on=date(2100, 1, 1))
    client = sign_in(staff)

    with django_assert_num_queries(4):
        client.get(TRIPS)


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_from_a_trip_to_a_logged_visit(visit, staff, museum):
    page = visit(staff, TRIPS, viewport={"width": 360, "height": 740})

    page.get_by_label("Where will you be?").fill("Springfield, MA")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Visited Harbor Museum").check()
    page.get_by_label("In a line").fill("Saw the tide tank")
    page.get_by_role("button", name="Log visits").click()

    expect(page.get_by_text("1 visit logged.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Touchpoint.objects.get().summary == "Saw the tide tank"
