"""Quick find on its page: what is found, by whom, in which order, and how soon after a change."""

import pytest
from django.urls import reverse

from partners import actions, finding
from partners.models import Organization, OtherEmail, Person, PreviousName, Reading
from tests.factories import OrganizationFactory, PersonFactory, ResourceFactory, StrengthFactory

pytestmark = pytest.mark.django_db


def found(user, query):
    """Group → titles, as the page shows them."""
    return {group.title: [hit.title for hit in group.hits] for group in finding.groups(query, user)}


def test_the_page_shows_what_is_found_in_groups(partner, staff, sign_in):
    ResourceFactory(title="Lakeshore field guide")

    body = sign_in(staff).get(reverse("partners:find"), {"q": "lakeshroe"}).content.decode()

    titles = ["Organizations", "Lakeshore Science Center", "Resources", "Lakeshore field guide", "Pages and actions"]
    places = [body.index(title, body.index("<h1>Find")) for title in titles]
    assert places == sorted(places)
    assert "4 found for “lakeshroe”" in body


def test_strangers_are_sent_to_the_door(client):
    assert client.get(reverse("partners:find")).status_code == 302


def test_the_best_organization_can_be_called_at_once(partner, staff):
    assert found(staff, "call lakeshore")["Pages and actions"] == [
        "Start a call with Lakeshore Science Center",
        "Log a past call with Lakeshore Science Center",
    ]


def test_partners_are_offered_no_work_of_the_hub(partner):
    assert found(partner, "call lakeshore") == {"Organizations": ["Lakeshore Science Center"]}
    assert "Pages and actions" not in found(partner, "outbox")
    assert found(partner, "erase data")["Pages and actions"] == ["What we hold about you"]


def test_people_are_found_by_name_and_by_the_hub_by_any_address(partner, staff):
    person = partner.person
    OtherEmail.objects.create(person=person, email="dw@old.example.org")

    assert found(staff, "dana whitfeld")["People"] == ["Dana Whitfield"]
    assert found(staff, "dana@lakes")["People"] == ["Dana Whitfield"]
    assert found(staff, "dw@old.example.org")["People"] == ["Dana Whitfield"]
    assert found(partner, "whitfield")["People"] == ["Dana Whitfield"]
    assert "People" not in found(partner, "dana@lakeshore.example.org")


def test_partners_find_only_what_they_may_see_and_hidden_rows_take_no_place(partner):
    for number in range(finding.EACH + 60):
        OrganizationFactory(prospect=True, name=f"Harbor {number}")
    shown = OrganizationFactory(name="The long name of the Harbor Museum")
    PersonFactory(organization=shown, name="Harbor Hidden")  # leads nothing, is no colleague

    assert found(partner, "harbor") == {"Organizations": [shown.name]}


def test_what_is_said_in_confidence_or_openly_is_no_name(staff, partner):
    StrengthFactory(organization=partner.person.organization, text="Submarine welding", reach="network")

    assert found(staff, "submarine") == {}


def test_a_former_name_and_a_place_lead_to_the_organization(staff):
    organization = OrganizationFactory(name="Pier Nine", city="Springfield", state="IL")
    PreviousName.objects.create(organization=organization, name="Dockside Academy")

    assert found(staff, "docksde academy")["Organizations"] == ["Pier Nine"]
    assert found(staff, "springfield")["Organizations"] == ["Pier Nine"]


def test_a_change_is_found_by_the_next_search(staff):
    organization = OrganizationFactory(name="Pier Nine")
    assert found(staff, "pier")["Organizations"] == ["Pier Nine"]

    actions.rename(organization, name="Harbor Museum", by=staff)

    assert found(staff, "harbor")["Organizations"] == ["Harbor Museum"]
    assert found(staff, "pier nine")["Organizations"] == ["Harbor Museum"]  # its former name


def test_only_what_changed_is_read_again(staff, monkeypatch):
    OrganizationFactory(name="Pier Nine")
    found(staff, "pier")
    monkeypatch.setattr(finding.ORGANIZATIONS, "build", lambda: pytest.fail("built anew"))

    OrganizationFactory(name="Harbor Museum")
    Organization.objects.bulk_create([Organization(name="Quiet Lab", slug="quiet")])  # leaves no history

    assert found(staff, "harbor")["Organizations"] == ["Harbor Museum"]
    assert found(staff, "quiet")["Organizations"] == ["Quiet Lab"]


def test_rows_that_vanish_without_a_trace_are_noticed(staff):
    PersonFactory(name="Dana Whitfield")
    assert found(staff, "whitfield")["People"] == ["Dana Whitfield"]

    Person.objects.all()._raw_delete("default")

    assert "People" not in found(staff, "whitfield")
    assert len(finding.PEOPLE.index) == 0


def test_a_transaction_that_commits_late_is_noticed_though_its_number_is_lower(staff):
    late = OrganizationFactory(name="Late Lab")
    line = late.history.get()
    number = line.pk
    later = OrganizationFactory(name="Early Lab")
    Organization.objects.filter(pk=late.pk).update(name="Before")
    line.delete()
    found(staff, "lab")

    Organization.objects.filter(pk=late.pk).update(name="Late Lab")
    line.pk = number
    line.save()  # as if it had only now been committed

    assert line.pk < later.history.get().pk
    assert found(staff, "late lab")["Organizations"] == ["Late Lab"]


def test_without_a_question_the_hub_sees_where_it_was_lately(staff, partner):
    lakeshore = partner.person.organization
    Reading.objects.create(reader=staff, organization=lakeshore, what=Reading.What.RECORD)

    assert found(staff, "")["Opened lately"] == ["Lakeshore Science Center"]
    assert list(found(partner, " ")) == ["Pages and actions"]


@pytest.mark.parametrize("count", [1, 5])
def test_a_search_costs_the_same_however_much_is_found(staff, sign_in, django_assert_num_queries, count):
    for number in range(count):
        person = PersonFactory(name=f"Harbor {number}", organization__name=f"Harbor {number}")
        ResourceFactory(title=f"Harbor {number}", source=person.organization)
    client = sign_in(staff)
    client.get(reverse("partners:find"), {"q": "harbor"})

    with django_assert_num_queries(15):
        client.get(reverse("partners:find"), {"q": "harbor"})
