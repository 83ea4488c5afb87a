from datetime import date

import pytest

from partners.importing import cleaning
from partners.importing.failures import BadRow
from partners.importing.reading import Row


def clean(**said):
    said = {"name": "Lab"} | said
    return cleaning.clean(Row(2, list(said.values())), list(said), {key: key for key in said})


def test_blanks_are_collapsed_and_blank_cells_say_nothing():
    found = clean(name="  The Council of\u00a0 \nTeachers ", city=" ", website="")

    assert found.values == {"name": "The Council of Teachers"}


def test_the_place_is_settled_and_a_zero_place_is_left_out():
    found = clean(city="Akron, Ohio", latitude="0.000", longitude="0")

    assert found.values == {"name": "Lab", "city": "Akron", "state": "OH"}
    assert found.notes == ["Latitude and longitude 0, 0 lie in the sea; left out."]


def test_a_region_of_its_own_wins_and_a_misspelt_state_is_noted():
    found = clean(city="Europe", region="West", state="West Virgina")

    assert found.values == {"name": "Lab", "city": "Europe", "state": "West Virgina", "region": "West"}
    assert found.notes == ["“West Virgina” is taken for no US state or Canadian province; kept as typed."]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("codeforokc.example/", "https://codeforokc.example/"),
        ("http://Newbo.example", "http://Newbo.example"),
        ("www.lab.example/path?x=1", "https://www.lab.example/path?x=1"),
    ],
)
def test_a_website_gets_the_scheme_it_lacks(typed, kept):
    assert clean(website=typed).values["website"] == kept


@pytest.mark.parametrize("typed", ["2019-03-31", "3/31/2019", "03/31/19", "31 Mar 2019", "March 31, 2019", "31.3.2019"])
def test_a_day_is_read_as_people_write_it(typed):
    assert clean(joined_on=typed).values["joined_on"] == date(2019, 3, 31)


def test_words_are_known_by_value_or_label_in_any_case():
    found = clean(kind="University or COLLEGE", status="Alumni", time_zone="America/Chicago")

    assert found.values == {
        "name": "Lab",
        "kind": "university",
        "status": "alumni",
        "time_zone": "America/Chicago",
    }


def test_a_cell_of_several_is_split_at_semicolons_only_and_holds_each_once():
    found = clean(tags="Club; midwest;;CLUB", strengths="Robots, tours; Everything. ;", challenges="Money")

    assert found.tags == ["Club", "midwest"]
    assert (found.strengths, found.challenges) == (["Robots, tours", "Everything."], ["Money"])


def test_the_intrapreneur_is_kept_apart():
    found = clean(intrapreneur_name="Dana W.", intrapreneur_email="Dana@lab.example")

    assert found.person == {"name": "Dana W.", "email": "Dana@lab.example"}
    assert found.email == "dana@lab.example"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": " "}, "Name is blank."),
        ({"name": "—"}, "Name needs a letter or a digit."),
        ({"name": "x" * 201}, "Name has 201 characters; at most 200 fit."),
        ({"website": "none at all"}, "Website “none at all” is not a web address."),
        ({"website": "javascript://x"}, "Website “javascript://x” is not a web address."),
        ({"website": "http://[bad"}, "Website “http://[bad” is not a web address."),
        ({"latitude": "north", "longitude": "1"}, "Latitude “north” is not a number."),
        ({"latitude": "91", "longitude": "1"}, "Latitude 91 is not between -90 and 90."),
        ({"latitude": "1", "longitude": "nan"}, "Longitude nan is not between -180 and 180."),
        ({"latitude": "41,5"}, "Give both latitude and longitude, or neither."),
        ({"joined_on": "spring"}, "Joined “spring” is not a day. Write it like 2019-03-31."),
        ({"ended_on": "9999-12-31"}, "Ended “9999-12-31” is not between 1990 and 2100."),
        ({"status": "friend"}, "Status “friend” is none of: prospect, active, alumni."),
        ({"time_zone": "Mars/Base"}, "Time zone “Mars/Base” is not one we know. Write it like America/Chicago."),
        ({"tags": "x" * 81}, "Tags has 81 characters; at most 80 fit."),
        ({"strengths": "x" * 1001}, "Strengths has 1,001 characters; at most 1,000 fit."),
        ({"owner": "ana"}, "Hub contact’s email “ana” is not an email address."),
        ({"intrapreneur_email": "dana@lab.example"}, "Intrapreneur has no name."),
        ({"city": "x" * 130}, "City has 130 characters; at most 120 fit."),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(said, reason):
    with pytest.raises(BadRow) as bad:
        clean(**said)

    assert str(bad.value) == reason


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    with pytest.raises(BadRow) as bad:
        clean(latitude="x", longitude="y", kind="z" * 100)

    assert str(bad.value).startswith("Latitude “x” is not a number. Longitude “y” is not a number. Kind “zzz")
    assert "…” is none of: university or college, school district," in str(bad.value)


def test_a_faulty_row_is_not_looked_into():
    with pytest.raises(BadRow, match="The row has 3 cells"):
        cleaning.clean(Row(2, ["Lab"], fault="The row has 3 cells, and the header has 1."), ["Name"], {"Name": "name"})


def test_what_no_field_was_chosen_for_is_left_out():
    found = cleaning.clean(Row(2, ["Lab", "x"]), ["Name", "Notes"], {"Name": "name"})

    assert (found.values, found.cells) == ({"name": "Lab"}, {"Name": "Lab"})
