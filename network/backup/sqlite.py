"""A SQLite database, copied by its online backup while others write."""

import hashlib
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from network.backup.faults import BackupFailed
from network.backup.tables import summary


class SQLite:
    vendor = "sqlite"

    def __init__(self, path):
        self.path = Path(path)

    def __str__(self):
        return str(self.path)

    def version(self):
        return sqlite3.sqlite_version

    def dump(self, file):
        """Copy the database into `file`, and answer what it held at that very moment."""
        with self.reading() as source, closing(sqlite3.connect(file)) as copy:
            source.execute("BEGIN")
            names(source)  # the first look fixes the moment: what others commit from here on is not seen
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
            return tables(source)

    def tables(self):
        with self.reading() as connection:
            return tables(connection)

    def is_empty(self):
        if not self.path.exists():
            return True
        with self.reading() as connection:
            return not names(connection)

    def restore(self, file):
        """Move a dump to where this database is to be, once SQLite itself finds no fault with it."""
        with SQLite(file).reading() as connection:
            [said] = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if said != b"ok":
                raise BackupFailed(f"SQLite finds the copy damaged: {said.decode()}.")
            if row := connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupFailed(
                    f"A row of {row[0].decode()} points at a row of {row[2].decode()} that is not there."
                )
        shutil.move(file, self.path)

    def values(self, table, column):
        """The distinct texts of a column."""
        with self.reading() as connection:
            return {
                value.decode() for [value] in connection.execute(f'SELECT DISTINCT "{column}" FROM "{table}"') if value
            }

    @contextmanager
    def scratch(self, room):
        """An empty database in the folder `room`."""
        yield SQLite(room / "restored.sqlite3")

    @contextmanager
    def reading(self):
        uri = f"{self.path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=60)) as connection:
            connection.text_factory = bytes  # as it is stored, be it text or not
            yield connection


def names(connection):
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name.decode() for [name] in found.fetchall()]


def tables(connection):
    return {name: table(connection, name) for name in names(connection)}


def table(connection, name):
    rows = total = 0
    found = connection.execute(f'SELECT * FROM "{name}"')
    for row in found:
        rows += 1
        total += int.from_bytes(hashlib.md5(repr(row).encode(), usedforsecurity=False).digest()[:8])
    return summary([column[0] for column in found.description], rows, total)
