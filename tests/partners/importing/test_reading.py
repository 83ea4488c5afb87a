import pytest

from partners.importing import reading
from partners.importing.failures import Refused
from tests.partners.importing.spreadsheets import csv_of

ROWS = [["Name", "City"], ["Musée d’Été", "Québec"], ['The "Lab"', "Akron, OH"]]
CELLS = [["Musée d’Été", "Québec"], ['The "Lab"', "Akron, OH"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_in_the_encodings_and_separators_that_programs_write(encoding, delimiter):
    table = reading.read(csv_of(ROWS, delimiter, encoding), "partners.csv")

    assert table.columns == ["Name", "City"]
    assert [row.cells for row in table.rows] == CELLS


def test_the_number_of_a_row_is_the_one_a_spreadsheet_shows():
    table = reading.read(b'\r\nName,City\r\nA,"two\nlines"\r\n\r\n,\r\nB,x\r\n')

    assert [(row.number, row.cells) for row in table.rows] == [(3, ["A", "two\nlines"]), (6, ["B", "x"])]


def test_a_row_with_too_many_cells_is_a_fault_and_one_with_too_few_is_noted():
    table = reading.read(b"Name,City\nA,B,C\nD\nE,F,,\n")

    assert [(row.cells, row.fault, row.note) for row in table.rows] == [
        (["A", "B"], "The row has 3 cells, and the header has 2.", ""),
        (["D", ""], "", "The row has only 1 of 2 cells; the others are taken as blank."),
        (["E", "F"], "", ""),
    ]


def test_a_heading_may_be_blank_and_control_characters_are_left_out():
    table = reading.read(b"Name,,City,,\nA\x07,\x1fB,C\n")

    assert table.columns == ["Name", "Column 2", "City"]
    assert table.rows[0].cells == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\n\n , \n", "The file is empty."),
        (b"Name,City\n", "The file has a header and no rows below it."),
        ("Name\nMusée".encode("latin-1"), "The letters of this file are not in UTF-8. Save it again as “CSV UTF-8”; "),
        (b"\xff\xfeN", "The letters of this file are not in UTF-8."),
        ("Name\nA".encode("utf-16-le"), "This is not a text file."),
        (b"Name\nA\0\n", "This is not a text file."),
        (b"%PDF-1.7\n", "This is a PDF, not a table."),
        (b"\x89PNG\r\n", "This is a picture, not a table."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old or a password-protected Excel file."),
        (b"<!doctype html><table>", "This is a web page, not a table."),
        (b"Lab,https://lab.example,41.1\nB,,\n", "The first row holds data, not the names of the columns."),
        (b"Name,City,city\nA,B,C\n", "Two columns are called “city”."),
        (b'Name,City\nA,"B\nC,D\n', "Row 2 cannot be read: a quotation mark is opened and not closed"),
        (b"Name\n" + b"x" * 140_000, "Row 2 cannot be read"),
        (",".join(f"c{i}" for i in range(201)).encode() + b"\n1\n", "The file has more than 200 columns."),
        (b"Name\n" + b"A\n" * 100_000, "The file has more than 20,000 rows. Split it and import the parts."),
        (b"Name\n" + b"x" * reading.MAX_BYTES, "The file is larger than 20 MB."),
    ],
)
def test_what_is_no_table_is_refused_with_one_sentence(data, sentence):
    with pytest.raises(Refused) as refusal:
        reading.read(data, "partners.csv")

    assert str(refusal.value).startswith(sentence)


def test_what_was_defused_on_the_way_out_is_restored():
    table = reading.read(b"Name,City\n'=1+1,'Quoted\n")

    assert table.rows[0].cells == ["=1+1", "'Quoted"]
