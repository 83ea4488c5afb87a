"""What was asked for and forgotten is begun again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners import actions, beat
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes", "done"), [(9, False), (11, True)])
def test_a_bulk_change_whose_task_was_lost_is_begun_again(staff, monkeypatch, minutes, done):
    monkeypatch.setattr("partners.actions.bulk.AT_ONCE", 0)
    lake = OrganizationFactory()
    change = actions.change_many([lake.pk], kind="tag", value="Rural", by=staff)

    beat.every_minute(now=timezone.now() + timedelta(minutes=minutes))

    change.refresh_from_db()
    assert (change.is_waiting, lake.tags.exists()) == (not done, done)
