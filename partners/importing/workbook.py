"""The first sheet of an .xlsx workbook. It is a ZIP of XML from a stranger: weighed before it is opened."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl

from partners.importing.failures import Refused

MAX_UNPACKED = 50 * 2**20
MAX_FILES = 1000
MAX_RATIO = 200  # sheets pack 10 to 50 times; a bomb packs a thousand times


def records(data):
    """The sheet's name where there are several, and its rows: (number, cells, fault)."""
    weigh(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Exception:  # whatever a broken or hostile file provokes in the parser, to the reader it is the same
        raise Refused("This workbook cannot be read. Open it in Excel and save it again as .xlsx.")
    if not sheets:
        raise Refused("This workbook has no sheet with cells.")
    name = f"sheet “{sheets[0].title}” of {len(sheets)}" if len(sheets) > 1 else ""
    return name, _rows(sheets[0])


def weigh(data):
    """Refuse by the table of contents alone. The reader stops at the sizes stated there, so they cannot lie low."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused("This workbook is damaged. Open it in Excel and save it again as .xlsx.")
    unpacked = sum(file.file_size for file in files)
    if unpacked > MAX_UNPACKED or len(files) > MAX_FILES or unpacked > MAX_RATIO * max(len(data), 2**16):
        raise Refused("This workbook unpacks to far more than it should hold. Copy the cells into a new one.")
    if any(file.flag_bits & 1 for file in files):
        raise Refused("This file has a password. Save it as .xlsx without one.")
    if not any(file.filename == "xl/workbook.xml" for file in files):
        raise Refused("This is a ZIP file, but not an Excel workbook. Save the table as .xlsx or as CSV UTF-8.")


def _rows(sheet):
    sheet.reset_dimensions()  # some programs state them wrong, and the reader would believe them
    header = None
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            texts = [_text(cell.value) for cell in cells]
            if header is None and any(texts):
                header = texts
            yield number, texts, _fault(cells, header or [])
    except Exception:  # the sheet is parsed as it is read
        raise Refused("This workbook cannot be read. Open it in Excel and save it again as .xlsx.")


def _fault(cells, header):
    for place, cell in enumerate(cells):
        if cell.data_type in ("f", "e"):
            column = header[place] if place < len(header) and header[place] else f"Column {place + 1}"
            what = "a formula" if cell.data_type == "f" else f"an error ({cell.value})"
            return f"{column} is {what}; paste values instead."
    return ""


def _text(value):
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)
