"""`backup`, `check_backup` and `restore`, as they are typed."""

import sqlite3
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from network import backup
from network.backup import shelf
from tests.factories import OrganizationFactory, ResourceFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.BACKUP_DIR = str(tmp_path / "backups")
    return tmp_path / "backups"


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_backup_says_what_it_holds(folder):
    ResourceFactory().file.save("guide.txt", ContentFile(b"How to keep mentors"))

    said = run("backup")

    [file] = folder.iterdir()
    assert said.startswith(f"{file}: ")
    assert said.endswith("rows, and 1 uploaded file, restored and compared.\n")


def test_backup_goes_where_it_is_told(tmp_path, settings):
    settings.BACKUP_DIR = ""

    run("backup", "--to", str(tmp_path / "there"), "--keep", "1")

    assert len(shelf.good(tmp_path / "there")) == 1
    with pytest.raises(CommandError, match="Say where to"):
        run("backup")


def test_a_backup_that_fails_is_an_error(folder):
    folder.write_text("a file where the folder should be")

    with pytest.raises(CommandError, match="Cannot write to"):
        run("backup")


def test_check_backup_proves_the_newest_again():
    run("backup")

    assert "is good:" in run("check_backup")


def test_check_backup_objects_to_none_and_to_an_old_one(folder, settings):
    folder.mkdir()
    with pytest.raises(CommandError, match="There is no backup in"):
        run("check_backup")

    backup.make(folder, keep=1, now=timezone.now() - timedelta(hours=27))
    with pytest.raises(CommandError, match="is 27 hours old"):
        run("check_backup")

    settings.BACKUP_DIR = ""
    with pytest.raises(CommandError, match="Name a file"):
        run("check_backup")


def test_check_backup_objects_to_a_damaged_one(folder):
    file, _ = backup.make(folder, keep=1)
    file.write_bytes(file.read_bytes()[:-9])

    with pytest.raises(CommandError, match="damaged or cut short"):
        run("check_backup", str(file))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has its own in test_backup_on_postgresql")
def test_restore_brings_back_rows_and_files_and_overwrites_nothing(folder, tmp_path):
    OrganizationFactory(name="Lakeshore Science Center")
    ResourceFactory().file.save("guide.txt", ContentFile(b"How to keep mentors"))
    file, _ = backup.make(folder, keep=1)
    into, files = tmp_path / "restored.sqlite3", tmp_path / "restored"

    said = run("restore", str(file), "--into", str(into), "--files", str(files))

    assert said.startswith("Restored and compared: ")
    with sqlite3.connect(into) as restored:
        assert restored.execute("SELECT name FROM partners_organization").fetchall() == [("Lakeshore Science Center",)]
    restored.close()
    assert [path.read_bytes() for path in files.rglob("*.*")] == [b"How to keep mentors"]
    with pytest.raises(CommandError, match=r"There is something in .*restored\.sqlite3"):
        run("restore", str(file), "--into", f"sqlite:///{into}", "--files", str(tmp_path / "elsewhere"))
    with pytest.raises(CommandError, match=r"There is something in .*restored\. Name an empty folder"):
        run("restore", str(file), "--into", str(tmp_path / "second.sqlite3"), "--files", str(files))


def test_restore_knows_what_fits(folder):
    file, _ = backup.make(folder, keep=1)
    wrong = "other.sqlite3" if connection.vendor == "postgresql" else "postgres://hub@db.example.org/hub"

    with pytest.raises(CommandError, match=f"This is a backup of {connection.vendor}, and does not fit"):
        run("restore", str(file), "--into", wrong)
    with pytest.raises(CommandError, match="A backup goes into a file, or into a database at postgres"):
        run("restore", str(file), "--into", "mysql://hub@db.example.org/hub")
