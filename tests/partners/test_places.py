import zoneinfo

import pytest

from partners import places
from partners.places import Place


@pytest.mark.parametrize(
    ("city", "place"),
    [
        ("San Francisco, CA", Place("San Francisco", "CA")),
        ("Akron, Ohio", Place("Akron", "OH")),
        ("Madison,WI", Place("Madison", "WI")),
        ("Washington, D.C.", Place("Washington", "DC")),
        ("Kansas City, MO, USA", Place("Kansas City", "MO", "United States")),
        ("Hampton Roads, VA (Region)", Place("Hampton Roads", "VA")),
        ("Bryan/College Station, TX", Place("Bryan/College Station", "TX")),
        ("Montréal, Québec", Place("Montréal", "QC")),
        ("Helsinki, Finland", Place("Helsinki", "", "Finland")),
        ("London, UK", Place("London", "", "United Kingdom")),
        ("Mexico City, MX", Place("Mexico City", "", "Mexico")),
        ("Toronto, Canada", Place("Toronto", "", "Canada")),
        ("Florianópolis, SC - Brazil", Place("Florianópolis", "SC", "Brazil")),
        ("Brasília, DF", Place("Brasília", "DF", is_odd=True)),
        ("Winston-Salem, North Carolina", Place("Winston-Salem", "NC")),
        ("Castle, Somewhere", Place("Castle, Somewhere")),
        ("North Carolina", Place("", "NC")),
        ("New York", Place("New York")),
        ("Washington", Place("Washington")),
        ("Japan", Place("", "", "Japan")),
        ("Europe", Place("", "", "", "Europe")),
        ("Los Angeles and Orange County", Place("Los Angeles and Orange County")),
        ("", Place()),
    ],
)
def test_what_stands_in_one_cell_is_taken_apart(city, place):
    assert places.read(city) == place


def test_a_state_is_written_as_its_code_and_a_misspelt_one_is_kept_as_typed():
    assert places.read(state="west virginia") == Place("", "WV")
    assert places.read(state="West Virgina") == Place("", "West Virgina", is_odd=True)
    assert places.read(state="Bavaria", country="Germany") == Place("", "Bavaria", "Germany")


def test_a_cell_of_its_own_wins_over_what_stands_behind_the_comma():
    assert places.read("Akron, Ohio", "OH") == Place("Akron", "OH")
    assert places.read("Kansas City, MO", "KS") == Place("Kansas City, MO", "KS")
    assert places.read("Lyon, France", country="Belgium") == Place("Lyon, France", "", "Belgium")


@pytest.mark.parametrize(
    ("city", "latitude", "longitude", "place"),
    [
        ("San Juan, PR", 18.4, -66.1, Place("San Juan", "PR")),
        ("Curitiba, PR", -25.4, -49.2, Place("Curitiba", "PR", is_odd=True)),
        ("Atlanta, Georgia", 33.7, -84.3, Place("Atlanta", "GA")),
        ("Tbilisi, Georgia", 41.7, 44.8, Place("Tbilisi", "", "Georgia")),
    ],
)
def test_coordinates_tell_two_places_of_one_name_apart(city, latitude, longitude, place):
    assert places.read(city, latitude=latitude, longitude=longitude) == place


def test_what_follows_from_a_state():
    assert places.facts("OR") == {
        "country": "United States",
        "region": "West",
        "time_zone": "America/Los_Angeles",
    }
    assert places.facts("ON")["country"] == "Canada"
    assert places.facts("SC", "Brazil") == places.facts("PR", "", -25.4, -49.2) == places.facts("Bavaria") == {}


def test_every_zone_and_region_is_a_real_one():
    assert {zone for _, _, zone in places.STATES.values()} <= zoneinfo.available_timezones()
    assert {region for _, region, _ in places.US_STATES.values()} == {"Northeast", "Midwest", "South", "West", ""}
