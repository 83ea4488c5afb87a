"""A backup is what restores: each of these runs on both databases, beside real files."""

import json
import resource
import tarfile
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from library.models import Resource
from network import backup
from network.backup import archive, shelf
from network.backup.faults import BackupFailed, Busy
from partners.models import Organization
from tests.factories import OrganizationFactory, PersonFactory, ResourceFactory

pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = datetime(2026, 11, 22, 3, 20, tzinfo=UTC)


@pytest.fixture
def shelves(tmp_path, settings):
    """A folder for backups, and one for uploads with nothing in it yet."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "backups"


@pytest.fixture
def good(shelves):
    """A backup of three partners and one upload."""
    OrganizationFactory.create_batch(3)
    ResourceFactory().file.save("guide.txt", ContentFile(b"How to keep mentors"))
    file, _ = backup.make(shelves, keep=3, now=NIGHT)
    return file


def in_folder(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_holds_every_table_and_every_upload(good, tmp_path):
    manifest = backup.prove(good, tmp_path)

    with connection.cursor() as cursor:
        ours = {name for name in connection.introspection.table_names(cursor) if not name.startswith("sqlite")}
    name = Resource.objects.get().file.name
    assert ours <= manifest["tables"].keys()
    assert manifest["tables"]["partners_organization"]["rows"] == 3
    assert manifest["files"].keys() == {archive.DUMP, archive.FILES + name}
    assert in_folder(good.parent) == ["trellis-20261122T032000Z.tar.gz"]


def test_a_table_that_no_model_knows_is_in_it_too(shelves):
    with connection.cursor() as cursor:
        binary = {"sqlite": "blob", "postgresql": "bytea"}[connection.vendor]
        cursor.execute(f"CREATE TABLE left_by_hand (note text, size real, photo {binary})")
        cursor.execute("INSERT INTO left_by_hand VALUES ('a ¦ b', 0.1, NULL), ('a ¦ b', 0.1, NULL)")
    try:
        _, manifest = backup.make(shelves, keep=1)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE left_by_hand")

    assert manifest["tables"]["left_by_hand"]["columns"] == ["note", "size", "photo"]
    assert manifest["tables"]["left_by_hand"]["rows"] == 2


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(shelves, tmp_path):
    stop, wrote = threading.Event(), threading.Event()

    def write():
        while not stop.is_set():
            with transaction.atomic():
                PersonFactory(organization=OrganizationFactory())
            wrote.set()
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert wrote.wait(30)
        before = Organization.objects.count()
        file, manifest = backup.make(shelves, keep=1)
        after = Organization.objects.count()
    finally:
        stop.set()
        writer.join()

    rows = {name: table["rows"] for name, table in manifest["tables"].items()}
    assert before <= rows["partners_organization"] < after
    assert rows["partners_organization"] == rows["partners_person"]
    assert backup.prove(file, tmp_path) == manifest


def test_a_backup_cut_short_is_not_good(good, tmp_path):
    whole = good.read_bytes()

    for length in (0, 9, len(whole) // 100, len(whole) // 2, len(whole) - 4):
        good.write_bytes(whole[:length])
        with pytest.raises(BackupFailed, match=f"{good.name} cannot be read: the file is damaged or cut short"):
            backup.prove(good, tmp_path)


def test_a_backup_with_one_wrong_bit_is_not_good(good, tmp_path):
    whole = good.read_bytes()

    for byte in range(len(whole) // 50, len(whole), len(whole) // 50):
        good.write_bytes(whole[:byte] + bytes([whole[byte] ^ 1]) + whole[byte + 1 :])
        with pytest.raises(BackupFailed, match=f"{good.name} cannot be read: the file is damaged or cut short"):
            backup.prove(good, tmp_path)


def forge(good, change):
    """The same backup with a manifest that says something else."""
    forged = good.with_name("forged.tar.gz")
    with tarfile.open(good) as old, tarfile.open(forged, "w:gz") as new:
        for entry in old:
            content = old.extractfile(entry).read()
            if entry.name == archive.MANIFEST:
                manifest = json.loads(content)
                change(manifest)
                content = json.dumps(manifest).encode()
                entry.size = len(content)
            new.addfile(entry, BytesIO(content))
    return forged


PARTNERS = "partners_organization"
CHANGES = {
    f"{PARTNERS} had 4 rows and restores to 3": lambda manifest: manifest["tables"][PARTNERS].update(rows=4),
    f"{PARTNERS} does not restore to the same": lambda manifest: manifest["tables"][PARTNERS].update(checksum="0"),
    "does not restore to the same tables: gone": lambda manifest: manifest["tables"].update(gone={}),
    "damaged: database.dump": lambda manifest: manifest["files"][archive.DUMP].update(sha256="0"),
    "This is a backup of oracle": lambda manifest: manifest["database"].update(vendor="oracle"),
}


def test_whatever_restores_to_something_else_is_not_good(good, tmp_path):
    for sentence, change in CHANGES.items():
        with pytest.raises(BackupFailed, match=sentence):
            backup.prove(forge(good, change), tmp_path)


def test_an_archive_of_something_else_is_no_backup(tmp_path):
    with tarfile.open(tmp_path / "photos.tar.gz", "w:gz") as photos:
        photos.addfile(tarfile.TarInfo("beach.jpg"))

    with pytest.raises(BackupFailed, match="is no backup: it has no manifest"):
        backup.prove(tmp_path / "photos.tar.gz", tmp_path)


def test_an_upload_that_is_gone_is_said_and_no_backup_is_made(good):
    upload = Resource.objects.get().file
    upload.storage.delete(upload.name)

    with pytest.raises(BackupFailed, match=f"The file {upload.name}, which library_resource names, is missing"):
        backup.make(good.parent, keep=1)

    assert in_folder(good.parent) == [good.name]


def test_a_full_disk_is_said_and_leaves_the_earlier_backup_alone(good):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))  # no file of ours may grow further
    try:
        with pytest.raises(BackupFailed):
            backup.make(good.parent, keep=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert in_folder(good.parent) == [good.name]


def test_the_oldest_go_once_a_new_one_is_good(shelves):
    for day in range(4):
        backup.make(shelves, keep=2, now=NIGHT + timedelta(days=day))

    assert in_folder(shelves) == ["trellis-20261124T032000Z.tar.gz", "trellis-20261125T032000Z.tar.gz"]


def test_two_backups_are_not_made_at_once(shelves):
    with shelf.workshop(shelves), pytest.raises(Busy, match="Another backup is being made"):
        backup.make(shelves, keep=1)


def test_what_a_killed_backup_left_is_cleared_away(shelves):
    (shelves / shelf.WORKSHOP).mkdir(parents=True)
    (shelves / shelf.WORKSHOP / "backup.tar.gz").write_bytes(b"half")

    file, _ = backup.make(shelves, keep=1)

    assert in_folder(shelves) == [file.name]


def test_a_folder_that_cannot_be_made_is_said(shelves):
    shelves.write_text("a file where the folder should be")

    with pytest.raises(BackupFailed, match="Cannot write to"):
        backup.make(shelves, keep=1)
