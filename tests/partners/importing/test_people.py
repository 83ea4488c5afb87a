from datetime import date

import pytest

from partners.models import Intrapreneur, Person
from tests.factories import IntrapreneurFactory, OrganizationFactory, PersonFactory, UserFactory
from tests.partners.importing.spreadsheets import bring_in, plan_of, told

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)
HEADER = ["Name", "Intrapreneur", "Intrapreneur title", "Intrapreneur email", "Intrapreneur phone"]


def dana(**fields):
    person = PersonFactory(
        organization=OrganizationFactory(name="Hall"), name="Dana W.", email="dana@hall.example.org", **fields
    )
    IntrapreneurFactory(person=person)
    return person


def roles():
    return set(Intrapreneur.objects.values_list("organization__name", "person__name", "started_on", "ended_on"))


def test_a_new_organization_comes_with_its_intrapreneur(staff):
    bring_in(
        [HEADER, ["Hall", "Dana W.", "Director", "dana@hall.example.org", "+1 312 555 0142"]], by=staff, today=TODAY
    )

    person = Person.objects.get()
    assert (person.title, person.email, person.phone, person.user) == (
        "Director",
        "dana@hall.example.org",
        "+1 312 555 0142",
        None,
    )
    assert person.history.get().history_user == staff
    assert roles() == {("Hall", "Dana W.", TODAY, None)}


def test_who_signs_in_with_the_address_already_is_linked():
    account = UserFactory(partner=True, email="dana@hall.example.org")

    bring_in([HEADER, ["Hall", "Dana W.", "", "Dana@Hall.example.org", ""]])

    assert Person.objects.get().user == account


def test_the_same_again_changes_nothing():
    rows = [HEADER, ["Hall", "Dana W.", "Director", "dana@hall.example.org", ""]]
    bring_in(rows, today=TODAY)

    assert bring_in(rows).counts["unchanged"] == 1
    assert (Person.objects.count(), Person.history.count(), Intrapreneur.objects.count()) == (1, 1, 1)


def test_a_person_is_repaired_and_not_doubled():
    person = dana(title="Teacher")
    person.history.all().delete()

    plan = bring_in([HEADER, ["Hall", "Dana Whitfield", "Director", "DANA@hall.example.org", ""]])

    assert told(plan) == {
        "Hall": {
            "Intrapreneur": ("Dana W.", "Dana Whitfield"),
            "Intrapreneur’s job title": ("Teacher", "Director"),
            "Intrapreneur’s email": ("dana@hall.example.org", "DANA@hall.example.org"),
        }
    }
    person.refresh_from_db()
    assert (person.name, person.title, person.history.get().history_type) == ("Dana Whitfield", "Director", "~")
    assert roles() == {("Hall", "Dana Whitfield", date(2024, 1, 15), None)}


def test_another_name_is_a_handover():
    hall = dana().organization

    plan = bring_in([HEADER, ["Hall", "Lee Park", "", "lee@hall.example.org", ""]], today=TODAY)

    assert told(plan) == {
        "Hall": {"Intrapreneur": ("Dana W.", "Lee Park"), "Intrapreneur’s email": ("", "lee@hall.example.org")}
    }
    assert roles() == {("Hall", "Dana W.", date(2024, 1, 15), TODAY), ("Hall", "Lee Park", TODAY, None)}
    assert hall.people.count() == 2


def test_a_colleague_we_know_takes_the_role_under_their_name():
    lee = PersonFactory(organization=dana().organization, name="Lee Park")
    PersonFactory(organization=lee.organization, name="Lee Park", left_on=date(2025, 1, 1))

    bring_in([HEADER, ["Hall", "LEE PARK", "", "", ""]], today=TODAY)

    lee.refresh_from_db()
    assert lee.name == "LEE PARK"
    assert roles() == {("Hall", "Dana W.", date(2024, 1, 15), TODAY), ("Hall", "LEE PARK", TODAY, None)}


def test_of_two_of_one_name_the_intrapreneur_is_meant():
    first = PersonFactory(organization=OrganizationFactory(name="Hall"), name="Lee Park", email="")
    IntrapreneurFactory(person=PersonFactory(organization=first.organization, name="Lee Park"))

    assert told(plan_of([HEADER, ["Hall", "Lee Park", "", "", ""]])) == {"Hall": "unchanged"}


def test_a_person_belongs_to_one_organization():
    dana()
    PersonFactory(organization__name="Shed", name="Kim", email="kim@shed.example.org", left_on=date(2025, 1, 1))
    PersonFactory(organization=Person.objects.get(name="Dana W.").organization, name="Lee Park")

    assert told(
        plan_of(
            [
                HEADER,
                ["Lab", "Dana W.", "", "dana@hall.example.org", ""],
                ["Shed", "Kim", "", "kim@shed.example.org", ""],
                ["Hall", "Lee Park", "", "dana@hall.example.org", ""],
            ]
        )
    ) == {
        2: "Rows 2 and 4 give dana@hall.example.org to different organizations.",
        3: "Kim has left Shed.",
        4: "Rows 2 and 4 give dana@hall.example.org to different organizations.",
    }
    assert told(plan_of([HEADER, ["Lab", "Dana W.", "", "dana@hall.example.org", ""]])) == {
        2: "dana@hall.example.org belongs to Dana W. at Hall."
    }
    assert told(plan_of([HEADER, ["Hall", "Lee Park", "", "dana@hall.example.org", ""]])) == {
        2: "The email is that of Dana W., but the name is that of someone else at Hall."
    }


def test_a_role_that_begins_later_is_left_alone():
    dana()
    Intrapreneur.objects.update(started_on=date(2026, 4, 1))

    assert told(plan_of([HEADER, ["Hall", "Lee Park", "", "", ""]], today=TODAY)) == {
        2: "Dana W. takes over on 01 Apr 2026; hand over on the record page."
    }
