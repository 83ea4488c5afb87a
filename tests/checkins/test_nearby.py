"""Near is near on the ground: across the date line, around the poles, at the edge of the radius."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkins import nearby
from checkins.models import Trip
from partners.models import Organization
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db

PLACES = {
    "Chicago": (41.8781, -87.6298),
    "Milwaukee": (43.0389, -87.9065),
    "Suva": (-18.1416, 178.4419),
    "Apia": (-13.8333, -171.7667),
    "Longyearbyen": (78.2232, 15.6267),
    "Alert": (82.5018, -62.3481),
    "Amundsen–Scott": (-90.0, 0.0),
    "McMurdo": (-77.8419, 166.6863),
}


def place(name, where):
    return OrganizationFactory(name=name, latitude=where[0], longitude=where[1])


def near(where, radius_km):
    trip = Trip(latitude=where[0], longitude=where[1], radius_km=radius_km)
    return {str(each): round(far) for far, each in nearby.within(Organization.objects.all(), trip)}


@pytest.mark.parametrize(
    ("here", "there", "kilometres"),
    [
        ("Chicago", "Milwaukee", 131),
        ("Suva", "Apia", 1147),
        ("Longyearbyen", "Alert", 1395),
        ("Amundsen–Scott", "McMurdo", 1352),
    ],
)
def test_distances_are_those_of_an_atlas(here, there, kilometres):
    assert nearby.distance_km(*PLACES[here], *PLACES[there]) == pytest.approx(kilometres, rel=0.01)


def test_neighbours_across_the_date_line_and_around_a_pole_are_found():
    for name, where in PLACES.items():
        place(name, where)
    OrganizationFactory(name="Nowhere")

    assert near(PLACES["Chicago"], 150).keys() == {"Chicago", "Milwaukee"}
    assert near(PLACES["Suva"], 1200).keys() == {"Suva", "Apia"}
    assert near(PLACES["Apia"], 1200).keys() == {"Suva", "Apia"}
    assert near(PLACES["Alert"], 1400).keys() == {"Alert", "Longyearbyen"}
    assert near(PLACES["Amundsen–Scott"], 1400).keys() == {"Amundsen–Scott", "McMurdo"}


def test_the_nearest_comes_first_and_the_radius_is_a_circle_not_a_box():
    place("North-east", (0.65, 0.65))
    place("East", (0.0, 0.8))
    place("Here", (0.0, 0.0))

    assert list(near((0.0, 0.0), 90)) == ["Here", "East"]


def test_a_place_is_the_middle_of_the_partners_there():
    for longitude in (179.0, -179.0):
        OrganizationFactory(city="Taveuni", country="Fiji", latitude=-16.8, longitude=longitude)
    OrganizationFactory(city="Taveuni", country="Fiji")

    ((name, (latitude, longitude)),) = nearby.known_places().items()

    assert (name, abs(longitude)) == ("Taveuni, Fiji", 180.0)
    assert latitude == pytest.approx(-16.8, abs=0.01)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    radius_km=st.integers(1, 2000),
    bearing=st.floats(0, 2 * math.pi),
    share=st.floats(0, 0.999),
)
def test_the_box_leaves_out_nobody_within_the_radius(db, latitude, longitude, radius_km, bearing, share):
    """Walk a share of the radius in any direction from anywhere: whoever is there is found."""
    north, reach = math.radians(latitude), share * radius_km / nearby.EARTH_KM
    there = math.asin(
        max(-1, min(1, math.sin(north) * math.cos(reach) + math.cos(north) * math.sin(reach) * math.cos(bearing)))
    )
    east = math.atan2(
        math.sin(bearing) * math.sin(reach) * math.cos(north), math.cos(reach) - math.sin(north) * math.sin(there)
    )
    aside = (longitude + math.degrees(east) + 540) % 360 - 180
    Organization.objects.all().delete()
    place("There", (math.degrees(there), aside))

    assert near((latitude, longitude), radius_km).keys() == {"There"}
