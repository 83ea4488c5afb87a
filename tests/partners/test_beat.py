"""What was asked for and forgotten is begun again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners import actions, beat
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes", "again"), [(9, 0), (11, 1)])
def test_a_bulk_change_whose_task_was_lost_is_begun_again(staff, monkeypatch, minutes, again):
    monkeypatch.setattr("partners.actions.bulk.AT_ONCE", 0)
    change = actions.change_many([OrganizationFactory().pk], kind="tag", value="Rural", by=staff)
    begun = []
    monkeypatch.setattr("partners.tasks.carry_out.delay", begun.append)

    beat.every_minute(now=timezone.now() + timedelta(minutes=minutes))

    assert begun == [change.pk] * again
