"""The hub's own upkeep: a backup every night, and an alarm when there was none."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from network import backup, beat, clock
from network.backup import shelf
from network.backup.faults import BackupFailed
from outbox.models import Letter
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)
NIGHT = datetime(2026, 11, 22, 1, 20, tzinfo=ZoneInfo(settings.TIME_ZONE))


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.BACKUP_DIR = str(tmp_path / "backups")
    return tmp_path / "backups"


@pytest.fixture
def quick(folder, monkeypatch):
    """Backups of nothing, for tests of when. What stands in `fault` keeps them from being made."""
    fault = []

    def make(folder, *, keep, now):
        if fault:
            raise BackupFailed(*fault)
        folder.mkdir(exist_ok=True)
        (folder / now.astimezone(UTC).strftime(shelf.NAME)).touch()

    monkeypatch.setattr(backup, "make", make)
    return fault


def made(folder):
    return [shelf.made_at(file) for file in shelf.good(folder)]


def test_the_clock_knows_the_task():
    assert beat.every_hour.name in {entry["task"] for entry in clock.SCHEDULE.values()}


def test_a_backup_is_made_at_night(folder):
    beat.every_hour(now=NIGHT)

    assert made(folder) == [NIGHT]


def test_there_is_one_backup_a_night(folder, quick):
    for hour in range(26):
        beat.every_hour(now=NIGHT + hour * HOUR)

    assert made(folder) == [NIGHT, NIGHT + 24 * HOUR]


def test_a_night_that_was_missed_is_made_up_for_by_day(folder, quick):
    beat.every_hour(now=NIGHT)

    for hour in range(32, 35):  # the machine comes back in the morning of the next day
        beat.every_hour(now=NIGHT + hour * HOUR)

    assert made(folder) == [NIGHT, NIGHT + 32 * HOUR]


def test_nothing_is_backed_up_where_there_is_no_place_for_it(settings, folder, overseer):
    settings.BACKUP_DIR = ""

    beat.every_hour(now=NIGHT)

    assert not folder.exists()
    assert Letter.objects.count() == 0


def test_overseers_hear_once_a_day_that_there_is_no_backup(quick, overseer, staff, caplog):
    UserFactory(overseer=True, is_active=False)
    quick.append("The disk is full.")

    for hour in range(3):
        beat.every_hour(now=NIGHT + hour * HOUR)

    letter = Letter.objects.get()
    assert (letter.to_email, letter.state) == (overseer.email, Letter.State.APPROVED)
    assert "has no good backup yet" in letter.text
    assert "The disk is full." in letter.text
    assert "No backup was made. The disk is full." in caplog.text
    beat.every_hour(now=NIGHT + 24 * HOUR)
    assert Letter.objects.count() == 2


def test_the_alarm_says_when_the_last_good_one_was_made(quick, overseer):
    beat.every_hour(now=NIGHT)
    quick.append("The disk is full.")

    beat.every_hour(now=NIGHT + 26 * HOUR)
    assert Letter.objects.count() == 0
    beat.every_hour(now=NIGHT + 27 * HOUR)

    assert "was made on 22 November 2026, 01:20" in Letter.objects.get().text


def test_a_backup_that_is_under_way_is_left_alone(folder, overseer):
    with shelf.workshop(folder):
        beat.every_hour(now=NIGHT)

    assert made(folder) == []
    assert Letter.objects.count() == 0
