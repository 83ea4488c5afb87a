"""Handing over on the screen: the hub on the record, the intrapreneur on their own page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners import actions
from partners.models import Person, Succession
from tests.factories import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=10)
HOME = reverse("partners:home")
NAME = reverse("partners:name_successor")


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def lakeshore(partner):
    return partner.person.organization


@pytest.fixture
def ben(lakeshore):
    return PersonFactory(organization=lakeshore, name="Ben Ode")


def test_the_intrapreneur_names_a_colleague_and_takes_it_back(sign_in, partner, lakeshore, ben):
    client = sign_in(partner)
    assert NAME in text(client.get(HOME))

    answer = client.post(NAME, {"to": ben.pk, "on": SOON, "note": "Tuesdays."}, follow=True)
    assert f"Ben Ode leads the work from {SOON:%d %b %Y}." in text(answer)
    assert Succession.objects.get().named_by == partner

    answer = client.post(reverse("partners:take_back", args=[lakeshore.slug]), follow=True)
    assert "Taken back: Ben Ode does not take over." in text(answer)
    assert NAME in text(answer)


def test_somebody_new_without_an_address_is_told_about(sign_in, partner):
    answer = sign_in(partner).post(NAME, {"name": "Eve Lund", "on": TODAY, "outgoing_leaves": ""}, follow=True)

    assert "Eve Lund leads the work. Add an email address for Eve Lund" in text(answer)
    assert Person.objects.get(name="Eve Lund").intrapreneur_roles.current().exists()


def test_whoever_leaves_that_day_is_signed_out(sign_in, partner, ben):
    client = sign_in(partner)

    client.post(NAME, {"to": ben.pk, "on": TODAY, "outgoing_leaves": "on"})

    assert client.get(HOME).url.startswith("/accounts/")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"on": TODAY - timedelta(days=1)}, "Choose today or a day to come."),
        ({"email": "ana@hub.example.org", "to": ""}, "Choose a colleague, or write the name of someone new."),
        ({"to": "", "name": "Eve", "email": "dana@lakeshore.example.org"}, "We know this address already."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_happens(sign_in, partner, ben, data, sentence):
    answer = sign_in(partner).post(NAME, {"to": ben.pk, "on": SOON, **data})

    assert (answer.status_code, sentence in text(answer)) == (200, True)
    assert not Succession.objects.exists()


def test_a_colleague_who_does_not_lead_names_nobody(sign_in, partner, ben):
    ben.user = UserFactory(partner=True)
    ben.save()
    actions.name_successor(ben.organization, successor=ben, on=SOON, by=partner)
    client = sign_in(ben.user)

    assert client.get(NAME).status_code == 404
    assert client.post(reverse("partners:take_back", args=[ben.organization.slug])).status_code == 404
    assert f"You take over on {SOON:%-d %b %Y} from Dana Whitfield." in text(client.get(HOME))


def test_the_successor_reads_what_was_written_for_them(sign_in, partner, ben, staff):
    ben.user = UserFactory(partner=True)
    ben.save()
    actions.name_successor(ben.organization, successor=ben, on=TODAY, note="Mind the mentors.", by=partner)

    assert "wrote: “Mind the mentors.”" in text(sign_in(ben.user).get(HOME))


def test_what_the_hub_wrote_is_for_the_hub(sign_in, ben, staff):
    ben.user = UserFactory(partner=True)
    ben.save()
    actions.name_successor(ben.organization, successor=ben, on=TODAY, note="Dana was let go.", by=staff)

    assert "let go" not in text(sign_in(ben.user).get(HOME))


def test_the_hub_sees_who_was_named_and_takes_it_back(sign_in, staff, partner, lakeshore, ben):
    actions.name_successor(lakeshore, successor=ben, on=SOON, note="Tuesdays.", by=partner)
    client = sign_in(staff)

    page = text(client.get(lakeshore.get_absolute_url()))
    assert f"<strong>Ben Ode</strong> takes over on {SOON:%-d %b %Y}, named by Dana Whitfield." in page

    answer = client.post(reverse("partners:take_back", args=[lakeshore.slug]), follow=True)
    assert "takes over on" not in text(answer)


def test_the_hub_names_somebody_for_a_day_to_come(sign_in, staff, lakeshore, ben):
    page = reverse("partners:hand_over", args=[lakeshore.slug])

    answer = sign_in(staff).post(page, {"to": ben.pk, "on": SOON}, follow=True)

    assert f"Ben Ode leads the work from {SOON:%d %b %Y}." in text(answer)
    assert Succession.objects.open().get().successor == ben
