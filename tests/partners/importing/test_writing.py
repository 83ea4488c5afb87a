from datetime import date

import pytest
import time_machine

from partners.importing import writing
from partners.models import Challenge, Organization, PreviousName, Strength, Tag
from tests.factories import OrganizationFactory
from tests.partners.importing.spreadsheets import CIVIC, bring_in, plan_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)


def test_a_new_organization_is_written_with_all_that_the_row_says_and_its_history(staff):
    header = ["Name", "Tags", "Strengths", "Challenges", "Previous names", "Latitude", "Longitude", "External id"]
    row = ["Hall", "Club; Rural", "Robots", "Money", "Garage; Shed; Hall", "41.5", "-81.5", "7"]

    with time_machine.travel("2026-03-16"):
        bring_in([header, row], by=staff)

    hall = Organization.objects.get()
    assert (hall.slug, hall.name_key, hall.latitude, hall.external_id) == ("hall", "hall", 41.5, "7")
    assert {tag.name for tag in hall.tags.all()} == {"Club", "Rural"}
    assert set(hall.previous_names.values_list("name", "until")) == {("Garage", None), ("Shed", None)}
    strength, challenge = Strength.objects.get(), Challenge.objects.get()
    assert (strength.said_on, strength.added_by, strength.reach) == (TODAY, staff, "network")
    assert (challenge.text, challenge.source) == ("Money", "profile")
    for history in (hall.history.get(), strength.history.get(), challenge.history.get()):
        assert (history.history_type, history.history_user) == ("+", staff)
        assert history.history_change_reason == "Import of partners.csv"
    assert {row.tag.name for row in hall.history.get().tags.all()} == {"Club", "Rural"}


def test_a_renamed_organization_is_found_by_either_name_afterwards(staff):
    hall = OrganizationFactory(name="Garage", slug="garage", website="http://hall.example")
    hall.tags.create(name="Club")
    hall.history.all().delete()

    bring_in([["Name", "Previous names", "Tags"], ["Robot Hall", "Garage; Shed", "Rural"]], by=staff, today=TODAY)

    hall.refresh_from_db()
    assert (hall.name, hall.name_key, hall.slug, hall.site_key) == (
        "Robot Hall",
        "robot hall",
        "garage",
        "hall.example",
    )
    assert set(hall.previous_names.values_list("name", "until")) == {("Garage", TODAY), ("Shed", None)}
    changed = hall.history.get()
    assert (changed.history_type, changed.name, changed.history_user) == ("~", "Robot Hall", staff)
    assert {row.tag.name for row in changed.tags.all()} == {"Club", "Rural"}


def test_a_mere_respelling_is_no_previous_name():
    hall = OrganizationFactory(name="ROBOT HALL")

    bring_in([["Name"], ["Robot Hall"]])

    hall.refresh_from_db()
    assert (hall.name, PreviousName.objects.count()) == ("Robot Hall", 0)


def test_a_changed_website_changes_its_key():
    hall = OrganizationFactory(name="Hall", website="http://old.example")

    bring_in([["Name", "Website"], ["Hall", "new.example"]])

    hall.refresh_from_db()
    assert (hall.website, hall.site_key) == ("https://new.example", "new.example")


def test_tags_are_found_in_any_case_and_new_ones_made_once():
    Tag.objects.create(name="STEM")

    bring_in([["Name", "Tags"], ["A", "stem; rural"], ["B", "Rural; Stem"]])

    assert set(Tag.objects.values_list("name", flat=True)) == {"STEM", "rural"}
    assert {o.name: {tag.name for tag in o.tags.all()} for o in Organization.objects.all()} == {
        "A": {"STEM", "rural"},
        "B": {"STEM", "rural"},
    }


def test_every_new_organization_gets_an_address_of_its_own():
    OrganizationFactory(name="Taken", slug="robot-hall")

    bring_in([["Name"], ["Robot Hall"], ["Robot-Hall!  2nd"], ["Add"], ["機械館"], ["工作館"]])

    slugs = dict(Organization.objects.values_list("name", "slug"))
    assert slugs["Robot Hall"] == "robot-hall-2"
    assert len(set(slugs.values())) == 6
    assert not {"add", "import", ""} & set(slugs.values())


def test_an_error_in_the_middle_leaves_nothing(monkeypatch):
    plan = plan_of(CIVIC)
    monkeypatch.setattr(writing.Writer, "keep_previous_names", lambda self, lines: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        writing.write(plan, source="partners.csv")

    assert [m.objects.count() for m in (Organization, Tag, Strength, PreviousName)] == [0, 0, 0, 0]
    assert Organization.history.count() == 0


@pytest.mark.parametrize(
    "count", [5, 20]
)  # SQLite takes fewer parameters a statement: beyond, there are more statements
def test_a_write_costs_the_same_however_long_the_file_is(count, django_assert_num_queries):
    OrganizationFactory.create_batch(count)
    names = [*Organization.objects.values_list("name", flat=True), *(f"New {number}" for number in range(count))]
    plan = plan_of([["Name", "City", "Tags", "Strengths"], *([name, "Akron", "Club", "Robots"] for name in names)])

    with django_assert_num_queries(17):
        writing.write(plan, source="partners.csv")

    assert plan.counts == {"new": count, "changed": count, "unchanged": 0, "set_aside": 0}
