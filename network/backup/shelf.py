"""The folder that backups are kept in. A file with a backup's name was restored and compared when it got that name."""

import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from network.backup.faults import BackupFailed, Busy, said_plainly

NAME = "trellis-%Y%m%dT%H%M%SZ.tar.gz"
WORKSHOP = "trellis.part"  # whatever is not finished is in here
NIGHT = range(1, 5)
STALE = timedelta(hours=26)  # older than this, the newest one is a cause for alarm


@contextmanager
def workshop(folder):
    """A folder to work in, for one at a time; nothing of it stays."""
    with said_plainly(f"Cannot write to {folder}"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    room = folder / WORKSHOP
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # let go by itself, however this process ends
        except BlockingIOError:
            raise Busy(f"Another backup is being made in {folder}.")
        with said_plainly(f"Cannot write to {folder}"):
            shutil.rmtree(room, ignore_errors=True)
            room.mkdir(mode=0o700)
        try:
            yield room
        finally:
            shutil.rmtree(room, ignore_errors=True)
    finally:
        os.close(handle)


def publish(part, folder, *, now, keep):
    """Give a proven backup its name, and let go of the oldest beyond `keep`."""
    file = folder / now.astimezone(UTC).strftime(NAME)
    with part.open("rb") as stream:
        os.fsync(stream.fileno())
    os.replace(part, file)
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    for old in good(folder)[:-keep]:
        old.unlink()
    return file


def good(folder):
    """The backups of a folder, oldest first."""
    return sorted((path for path in folder.glob("trellis-*.tar.gz") if made_at(path)), key=made_at)


def made_at(file):
    """The moment in a backup's name; None for any other file."""
    with suppress(ValueError):
        return datetime.strptime(file.name, NAME).replace(tzinfo=UTC)


def age(folder, now):
    """How old the newest backup is; without any, too old."""
    found = good(folder)
    return now - made_at(found[-1]) if found else timedelta.max


def is_due(folder, now):
    """Once a night. A night that was missed is made up for by day, as soon as a day has passed."""
    by_night = timezone.localtime(now).hour in NIGHT
    return age(folder, now) >= timedelta(hours=12 if by_night else 24)


def newest(folder):
    if found := good(folder):
        return found[-1]
    raise BackupFailed(f"There is no backup in {folder}.")
