from datetime import date

import pytest

from partners.models import Organization, PreviousName, Strength, Tag
from tests.factories import OrganizationFactory, StrengthFactory, UserFactory
from tests.partners.importing.spreadsheets import ADVICE, CIVIC, bring_in, plan_of, told

pytestmark = pytest.mark.django_db


def fingerprint_of_everything():
    models = [Organization, Strength, PreviousName, Tag, Organization.history, Strength.history]
    return [getattr(model, "objects", model).count() for model in models]


def test_published_files_come_in_and_what_is_listed_twice_is_asked_about():
    first, second = bring_in(CIVIC), bring_in(ADVICE)

    assert first.counts == {"new": 7, "changed": 0, "unchanged": 0, "set_aside": 0}
    assert second.counts == {"new": 3, "changed": 0, "unchanged": 0, "set_aside": 2}
    assert [row.reason for row in second.set_aside] == [
        "Rows 2 and 5 are about the same organization. They differ in State: “Kansas” or “Missouri”. Keep one of them."
    ] * 2
    assert set(Organization.objects.values_list("name", "city", "state", "country", "region", "time_zone")) == {
        ("Robots for Akron", "Akron", "OH", "United States", "Midwest", "America/New_York"),
        ("Open Lab BTV", "Burlington", "VT", "United States", "Northeast", "America/New_York"),
        ("Lab Curitiba", "Curitiba", "PR", "", "", ""),
        ("Open Labs Brazil", "Florianópolis", "SC", "Brazil", "", ""),
        ("Makers of Madison", "Madison", "WI", "United States", "Midwest", "America/Chicago"),
        ("Labs Everywhere", "", "", "", "", ""),
        ("Uptown Makers", "Chicago", "IL", "United States", "Midwest", "America/Chicago"),
        ("The Council of Teachers (CoT)", "", "MD", "United States", "South", "America/New_York"),
        ("Code Valley", "", "VA", "United States", "South", "America/New_York"),
        ("Mountain STEM", "", "West Virgina", "", "", ""),
    }
    assert set(Tag.objects.values_list("name", flat=True)) == {"Club", "midwest", "Partner"}
    assert set(Strength.objects.values_list("organization__name", "text", "source", "reach")) == {
        ("Code Valley", "Everything.", "profile", "network"),
        ("Mountain STEM", "Teacher preparation, all grades", "profile", "network"),
        ("Mountain STEM", "Physics", "profile", "network"),
    }


@pytest.mark.parametrize("rows", [CIVIC, ADVICE])
def test_the_same_file_again_changes_nothing(rows):
    first = bring_in(rows)
    before = fingerprint_of_everything()

    again = bring_in(rows)

    assert again.counts == {"new": 0, "changed": 0, "unchanged": first.counts["new"]} | {
        "set_aside": first.counts["set_aside"]
    }
    assert fingerprint_of_everything() == before


def test_a_plan_writes_nothing():
    before = fingerprint_of_everything()

    plan_of(CIVIC)

    assert fingerprint_of_everything() == before


def test_changes_are_told_field_by_field_and_blank_cells_erase_nothing():
    ana, ben = UserFactory(name="Ana", email="ana@hub.example.org"), UserFactory(email="Ben@hub.example.org")
    hall = OrganizationFactory(
        name="Hall", kind="museum", city="Akron", website="http://hall.example", owner=ana, joined_on=date(2019, 3, 1)
    )
    hall.tags.create(name="Club")
    StrengthFactory(organization=hall, text="Physics")
    header = ["Name", "Kind", "City", "Website", "Hub contact", "Joined", "Tags", "Strengths", "Challenges"]
    row = ["Hall", "company", "", "", ben.email.lower(), "2019-04-01", "club; Rural", "physics; Robots", "Money"]

    assert told(plan_of([header, row])) == {
        "Hall": {
            "Kind": ("museum or science center", "company"),
            "Hub contact’s email": ("Ana", str(ben)),
            "Joined": ("01 Mar 2019", "01 Apr 2019"),
            "Tags": ("", "Rural"),
            "Strengths": ("", "Robots"),
            "Challenges": ("", "Money"),
        }
    }


def test_what_was_withdrawn_is_not_said_again():
    strength = StrengthFactory(text="Physics", withdrawn_on=date(2026, 1, 1))

    assert told(plan_of([["Name", "Strengths"], [strength.organization.name, "Physics"]])) == {
        strength.organization.name: "unchanged"
    }


def test_what_followed_from_the_old_state_follows_the_new_one_but_a_choice_of_ones_own_stays():
    texas = {"state": "TX", "country": "United States", "time_zone": "America/Chicago"}
    OrganizationFactory(name="Follows", region="South", **texas)
    OrganizationFactory(name="Chosen", region="Gulf", **texas)

    plan = told(plan_of([["Name", "State"], ["Follows", "Oregon"], ["Chosen", "OR"]]))

    state = {"State": ("TX", "OR"), "Time zone": ("America/Chicago", "America/Los_Angeles")}
    assert plan == {"Follows": state | {"Region": ("South", "West")}, "Chosen": state}


def test_an_end_makes_an_alumnus_unless_the_row_says_otherwise():
    OrganizationFactory(name="Hall", joined_on=date(2020, 1, 1))
    OrganizationFactory(name="Old", ended=True)
    rows = [
        ["Hall", "2025-05-01", ""],
        ["Old", "", "active"],
        ["Lab", "2025-05-01", "active"],
        ["New", "2025-05-01", ""],
    ]
    rows += [["Hall ", "2019-05-01", ""]]

    assert told(plan_of([["Name", "Ended", "Status"], *rows[:4]])) == {
        "Hall": {"Ended": ("", "01 May 2025"), "Status": ("active", "alumni")},
        "New": "new",
        3: "It has ended on 31 Jan 2025; that goes with the status alumni.",
        4: "It has ended on 01 May 2025; that goes with the status alumni.",
    }
    assert told(plan_of([["Name", "Ended", "Status"], rows[4]])) == {2: "The end is before the start."}


def test_a_hub_contact_must_be_at_the_hub():
    UserFactory(partner=True, email="dana@partner.example.org")

    assert told(plan_of([["Name", "Owner"], ["Hall", "dana@partner.example.org"]])) == {
        2: "Hub contact’s email “dana@partner.example.org” is of nobody at the hub."
    }


def test_the_fingerprint_changes_with_what_would_be_written():
    rows = [["Name", "City"], ["Hall", "Akron"], ["Lab", "Akron"]]
    before = plan_of(rows).fingerprint

    assert plan_of(rows).fingerprint == before

    OrganizationFactory(name="Hall", city="Dayton")
    assert plan_of(rows).fingerprint != before
