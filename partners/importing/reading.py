"""From the bytes of a file to a table of text. What the bytes are decides, not what the file is called."""

import codecs
import csv
import io
import re
from dataclasses import dataclass, field

from partners.importing import formulas
from partners.importing.failures import Refused

MAX_BYTES = 20 * 2**20
MAX_ROWS = 20_000
MAX_COLUMNS = 200

FOREIGN = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"{\\rtf": "a text document",
}
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK"
# Never text, and no database keeps them all: control characters, halves of surrogate pairs.
UNTEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def as_read(text):
    """What the import makes of a text: without what is no text, and with single blanks."""
    return " ".join(UNTEXT.sub("", text).split())


@dataclass
class Row:
    """One row as typed. The number is the one a spreadsheet shows beside it."""

    number: int
    cells: list[str]
    fault: str = ""
    note: str = ""


@dataclass
class Table:
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    source: str = ""


def read(data, name=""):
    """The table in these bytes, CSV or XLSX; `Refused` with one sentence when there is none."""
    if len(data) > MAX_BYTES:
        raise Refused("The file is larger than 20 MB. Split it and import the parts.")
    if data.startswith(OLD_EXCEL):
        raise Refused("This is an old or a password-protected Excel file. Save it as .xlsx without a password.")
    if data.startswith(ZIP):
        from partners.importing import workbook  # noqa: PLC0415 -- slow import

        sheet, records = workbook.records(data)
        return table(records, source=f"{name}, {sheet}" if sheet else name)
    for magic, kind in FOREIGN.items():
        if data.startswith(magic):
            raise Refused(f"This is {kind}, not a table. Choose a CSV or an Excel (.xlsx) file.")
    return table(csv_records(decode(data)), source=name, ragged=True)


def decode(data):
    """The text of a CSV file: UTF-8, or UTF-16 that says so."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            "The letters of this file are not in UTF-8. Save it again as “CSV UTF-8”; "
            "Excel has it in the list under “Save as”."
        )
    if "\0" in text:
        raise Refused("This is not a text file. Choose a CSV or an Excel (.xlsx) file.")
    if text.lstrip()[:1] == "<":
        raise Refused("This is a web page, not a table. Choose a CSV or an Excel (.xlsx) file.")
    return text


def csv_records(text):
    """Row by row: (number, cells, fault). The separator is the one that finds most columns in the header."""
    head = text.lstrip("\r\n")
    delimiter = max(",;\t", key=lambda sign: len(next(csv.reader(io.StringIO(head, newline=""), delimiter=sign), [])))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells, ""
    except csv.Error:
        raise Refused(f"Row {number + 1} cannot be read: a quotation mark is opened and not closed, or the reverse.")


def table(records, *, source, ragged=False):
    """The first row that holds something is the header; empty rows below are passed over."""
    columns, rows = None, []
    for number, record, fault in records:
        cells = [UNTEXT.sub("", cell) for cell in record]
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = header(cells)
        elif len(rows) == MAX_ROWS:
            raise Refused(f"The file has more than {MAX_ROWS:,} rows. Split it and import the parts.")
        else:
            rows.append(row(number, cells, fault, width=len(columns), ragged=ragged))
    if columns is None:
        raise Refused("The file is empty.")
    if not rows:
        raise Refused("The file has a header and no rows below it.")
    return Table(columns, rows, source)


def header(cells):
    """The column names; a row that looks like data is not a header."""
    while not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        raise Refused(f"The file has more than {MAX_COLUMNS} columns. Keep those that say something about partners.")
    names = [" ".join(cell.split()) or f"Column {place}" for place, cell in enumerate(cells, start=1)]
    if any("://" in name or "@" in name or formulas.NUMBER.fullmatch(name) for name in names):
        raise Refused("The first row holds data, not the names of the columns. Add a row of column names above it.")
    seen = set()
    for name in names:
        if name.casefold() in seen:
            raise Refused(f"Two columns are called “{name}”. Give each a name of its own.")
        seen.add(name.casefold())
    return names


def row(number, cells, fault, *, width, ragged):
    """A row of exactly `width` cells. One too long has a comma too many somewhere: it is not guessed at."""
    if any(cell.strip() for cell in cells[width:]) and not fault:
        fault = f"The row has {len(cells)} cells, and the header has {width}."
    short = ragged and len(cells) < width
    note = f"The row has only {len(cells)} of {width} cells; the others are taken as blank." if short else ""
    cells = [formulas.restore(cell) for cell in cells[:width]]
    return Row(number, cells + [""] * (width - len(cells)), fault, note)
