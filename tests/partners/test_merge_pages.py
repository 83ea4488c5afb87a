"""Merging on the screen: choose the other one, see both side by side, merge, take apart."""

import pytest
from django.urls import reverse

from partners.models import Merge, Organization, Person
from tests.factories import ChallengeFactory, IntrapreneurFactory, OrganizationFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbor():
    return OrganizationFactory(name="Harbor Museum", slug="harbor-museum", city="Baltimore", region="East")


@pytest.fixture
def harbour():
    return OrganizationFactory(name="Harbour Museum", slug="harbour-museum", city="Annapolis", region="South")


def text(answer):
    return " ".join(answer.content.decode().split())


def test_look_alikes_are_offered_and_others_are_found_by_name(staff, sign_in, harbor, harbour):
    OrganizationFactory(name="Pier Nine")
    page = reverse("partners:merge", args=[harbor.slug])

    offered = text(sign_in(staff).get(page))
    found = text(sign_in(staff).get(page, {"q": "pier"}))
    nothing = text(sign_in(staff).get(page, {"q": "zzz", "with": "nonsense"}))

    assert (f"?with={harbour.pk}" in offered, "Pier Nine" in offered) == (True, False)
    assert "Pier Nine" in found
    assert "Nothing else here has “zzz” in its name." in nothing


def test_both_are_seen_side_by_side_with_what_would_move(staff, sign_in, harbor, harbour):
    ChallengeFactory.create_batch(2, organization=harbour)

    page = text(sign_in(staff).get(reverse("partners:merge", args=[harbor.slug]), {"with": harbour.pk}))

    for told in ("Baltimore", "Annapolis", "East", "South", "2 challenges", "Keep the other one instead"):
        assert told in page
    assert "Status" not in page  # where both say the same, nothing is asked


def test_what_was_chosen_stays_and_can_be_taken_apart(staff, sign_in, harbor, harbour):
    client = sign_in(staff)
    choices = {"name": "kept", "place": "gone", "region": "kept"}

    answer = client.post(f"{reverse('partners:merge', args=[harbor.slug])}?with={harbour.pk}", choices, follow=True)

    harbor.refresh_from_db()
    assert (harbor.city, harbor.region, Organization.objects.count()) == ("Annapolis", "East", 1)
    assert "Take it apart again" in text(answer)
    answer = client.post(reverse("partners:undo_merge", args=[Merge.objects.get().pk]), follow=True)
    assert "Harbour Museum is a record of its own again." in text(answer)
    assert "taken apart again on" in text(answer)
    assert Organization.objects.count() == 2


def test_why_a_merge_cannot_be_is_said_on_the_page(staff, sign_in):
    one, other = (IntrapreneurFactory().person for _ in range(2))
    page = reverse("partners:merge_person", args=[one.organization.slug, one.pk])

    choices = {"name": "kept", "organization": "kept", "email": "kept"}
    answer = sign_in(staff).post(f"{page}?with={other.pk}", choices)

    assert (answer.status_code, "Hand over there first." in text(answer)) == (200, True)
    assert Person.objects.count() == 2


def test_it_is_told_which_account_is_closed(staff, sign_in, harbor):
    one, other = (PersonFactory(organization=harbor, user=UserFactory(partner=True)) for _ in range(2))

    page = reverse("partners:merge_person", args=[harbor.slug, one.pk])
    answer = sign_in(staff).get(page, {"with": other.pk})

    assert f"{one.user.email} goes on; the account {other.user.email} is closed." in text(answer)
    assert "Both addresses stay" in text(answer)


def test_why_it_cannot_be_taken_apart_is_said(staff, sign_in, harbor, harbour):
    client = sign_in(staff)
    client.post(
        f"{reverse('partners:merge', args=[harbor.slug])}?with={harbour.pk}",
        dict.fromkeys(["name", "place", "region"], "kept"),
    )
    harbor.previous_names.all().delete()
    OrganizationFactory(name="Harbour Museum")

    answer = client.post(reverse("partners:undo_merge", args=[Merge.objects.get().pk]), follow=True)

    assert "has the name, address or id of Harbour Museum now" in text(answer)
