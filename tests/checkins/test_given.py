"""What a partner sees of what they were given."""

import pytest
from django.urls import reverse

from checkins.models import Delivery
from tests.factories import CheckInFactory, DeliveryFactory, FollowUpFactory, ResourceFactory

pytestmark = pytest.mark.django_db


def given_to(organization, **followup):
    checkin = CheckInFactory(held=True, organization=organization)
    return DeliveryFactory(followup=FollowUpFactory(checkin=checkin, **followup))


def test_a_partner_sees_what_they_were_given_and_nobody_elses(partner, sign_in):
    given_to(partner.person.organization, text="Read the grant draft")
    DeliveryFactory(followup__text="For somebody else")
    FollowUpFactory(checkin=CheckInFactory(organization=partner.person.organization), text="Only promised")

    page = sign_in(partner).get(reverse("checkins:given")).content.decode()

    assert "Read the grant draft" in page
    assert "For somebody else" not in page
    assert "Only promised" not in page


def test_a_partner_says_that_it_helped(partner, sign_in):
    checklist = ResourceFactory(sent_count=1)
    delivery = given_to(partner.person.organization, tool=True, resource=checklist)

    sign_in(partner).post(reverse("checkins:landed", args=[delivery.followup.pk]), {"landed": "yes"})

    delivery.refresh_from_db()
    checklist.refresh_from_db()
    assert (delivery.landed, checklist.useful_count) == ("yes", 1)


def test_a_change_of_mind_moves_the_count_back(partner, sign_in):
    checklist = ResourceFactory(sent_count=1)
    delivery = given_to(partner.person.organization, tool=True, resource=checklist)
    client = sign_in(partner)
    url = reverse("checkins:landed", args=[delivery.followup.pk])

    for answer in ("yes", "yes", "no", ""):
        client.post(url, {"landed": answer})

    delivery.refresh_from_db()
    checklist.refresh_from_db()
    assert (delivery.landed, delivery.landed_on, checklist.useful_count) == ("", None, 0)


def test_a_partner_cannot_answer_for_somebody_else(partner, sign_in):
    delivery = DeliveryFactory()

    answer = sign_in(partner).post(reverse("checkins:landed", args=[delivery.followup.pk]), {"landed": "yes"})

    assert (answer.status_code, Delivery.objects.get().landed) == (404, "")


def test_an_answer_nobody_knows_changes_nothing(partner, sign_in):
    delivery = given_to(partner.person.organization)

    answer = sign_in(partner).post(reverse("checkins:landed", args=[delivery.followup.pk]), {"landed": "perhaps"})

    assert (answer.status_code, Delivery.objects.get().landed) == (400, "")


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_however_long_it_is(partner, sign_in, django_assert_num_queries, count):
    for _ in range(count):
        given_to(partner.person.organization, tool=True)
    client = sign_in(partner)

    with django_assert_num_queries(3):
        client.get(reverse("checkins:given"))
