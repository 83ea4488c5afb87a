"""One backup is one file: a compressed tar of the dump, the uploads and, last of all, a manifest that names each."""

import gzip
import hashlib
import json
import tarfile
from io import BytesIO

from network.backup.faults import BackupFailed, said_plainly

DUMP, FILES, MANIFEST = "database.dump", "files/", "manifest.json"
CHUNK = 2**20


class Hashing:
    """Reads a stream to somebody else, and knows the hash of what went by."""

    def __init__(self, stream):
        self.stream = stream
        self.sha256 = hashlib.sha256()

    def read(self, size):
        block = self.stream.read(size)
        self.sha256.update(block)
        return block


def pack(file, *, dump, uploads, manifest):
    """Write the archive. The manifest gains name, size and sha256 of each file in it."""
    with tarfile.open(file, "w:gz", compresslevel=6) as tar:
        parts = {DUMP: add(tar, dump, DUMP)}
        for path in sorted(uploads.rglob("*")):
            if path.is_file() and not path.is_symlink():
                name = FILES + path.relative_to(uploads).as_posix()
                try:
                    parts[name] = add(tar, path, name)
                except FileNotFoundError:
                    continue  # removed in these seconds. Should a row still name it, the proof will fail
        text = json.dumps({**manifest, "files": parts}, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        tar.addfile(entry, BytesIO(text))


def add(tar, path, name):
    with path.open("rb") as stream:
        entry = tar.gettarinfo(arcname=name, fileobj=stream)
        through = Hashing(stream)
        tar.addfile(entry, through)
    return {"bytes": entry.size, "sha256": through.sha256.hexdigest()}


def read(file):
    """The manifest of an archive, after every byte of it was read and is what was written."""
    found, text = {}, b""
    with said_plainly(f"{file.name} cannot be read"), gzip.open(file) as stream:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for entry in tar:
                if entry.name == MANIFEST:
                    text = tar.extractfile(entry).read()
                else:
                    found[entry.name] = digest(tar.extractfile(entry))
        while stream.read(CHUNK):  # to the very end, where the checksum of the whole stands
            pass
    if not text:
        raise BackupFailed(f"{file.name} is no backup: it has no manifest.")
    manifest = json.loads(text)
    if wrong := [name for name, part in manifest["files"].items() if found.get(name) != part["sha256"]]:
        raise BackupFailed(f"{file.name} is damaged: {wrong[0]} is not what was written.")
    return manifest


def digest(stream):
    sha256 = hashlib.sha256()
    while block := stream.read(CHUNK):
        sha256.update(block)
    return sha256.hexdigest()


def unpack(file, *, dump, uploads=None):
    """Take the dump out of an archive and, into the folder `uploads`, the files."""
    with said_plainly(f"{file.name} cannot be unpacked"), tarfile.open(file, "r:gz") as tar:
        for entry in tar:
            if entry.name == DUMP:
                tar.extract(entry.replace(name=dump.name), dump.parent, filter="data")
            elif uploads and entry.name.startswith(FILES):
                tar.extract(entry.replace(name=entry.name.removeprefix(FILES)), uploads, filter="data")
