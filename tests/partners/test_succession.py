"""The work passes from one intrapreneur to the next: named, done on the day, taken back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import User
from outbox.models import Letter
from partners import actions, beat
from partners.models import Intrapreneur, Succession
from tests.factories import IntrapreneurFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=10)


@pytest.fixture
def dana(partner):
    return partner.person


@pytest.fixture
def ben(dana):
    return PersonFactory(organization=dana.organization, name="Ben Ode", email="ben@lakeshore.example.org")


def name(successor, by, on=SOON, **facts):
    return actions.name_successor(successor.organization, successor=successor, on=on, by=by, today=TODAY, **facts)


def leads(organization):
    return [role.person for role in organization.intrapreneurs.current()]


def test_whoever_is_named_takes_over_on_the_day_and_is_let_in(dana, ben, partner):
    succession = name(ben, partner, note="The mentors meet on Tuesdays.")

    beat.every_morning(SOON - timedelta(days=1))
    assert leads(dana.organization) == [dana]
    for _ in range(2):
        beat.every_morning(SOON)

    succession.refresh_from_db()
    ben.refresh_from_db()
    assert (leads(dana.organization), succession.state) == ([ben], "done")
    assert Intrapreneur.objects.get(person=dana).ended_on == SOON
    assert (ben.user.role, ben.user.is_active) == (User.Role.PARTNER, True)
    assert list(Letter.objects.values_list("to_email", flat=True)) == [ben.email]


def test_whoever_stays_keeps_their_access_and_whoever_leaves_does_not(dana, ben, partner, staff):
    name(ben, partner, on=TODAY)
    partner.refresh_from_db()
    assert partner.is_active

    name(dana, staff, on=TODAY, outgoing_leaves=True)

    ben.refresh_from_db()
    assert leads(dana.organization) == [dana]
    assert (ben.left_on, ben.user.is_active) == (TODAY, False)


def test_it_can_be_taken_back_until_the_day(dana, ben, partner):
    succession = name(ben, partner)

    assert actions.take_back(succession)
    assert not actions.take_back(succession)
    beat.every_morning(SOON)

    assert leads(dana.organization) == [dana]


def test_naming_the_same_twice_is_once_and_somebody_else_is_refused(dana, ben, partner):
    assert name(ben, partner) == name(ben, partner)

    with pytest.raises(ValidationError, match="Take that back first"):
        name(PersonFactory(organization=ben.organization), partner)
    with pytest.raises(ValidationError, match="Take that back first"):
        name(ben, partner, on=SOON + timedelta(days=1))
    with pytest.raises(ValidationError, match="leads the work already"):
        name(dana, partner)


def test_two_open_successions_are_refused_by_the_database(ben, partner):
    name(ben, partner)

    with pytest.raises(IntegrityError):
        Succession.objects.create(organization=ben.organization, successor=ben)


def test_a_successor_without_an_address_leads_the_work_but_is_not_let_in(dana, partner):
    eve = PersonFactory(organization=dana.organization, email="")

    name(eve, partner, on=TODAY)

    assert (leads(dana.organization), eve.user) == ([eve], None)


def test_an_address_that_is_somebody_elses_account_is_let_alone(dana, partner, staff):
    eve = PersonFactory(organization=dana.organization, email=staff.email)

    name(eve, partner, on=TODAY)

    eve.refresh_from_db()
    assert (leads(dana.organization), eve.user) == ([eve], None)


def test_without_a_hub_contact_the_overseer_lets_them_in(ben, partner, overseer):
    ben.organization.owner = None
    ben.organization.save()

    name(ben, partner, on=TODAY)

    ben.refresh_from_db()
    assert ben.user.invited_by == overseer


def test_one_that_cannot_be_done_stays_to_be_mended_and_the_others_are_done(ben, partner, staff, caplog):
    succession = name(ben, partner)
    ben.left_on = TODAY
    ben.save()
    other = PersonFactory(organization=IntrapreneurFactory().organization)
    name(other, staff)

    beat.every_morning(SOON)

    succession.refresh_from_db()
    assert (succession.state, leads(other.organization)) == ("named", [other])
    assert "has left" in caplog.text


def test_a_handover_to_somebody_else_takes_the_naming_back(dana, ben, partner, staff):
    succession = name(ben, partner)

    actions.hand_over(dana.organization, to=PersonFactory(organization=dana.organization), by=staff)

    succession.refresh_from_db()
    assert succession.state == "withdrawn"


def test_who_is_named_to_lead_does_not_leave_unnoticed(ben, partner, staff):
    name(ben, partner)

    with pytest.raises(ValidationError, match="is named to lead the work of Lakeshore"):
        actions.mark_left(ben, by=staff)


def test_somebody_who_signs_in_with_their_other_address_is_linked(dana, ben, staff):
    ben.other_emails.create(email="ben.ode@mail.example.org")
    user = UserFactory(partner=True, email="Ben.Ode@mail.example.org")

    actions.link(user, by=staff)

    ben.refresh_from_db()
    assert ben.user == user


@pytest.mark.parametrize("day", [date(2020, 1, 1)])
def test_nobody_takes_over_before_the_other_one_began(ben, partner, day):
    with pytest.raises(ValidationError, match="cannot be before that day"):
        name(ben, partner, on=day)
