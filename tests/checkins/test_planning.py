"""Sharing out a year's calls."""

from collections import Counter
from datetime import date

import pytest

from checkins import actions
from checkins.models import CheckIn
from tests.factories import CheckInFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db
JANUARY = date(2026, 1, 5)


def test_loads_differ_by_one_at_most(overseer):
    callers = [overseer, *UserFactory.create_batch(2)]
    OrganizationFactory.create_batch(10)

    actions.share_out(by=overseer, today=JANUARY)

    loads = Counter(CheckIn.objects.values_list("caller", flat=True))
    assert (set(loads), sorted(loads.values())) == ({caller.pk for caller in callers}, [3, 3, 4])


def test_a_hub_contact_keeps_their_partners(overseer, staff):
    mine = OrganizationFactory.create_batch(3, owner=staff)

    actions.share_out(by=overseer, today=JANUARY)

    assert {checkin.organization for checkin in CheckIn.objects.of(staff)} == set(mine)


def test_sharing_out_again_adds_only_what_is_missing(overseer):
    OrganizationFactory.create_batch(3)
    actions.share_out(by=overseer, today=JANUARY)
    late = OrganizationFactory()

    planned = actions.share_out(by=overseer, today=date(2026, 6, 1))

    assert (planned, CheckIn.objects.count()) == (1, 4)
    assert CheckIn.objects.get(organization=late).due_on > date(2026, 6, 1)


def test_prospects_and_alumni_are_not_planned_nor_who_was_called_this_year(overseer):
    OrganizationFactory(prospect=True)
    OrganizationFactory(ended=True)
    CheckInFactory(held=True, due_on=date(2026, 1, 2))

    assert actions.share_out(by=overseer, today=JANUARY) == 0


def test_days_spread_over_the_year_and_fall_on_working_days(overseer):
    OrganizationFactory.create_batch(12)

    actions.share_out(by=overseer, today=JANUARY)

    days = list(CheckIn.objects.values_list("due_on", flat=True))
    assert {day.month for day in days} >= {2, 4, 6, 8, 10, 12} - {12}
    assert {day.weekday() for day in days} <= {0, 1, 2, 3, 4}
    assert max(days) <= date(2026, 12, 31)
