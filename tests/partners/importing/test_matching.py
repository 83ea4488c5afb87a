"""Which organization a row is about. Each test says what is there, what the file says, and what will happen."""

import pytest

from partners.models import Organization, PreviousName
from tests.factories import OrganizationFactory
from tests.partners.importing.spreadsheets import plan_of, told

pytestmark = pytest.mark.django_db
HEADER = ["External id", "Name", "Previous names", "Website", "City"]


def outcome(*rows):
    return told(plan_of([HEADER, *rows]))


def lab(**fields):
    previous = fields.pop("previous", [])
    organization = OrganizationFactory(**{"name": "Lab", "city": "Akron"} | fields)
    for name in previous:
        PreviousName.objects.create(organization=organization, name=name)
    return organization


def test_the_external_id_finds_it_under_another_name():
    lab(external_id="7")

    assert outcome(["7", "Robot Hall", "", "", ""]) == {"Robot Hall": {"Name": ("Lab", "Robot Hall")}}


def test_the_name_finds_it_however_it_is_spelt():
    lab(name="Art & Robots")

    assert outcome(["", "The ART and robots", "", "", ""]) == {
        "The ART and robots": {"Name": ("Art & Robots", "The ART and robots")}
    }


def test_the_previous_names_of_the_row_find_it():
    lab()

    assert outcome(["", "Robot Hall", "Garage; LAB", "", ""]) == {
        "Robot Hall": {"Name": ("Lab", "Robot Hall"), "Previous names": ("", "Garage")}
    }


def test_a_row_with_an_old_name_finds_it_and_does_not_rename_it_back():
    lab(previous=["Garage"])

    plan = plan_of([HEADER, ["", "GARAGE", "", "", "Dayton"]])

    assert told(plan) == {"Lab": {"City": ("Akron", "Dayton")}}
    assert [line.notes for line in plan.noted] == [["GARAGE is a previous name of Lab; the present name stays."]]


def test_a_website_of_its_own_finds_it():
    lab(website="http://www.robots.example/")

    assert outcome(["", "Robot Hall", "", "https://robots.example", ""]) == {
        "Robot Hall": {
            "Name": ("Lab", "Robot Hall"),
            "Website": ("http://www.robots.example/", "https://robots.example"),
        }
    }


@pytest.mark.parametrize("website", ["https://www.meetup.com/robots/", "https://city.example/robots", ""])
def test_a_shared_host_or_a_path_is_no_key(website):
    lab(website=website)

    assert outcome(["", "Robot Hall", "", website, ""]) == {"Robot Hall": "new"}


def test_a_website_that_two_rows_or_two_organizations_have_is_no_key():
    lab(website="http://robots.example")

    rows = [["", "Robot Hall", "", "http://robots.example", ""], ["", "Tech Hall", "", "http://robots.example/", ""]]
    assert outcome(*rows) == {"Robot Hall": "new", "Tech Hall": "new"}

    OrganizationFactory(name="Garage", website="https://robots.example")
    assert outcome(rows[0]) == {"Robot Hall": "new"}


def test_a_website_yields_to_a_row_that_names_the_organization():
    lab(website="http://robots.example")

    assert outcome(["", "Robot Hall", "", "http://robots.example", ""], ["", "Lab", "", "", ""]) == {
        "Robot Hall": "new",
        "Lab": "unchanged",
    }


def test_a_website_does_not_overrule_another_external_id():
    lab(website="http://robots.example", external_id="7")

    assert outcome(["8", "Robot Hall", "", "http://robots.example", ""]) == {"Robot Hall": "new"}


def test_keys_that_name_different_organizations_set_the_row_aside():
    lab(external_id="7")
    OrganizationFactory(name="Garage", external_id="8")

    assert outcome(["7", "Garage", "", "", ""]) == {
        2: "It points to several organizations: its external id is that of Lab; its name is that of Garage."
    }
    assert outcome(["", "Garage", "Lab", "", ""]) == {
        2: "It points to several organizations: its name is that of Garage; its previous name is that of Lab."
    }
    assert outcome(["9", "Garage", "", "", ""]) == {2: "Garage has the external id 8, and not 9."}


def test_an_organization_once_called_the_same_is_not_hit_while_another_has_the_name():
    lab()
    OrganizationFactory(name="Lab West").previous_names.create(name="Lab")

    assert outcome(["", "Lab", "", "", ""]) == {"Lab": "unchanged"}


def test_a_shared_previous_name_alone_is_asked_about():
    lab(previous=["Garage"])

    assert outcome(["", "Robot Hall", "Garage", "", ""]) == {
        2: "It shares a previous name with Lab. If that is the same organization, use its present name."
    }
    assert outcome(["", "Lab", "Garage", "", ""]) == {"Lab": "unchanged"}


def test_two_rows_about_one_organization_are_set_aside_with_what_differs():
    assert outcome(["", "Lab", "", "", "Akron"], ["", "Hall", "", "", ""], ["", "LAB", "", "", "Dayton"]) == {
        "Hall": "new",
        2: "Rows 2 and 4 are about the same organization. "
        "They differ in Name: “Lab” or “LAB”; City: “Akron” or “Dayton”. Keep one of them.",
        4: "Rows 2 and 4 are about the same organization. "
        "They differ in Name: “Lab” or “LAB”; City: “Akron” or “Dayton”. Keep one of them.",
    }


def test_of_equal_rows_the_first_counts():
    assert outcome(["", "Lab", "", "", "Akron"], ["", "Lab", "", "", " Akron "]) == {
        "Lab": "new",
        3: "Same as row 2.",
    }


@pytest.mark.parametrize(
    "rows",
    [
        [["7", "Lab", "", "", ""], ["7", "Hall", "", "", ""]],
        [["", "Lab", "", "", ""], ["", "Hall", "Lab", "", ""]],
        [["", "Hall", "Lab", "", ""], ["7", "Lab", "", "", ""], ["7", "Garage", "", "", ""]],
    ],
)
def test_rows_that_share_an_id_or_where_one_was_called_like_another_are_asked_about(rows):
    assert set(outcome(*rows)) == set(range(2, 2 + len(rows)))


def test_rows_that_reach_one_organization_by_different_keys_are_set_aside():
    lab(external_id="7")

    assert outcome(["7", "Robot Hall", "", "", ""], ["", "Hall", "Lab", "", ""]) == {
        2: "Rows 2 and 3 are all about Lab. Keep one of them.",
        3: "Rows 2 and 3 are all about Lab. Keep one of them.",
    }


def test_a_long_list_of_twins_is_told_briefly():
    reasons = outcome(*(["", "Lab", "", "", f"City {i}"] for i in range(20)))

    assert reasons[2].startswith("Rows 2, 3, 4, 5, 6 and 15 more are about the same organization. They differ in City:")
    assert reasons[2].endswith("City: “City 0” or “City 1” or “City 2”. Keep one of them.")
    assert len(reasons) == 20


@pytest.mark.parametrize("count", [5, 50])
def test_a_plan_costs_the_same_however_long_the_file_is(count, django_assert_num_queries):
    for number in range(count):
        lab(name=f"Lab {number}", slug=f"lab-{number}", external_id=str(number), previous=[f"Garage {number}"])
    rows = [["", f"Garage {number}", "", f"http://lab{number}.example", ""] for number in range(count)]
    rows += [["", f"New {number}", "", "", ""] for number in range(count)]

    with django_assert_num_queries(10):
        plan = plan_of([HEADER, *rows])

    assert plan.counts == {"new": count, "changed": count, "unchanged": 0, "set_aside": 0}
    assert Organization.objects.count() == count
