"""What may come into the library as a file. Its name claims a type; its content has to prove it."""

import codecs
import re
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.core.exceptions import ValidationError
from django.core.files import File

MAX_BYTES = 20 * 2**20
MAX_UNPACKED = 100 * 2**20
MAX_PARTS = 1000
MAX_CONTENTS = 2**19  # bytes of a ZIP's table of contents: what a thousand parts need, not what a bomb has
MAX_SIDE = 20_000  # pixels

WELCOME = "PDF, Word, Excel, PowerPoint, PNG, JPEG, CSV, Markdown or plain text"
UNTEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# What makes a browser that guesses take a text for a page.
MARKUP = re.compile(r"\A\s*<|<(!doctype|html|head|body|script|svg|iframe|style|object|embed|meta)\b", re.IGNORECASE)
SNIFFED = 2048


class Refused(ValidationError):
    """A file that may not come in, with the one sentence that says why."""


@dataclass(frozen=True)
class Document:
    """A file that was let in: its content is what its type says, its name is safe to show and to save."""

    file: File
    name: str
    type: str
    size: int


def inspect(file):
    """The file as a `Document`, or `Refused`. Nothing is unpacked, decoded or drawn."""
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in TYPES:
        raise Refused(f"We can take {WELCOME}, not this kind of file.")
    if not file.size:
        raise Refused("The file is empty.")
    if file.size > MAX_BYTES:
        raise Refused("The file is larger than 20 MB. Put it somewhere on the web and give the link.")
    type_, check = TYPES[suffix]
    file.seek(0)
    check(file)
    file.seek(0)
    return Document(file, clean_name(file.name), type_, file.size)


def clean_name(name):
    """A file name to show and to save: no path, no control or direction characters, not too long, its suffix kept."""
    name = PurePath(name.replace("\\", "/")).name
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    path = PurePath(re.sub(r'[:*?"<>|]+', "_", " ".join(name.split())).lstrip(". "))
    return f"{path.stem[:150] or 'file'}{path.suffix.lower()}" if path.suffix else f"file.{path.name.lower()}"


def pdf(file):
    _require(_begins(file, b"%PDF-", "application/pdf"), "This is not a PDF inside. Save it as PDF again.")


def png(file):
    good = _begins(file, b"\x89PNG\r\n\x1a\n", "image/png")
    _require(good, "This is not a PNG picture inside. Save it as PNG again.")
    _require(max(struct.unpack(">II", file.read(24)[16:].ljust(8, b"\0"))) <= MAX_SIDE, TOO_WIDE)


def jpeg(file):
    good = _begins(file, b"\xff\xd8\xff", "image/jpeg")
    _require(good, "This is not a JPEG picture inside. Save it as JPEG again.")
    _require(max(_jpeg_sides(file.read(2**20))) <= MAX_SIDE, TOO_WIDE)


def office(part, program):
    """A check for a file of an office program: a ZIP that holds `part`, of bearable size, without macros."""

    def check(file):
        damaged = f"This is not a {program} file inside. Open it in {program} and save it again."
        _require(file.read(4) == b"PK\x03\x04", damaged)
        _weigh_contents(file, damaged)
        try:
            with zipfile.ZipFile(file) as archive:
                parts = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Refused(damaged)
        names = {entry.filename for entry in parts}
        _require({"[Content_Types].xml", part} <= names, damaged)
        unpacked = sum(entry.file_size for entry in parts)
        _require(len(parts) <= MAX_PARTS and unpacked <= MAX_UNPACKED, TOO_MUCH)
        _require(not any(entry.flag_bits & 1 for entry in parts), "The file has a password. Save it without one.")
        _require(not any("vbaproject" in name.lower() for name in names), "The file has macros. Save it without them.")

    return check


def text(file):
    """UTF-8, without control characters, and nothing that a browser would take for a page."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    start = ""
    try:
        while chunk := file.read(2**16):
            piece = decoder.decode(chunk)
            _require(not UNTEXT.search(piece), "This is not a text inside.")
            start = (start + piece)[:SNIFFED] if len(start) < SNIFFED else start
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refused("The letters of this text are not in UTF-8. Save it again as UTF-8.")
    _require(not MARKUP.search(start), PAGE)
    _require(not _named(start.encode()) & {"text/html", "image/svg+xml"}, PAGE)


TOO_WIDE = f"The picture is more than {MAX_SIDE:,} pixels wide or high. Save it smaller."
TOO_MUCH = "The file unpacks to far more than it should hold. Save it again, smaller."
PAGE = "This is a web page, not a text. Give its link instead."
TYPES = {
    ".pdf": ("application/pdf", pdf),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        office("word/document.xml", "Word"),
    ),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        office("xl/workbook.xml", "Excel"),
    ),
    ".pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        office("ppt/presentation.xml", "PowerPoint"),
    ),
    ".png": ("image/png", png),
    ".jpg": ("image/jpeg", jpeg),
    ".jpeg": ("image/jpeg", jpeg),
    ".csv": ("text/csv", text),
    ".md": ("text/markdown", text),
    ".txt": ("text/plain", text),
}


def _require(good, sentence):
    if not good:
        raise Refused(sentence)


def _begins(file, signature, type_):
    """Ours and puremagic's opinion agree; leaves the file at its start."""
    head = file.read(SNIFFED)
    file.seek(0)
    return head.startswith(signature) and type_ in _named(head)


def _named(head):
    """Every type that these first bytes could be."""
    try:
        return {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _weigh_contents(file, damaged):
    """Look at the end of the ZIP before anything reads its table of contents: a bomb may list half a million parts."""
    file.seek(max(0, file.size - 2**16))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    _require(end >= 0 and len(tail) >= end + 22, damaged)
    _require(b"PK\x06\x07" not in tail, TOO_MUCH)  # the 64-bit format: nothing under 20 MB needs it
    (size,) = struct.unpack("<I", tail[end + 12 : end + 16])
    _require(size <= MAX_CONTENTS, TOO_MUCH)


def _jpeg_sides(data):
    """Height and width from the frame header, or zeros where there is none to be found."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return struct.unpack(">HH", data[place + 5 : place + 9])
        place += 2 + length
    return 0, 0
