import io
import time
import tracemalloc
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from partners.importing import reading, workbook
from partners.importing.failures import Refused
from tests.partners.importing.spreadsheets import saved, xlsx_of, zip_of

LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><workbook>&b;</workbook>'


def test_cells_of_every_kind_become_text():
    rows = [["Name", "Lat", "Joined", "Seen", "Open", "Half"], ["Lab", 41, date(2019, 3, 31), None, True, 0.5]]
    rows.append(["Hall", 41.0, datetime(2019, 3, 31), datetime(2019, 3, 31, 8, 30), False, "said"])  # noqa: DTZ001 -- a cell has no zone

    table = reading.read(xlsx_of(rows), "partners.xlsx")

    assert [row.cells for row in table.rows] == [
        ["Lab", "41", "2019-03-31", "", "yes", "0.5"],
        ["Hall", "41", "2019-03-31", "2019-03-31T08:30:00", "no", "said"],
    ]


def test_a_number_that_excel_wrote_with_an_exponent_is_read_as_people_see_it():
    files = unzipped(xlsx_of([["Name", "Lat"], ["Lab", 41]]))
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = files[sheet].replace(b"<v>41</v>", b"<v>4.1E1</v>")

    assert reading.read(zip_of(files)).rows[0].cells == ["Lab", "41"]


def test_a_formula_is_a_bad_row_and_text_that_looks_like_one_is_not():
    book = openpyxl.Workbook()
    book.active.append(["Name", "City"])
    book.active.append(["=A1", "x"])
    book.active.append(["-", "#REF!"])
    book.active["B3"].data_type = "e"
    book.active.append(["Lab", "=SUM(1)"])
    book.active["B4"].data_type = "s"

    table = reading.read(saved(book))

    assert [(row.number, row.fault) for row in table.rows] == [
        (2, "Name is a formula; paste values instead."),
        (3, "City is an error (#REF!); paste values instead."),
        (4, ""),
    ]


def test_the_first_visible_sheet_is_read_and_named_when_there_are_several():
    book = openpyxl.Workbook()
    book.active.append(["Hidden"])
    book.active.sheet_state = "hidden"
    for title in ("Partners", "Notes"):
        sheet = book.create_sheet(title)
        sheet.append(["Name"])
        sheet.append([title])
    book.active = 1

    table = reading.read(saved(book), "all.xlsx")

    assert (table.source, [row.cells for row in table.rows]) == ("all.xlsx, sheet “Partners” of 2", [["Partners"]])


def test_rows_that_do_not_end_together_are_no_fault_in_a_workbook():
    table = reading.read(xlsx_of([["Name", "City"], ["Lab"], ["Hall", "Akron"]]))

    assert [(row.cells, row.fault, row.note) for row in table.rows] == [
        (["Lab", ""], "", ""),
        (["Hall", "Akron"], "", ""),
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04 and then nothing", "This workbook is damaged."),
        (zip_of({"readme.txt": "hello"}), "This is a ZIP file, but not an Excel workbook."),
        (zip_of({"xl/workbook.xml": "not xml"}), "This workbook cannot be read."),
        (zip_of({"xl/workbook.xml": LAUGHS}), "This workbook cannot be read."),
        (zip_of({f"{i}.xml": "" for i in range(1001)}), "This workbook unpacks to far more than it should hold."),
        (xlsx_of([]), "The file is empty."),
    ],
)
def test_a_workbook_that_is_none_is_refused_with_one_sentence(data, sentence):
    with pytest.raises(Refused) as refusal:
        reading.read(data, "partners.xlsx")

    assert str(refusal.value).startswith(sentence)


def test_a_sheet_that_breaks_off_is_refused():
    whole = xlsx_of([["Name"], ["Lab"]])
    with_broken_sheet = zip_of(
        {name: content[:-40] if name.endswith("sheet1.xml") else content for name, content in unzipped(whole).items()}
    )

    with pytest.raises(Refused, match="This workbook cannot be read"):
        reading.read(with_broken_sheet)


def test_a_workbook_with_only_hidden_sheets_is_refused():
    hidden = unzipped(xlsx_of([["Name"], ["Lab"]]))
    hidden["xl/workbook.xml"] = hidden["xl/workbook.xml"].replace(b'state="visible"', b'state="hidden"')

    with pytest.raises(Refused, match="no sheet"):
        reading.read(zip_of(hidden))


def test_a_zip_bomb_is_refused_at_once_and_without_unpacking_it():
    bomb = zip_of({"xl/workbook.xml": "", "xl/worksheets/sheet1.xml": b"0" * (workbook.MAX_UNPACKED + 1)})
    tracemalloc.start()
    began = time.monotonic()

    with pytest.raises(Refused, match="unpacks to far more"):
        reading.read(bomb, "partners.xlsx")

    assert time.monotonic() - began < 1
    assert tracemalloc.get_traced_memory()[1] < 10 * 2**20
    tracemalloc.stop()


def test_a_locked_zip_is_refused():
    data = bytearray(zip_of({"xl/workbook.xml": "x"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1  # the flag "encrypted" in its table of contents

    with pytest.raises(Refused, match="has a password"):
        reading.read(bytes(data))


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
