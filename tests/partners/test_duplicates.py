"""Who may be here twice: found with the reason, merged or told apart by a person."""

import pytest
from django.urls import reverse

from partners import actions
from partners.duplicates import alike, organizations, organizations_like, people, people_like, scan
from partners.models import NotDuplicate, OtherEmail, PreviousName
from tests.factories import OrganizationFactory, PersonFactory


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("harbor museum", "harbour museum", True),
        ("lakeshore science center", "science centre lakeshore", True),
        ("acme of ohio", "acme ohio", True),
        ("school district 12", "school district 21", False),
        ("east side lab", "west side lab", False),
        ("harbor museum", "harbor museum foundation", False),
        ("riverside alliance", "riverview alliance", False),
    ],
)
def test_a_slip_of_the_pen_is_alike_and_another_word_is_not(one, other, same):
    words = [[word for word in name.split() if word != "of"] for name in (one, other)]

    assert alike(*words) == same


def test_organizations_are_paired_by_name_by_former_name_and_by_website():
    rows = [
        (1, "harbor museum", "harbor.example.org"),
        (2, "harbour museum", ""),
        (3, "pier nine", "harbor.example.org"),
        (4, "dock lab", ""),
    ]

    assert organizations(rows, [(4, "pier nine"), (1, "harbor museum")]) == {
        (1, 2): "similar names",
        (3, 4): "one was called before what the other is called now",
        (1, 3): "the same website, harbor.example.org",
    }


def test_a_website_of_very_many_says_nothing():
    assert organizations([(pk, f"{chr(97 + pk) * 9} lab", "city.example.org") for pk in range(20)]) == {}


def test_people_are_paired_by_name_with_place_phone_or_address():
    rows = [
        (1, "Dana Whitfield", 1, {"dana@lakeshore.example.org"}, "+1 312 555 0142"),
        (2, "Dana Whitfeld", 1, {""}, ""),
        (3, "Dana Whitfield", 2, {"dw@lakeshore.example.org"}, ""),
        (4, "Dana Whitfield", 3, {"dana@gmail.com"}, "1-312-555-0142"),
        (5, "Dana Whitfield", 4, {"other@gmail.com"}, ""),
    ]

    assert people(rows) == {
        (1, 2): "similar names at the same organization",
        (1, 3): "the same name, and addresses at lakeshore.example.org",
        (1, 4): "the same name, and the same phone number",
    }


@pytest.mark.django_db
def test_while_a_partner_is_typed_it_is_found_by_name_host_or_address():
    slip = OrganizationFactory(name="Harbor Museum")
    once = OrganizationFactory(name="Pier Nine")
    PreviousName.objects.create(organization=once, name="Harbour Museum")
    host = OrganizationFactory(name="Dock Lab")
    PersonFactory(organization=host, email="eve@harbour.example.org")
    OrganizationFactory(name="Another Place", website="https://else.example.org")

    assert organizations_like("Harbour Museum", "https://www.harbour.example.org/") == [host, slip, once]
    assert organizations_like("  ", "") == []


@pytest.mark.django_db
def test_while_a_person_is_typed_they_are_found_by_name_there_and_by_any_address():
    there = PersonFactory(name="Dana Whitfield")
    elsewhere = PersonFactory(name="Somebody Else", email="dana@lakeshore.example.org")
    other = PersonFactory(name="Third")
    OtherEmail.objects.create(person=other, email="dw@mail.example.org")

    assert people_like("Dana Whitfeld", "dana@lakeshore.example.org", there.organization) == [there, elsewhere]
    assert people_like("", "DW@mail.example.org", there.organization) == [other]


@pytest.mark.django_db
def test_a_pair_told_apart_is_not_shown_until_somebody_asks_again(staff, sign_in):
    one, other = OrganizationFactory(name="Harbor Museum"), OrganizationFactory(name="Harbour Museum")
    client, page = sign_in(staff), reverse("partners:duplicates")
    assert "1 pair to look at" in client.get(page).content.decode()

    client.post(reverse("partners:tell_apart"), {"kind": "organization", "one": one.pk, "other": other.pk})
    assert scan() == []
    client.post(reverse("partners:ask_again", args=[NotDuplicate.objects.get().pk]))

    assert scan() == [("organization", one.pk, other.pk, "similar names")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [{}, {"kind": "organization", "one": "x", "other": "²"}, {"kind": "person", "one": "9"}]
)
def test_nonsense_is_no_pair(staff, sign_in, body):
    assert sign_in(staff).post(reverse("partners:tell_apart"), body).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 5])
def test_the_page_costs_the_same_however_many_pairs(staff, sign_in, django_assert_num_queries, count):
    for name in ["Alder", "Birch", "Cedar", "Dogwood", "Elm"][:count]:
        pair = [OrganizationFactory(name=f"{name} {word}") for word in ("Science Center", "Science Centre")]
        actions.merge(*[OrganizationFactory(name=f"{name} {word}") for word in ("x1", "x2")], choices={}, by=staff)
        PersonFactory.create_batch(2, organization=pair[0], name=f"{name} Smith")
        actions.tell_apart(*PersonFactory.create_batch(2, organization=pair[1], name=f"{name} Jones"), by=staff)
    client = sign_in(staff)

    with django_assert_num_queries(12):
        client.get(reverse("partners:duplicates"))


@pytest.mark.django_db
def test_somebody_who_is_here_already_is_added_only_when_that_is_meant(staff, sign_in):
    dana = PersonFactory(name="Dana Whitfield")
    page = reverse("partners:add_person", args=[dana.organization.slug])
    client = sign_in(staff)

    typed = client.get(page, {"name": "Dana Whitfeld", "email": ""}, headers={"HX-Request": "true"})
    first = client.post(page, {"name": "Dana Whitfeld"})
    assert "Dana Whitfield" in typed.content.decode()
    assert "This may already be here." in first.content.decode()
    assert dana.organization.people.count() == 1

    client.post(page, {"name": "Dana Whitfeld", "really_new": "on"})
    assert dana.organization.people.count() == 2


@pytest.mark.django_db
def test_an_address_that_is_somebodys_other_one_is_not_given_again(staff, sign_in):
    dana = PersonFactory(name="Dana Whitfield")
    dana.other_emails.create(email="dw@mail.example.org")
    page = reverse("partners:add_person", args=[dana.organization.slug])

    answer = sign_in(staff).post(page, {"name": "Eve", "email": "DW@mail.example.org", "really_new": "on"})

    assert "Someone else here has this email address." in answer.content.decode()
