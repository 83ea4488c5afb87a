"""A backup is good once it was restored into an empty database and every table of it compared.

One file holds the database as it was at one moment, everything that was uploaded, and a manifest with the rows and a
checksum of every table. The secret key is not in it.
"""

import platform

import django
import environ
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import FileField
from django.utils import timezone

from network.backup import archive, shelf
from network.backup.faults import BackupFailed, said_plainly
from network.backup.postgresql import PostgreSQL
from network.backup.sqlite import SQLite
from network.backup.tables import compare


def ours():
    """The database that this hub works with."""
    if connection.vendor == "sqlite":
        return SQLite(connection.settings_dict["NAME"])
    return PostgreSQL(connection.get_connection_params())


def at(address):
    """The database at a URL, or at the path of a file."""
    if "://" not in address:
        return SQLite(address)
    url = environ.Env.db_url_config(address)
    if url["ENGINE"].endswith("sqlite3"):
        return SQLite(url["NAME"])
    if not url["ENGINE"].endswith("postgresql"):
        raise BackupFailed("A backup goes into a file, or into a database at postgres://user:password@host/name.")
    places = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return PostgreSQL({name: url[key] for name, key in places.items() if url.get(key)} | url.get("OPTIONS", {}))


def make(folder, *, keep, now=None):
    """Write one backup into `folder`, prove it, and only then let it look like one. Answers it and its manifest."""
    now = now or timezone.now()
    database = ours()
    with shelf.workshop(folder) as room, said_plainly("No backup was made"):
        part, dump = room / "backup.tar.gz", room / archive.DUMP
        tables = database.dump(dump)
        manifest = {
            "made": now.isoformat(timespec="seconds"),
            "database": {"vendor": database.vendor, "version": database.version()},
            "software": {"python": platform.python_version(), "django": django.__version__},
            "tables": tables,
        }
        archive.pack(part, dump=dump, uploads=settings.MEDIA_ROOT, manifest=manifest)
        dump.unlink()
        manifest = prove(part, room)
        return shelf.publish(part, folder, now=now, keep=keep), manifest


def prove(file, room):
    """Restore a backup into an empty database, compare, and drop that. `room` is a folder to work in."""
    manifest = archive.read(file)
    database = ours()
    must_fit(manifest, database)
    dump = room / archive.DUMP
    archive.unpack(file, dump=dump)
    with said_plainly(f"{file.name} does not restore"), database.scratch(room) as empty:
        empty.restore(dump)
        dump.unlink(missing_ok=True)
        compare(manifest["tables"], empty.tables())
        all_uploads_are_there(manifest, empty)
    return manifest


def restore(file, *, into, uploads, room):
    """Put a backup into an empty database and an empty folder, and compare. Answers its manifest."""
    manifest = archive.read(file)
    must_fit(manifest, into)
    with said_plainly(f"{file.name} was not restored"):
        if not into.is_empty():
            raise BackupFailed(f"There is something in {into}. A backup is restored into an empty one.")
        if uploads.exists() and any(uploads.iterdir()):
            raise BackupFailed(f"There is something in {uploads}. Name an empty folder: --files FOLDER.")
        dump = room / archive.DUMP
        archive.unpack(file, dump=dump, uploads=uploads)
        into.restore(dump)
        compare(manifest["tables"], into.tables())
    return manifest


def must_fit(manifest, database):
    vendor = manifest["database"]["vendor"]
    if vendor != database.vendor:
        raise BackupFailed(f"This is a backup of {vendor}, and does not fit {database}, which is {database.vendor}.")


def all_uploads_are_there(manifest, database):
    """Every file that a row names is in the backup."""
    for table, column in upload_columns():
        if column in manifest["tables"].get(table, {}).get("columns", []):
            for name in sorted(database.values(table, column)):
                if archive.FILES + name not in manifest["files"]:
                    raise BackupFailed(f"The file {name}, which {table} names, is missing from {settings.MEDIA_ROOT}.")


def upload_columns():
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
    ]
