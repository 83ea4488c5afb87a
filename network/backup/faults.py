"""What goes wrong with a backup, said in one sentence."""

import sqlite3
import tarfile
import zlib
from contextlib import contextmanager
from gzip import BadGzipFile

import psycopg2


class BackupFailed(Exception):
    """No good backup came of it. The message is a sentence for whoever runs the hub."""


class Busy(BackupFailed):
    """Somebody else is at it."""


@contextmanager
def said_plainly(what):
    """Whatever a disk, a file or a database answers becomes one sentence that begins with `what`."""
    try:
        yield
    except (EOFError, BadGzipFile, zlib.error, tarfile.TarError) as error:
        raise BackupFailed(f"{what}: the file is damaged or cut short ({first_line(error)}).") from error
    except (OSError, sqlite3.Error, psycopg2.Error) as error:
        raise BackupFailed(f"{what}: {first_line(error)}.") from error


def first_line(error):
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")
