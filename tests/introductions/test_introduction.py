import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.record import version
from introductions import actions
from introductions.models import Introduction
from tests.factories import (
    IntrapreneurFactory,
    IntroductionFactory,
    OrganizationFactory,
    PartyFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def test_a_draft_brings_the_two_intrapreneurs_together(staff):
    dana = IntrapreneurFactory().person
    ivo = IntrapreneurFactory().person

    introduction = actions.draft(dana.organization, ivo.organization, by=staff)

    assert {party.person for party in introduction.parties.all()} == {dana, ivo}


def test_two_people_of_one_organization_need_no_introduction(staff):
    organization = OrganizationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.draft(organization, organization, by=staff)

    assert not Introduction.objects.exists()


def test_staff_say_why_the_two_should_meet(staff, sign_in):
    introduction = IntroductionFactory()
    PartyFactory(introduction=introduction, organization__name="Lakeshore")

    form = {"kind": "together", "reason": "Both train mentors.", "seen": version(introduction)}

    answer = sign_in(staff).post(introduction.get_absolute_url(), form)

    introduction.refresh_from_db()
    assert (answer.status_code, introduction.kind, introduction.reason) == (302, "together", "Both train mentors.")


def test_the_empty_list_says_what_to_do(staff, sign_in):
    assert "Promise a partner as a follow-up" in sign_in(staff).get(reverse("introductions:list")).content.decode()


def test_a_partner_sees_no_drafts(partner, sign_in):
    introduction = IntroductionFactory()

    assert sign_in(partner).get(introduction.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_however_long_it_is(staff, sign_in, django_assert_num_queries, count):
    for _ in range(count):
        introduction = IntroductionFactory(written_by=staff)
        for _ in range(2):
            PartyFactory(introduction=introduction, person=PersonFactory())
    client = sign_in(staff)

    with django_assert_num_queries(5):
        client.get(reverse("introductions:list"))
