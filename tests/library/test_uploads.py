import time
import tracemalloc

import pytest

from library import uploads
from tests.library import documents
from tests.library.documents import DOCX, EXE, HTML, PDF, PNG, PPTX, SVG, XLSX, file, jpeg, office

GOOD = [
    ("guide.pdf", PDF, "application/pdf"),
    ("GUIDE.PDF", PDF, "application/pdf"),
    ("plan.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("table.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("slides.pptx", PPTX, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("photo.png", PNG, "image/png"),
    ("photo.jpg", jpeg(), "image/jpeg"),
    ("photo.jpeg", jpeg(), "image/jpeg"),
    ("rows.csv", "\ufeffname;town\nZoë;Århus\n".encode(), "text/csv"),
    ("rows.csv", b"ID;Place\n1;Ohio\n", "text/csv"),
    ("notes.md", b"# Notes\n\nif a < b then <b>bold</b>\n", "text/markdown"),
    ("notes.txt", "€".encode() * 30_000, "text/plain"),
]
WORD, PASSWORD = "This is not a Word file inside.", "The file has a password."
BAD = [
    ("page.html", HTML, "We can take "),
    ("drawing.svg", SVG, "We can take "),
    ("setup.exe", EXE, "We can take "),
    ("page.pHp", b"<?php", "We can take "),
    ("noname", PDF, "We can take "),
    ("old.doc", b"\xd0\xcf\x11\xe0" * 99, "We can take "),
    ("empty.pdf", b"", "The file is empty."),
    ("big.txt", b"0" * (uploads.MAX_BYTES + 1), "The file is larger than 20 MB."),
    ("page.pdf", HTML, "This is not a PDF inside."),
    ("setup.pdf", EXE, "This is not a PDF inside."),
    ("late.pdf", HTML + PDF, "This is not a PDF inside."),
    ("page.png", HTML, "This is not a PNG picture inside."),
    ("page.jpg", HTML, "This is not a JPEG picture inside."),
    ("photo.jpg", PNG, "This is not a JPEG picture inside."),
    ("drawing.jpg", SVG, "This is not a JPEG picture inside."),
    ("wide.png", PNG.replace(b"\x00\x00\x02\x80", b"\x00\x00\xc3\x50"), "The picture is more than 20,000 pixels"),
    ("wide.jpg", jpeg(50_000, 50_000), "The picture is more than 20,000 pixels"),
    ("page.docx", HTML, WORD),
    ("zip.docx", b"PK\x03\x04" + b"\0" * 100, WORD),
    ("table.docx", XLSX, WORD),
    ("cut.docx", DOCX[:-30], WORD),
    ("bomb.xlsx", office("xl/workbook.xml", "a", "b", size=40 * 2**20), "The file unpacks to far more"),
    ("many.xlsx", office("xl/workbook.xml", *map(str, range(1200))), "The file unpacks to far more"),
    ("more.xlsx", office("xl/workbook.xml", *map(str, range(12_000))), "The file unpacks to far more"),
    ("macro.docx", office("word/document.xml", "word/vbaProject.bin"), "The file has macros."),
    (
        "secret.docx",
        DOCX.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
        "The file has a",
    ),
    ("page.txt", HTML, "This is a web page"),
    ("page.md", b"\n\n  <script>alert(1)</script>", "This is a web page"),
    ("page.txt", "\ufeff<html>".encode(), "This is a web page"),
    ("page.csv", b"name,town\n" + SVG, "This is a web page"),
    ("drawing.txt", b'<?xml version="1.0"?>' + SVG, "This is a web page"),
    ("latin.csv", "name\nJosé\n".encode("latin-1"), "The letters of this text are not in UTF-8."),
    ("cut.txt", "€".encode()[:2], "The letters of this text are not in UTF-8."),
    ("program.txt", b"text\x00text", "This is not a text inside."),
]


@pytest.mark.parametrize(("name", "content", "type_"), GOOD)
def test_what_people_work_with_comes_in(name, content, type_):
    document = uploads.inspect(file(name, content))

    assert (document.type, document.size) == (type_, len(content))
    assert document.file.read() == content


@pytest.mark.parametrize(("name", "content", "sentence"), BAD)
def test_anything_else_is_refused_with_one_sentence(name, content, sentence):
    started = time.monotonic()
    tracemalloc.start()

    with pytest.raises(uploads.Refused) as refused:
        uploads.inspect(file(name, content))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.message.startswith(sentence)
    assert time.monotonic() - started < 1
    assert peak < 60 * 2**20


def test_a_picture_that_ends_early_is_still_only_a_download():
    assert uploads.inspect(file("short.png", documents.PNG[:12])).type == "image/png"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Guide to harvest.PDF", "Guide to harvest.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\dana\\plan.docx", "plan.docx"),
        ("invoice\u202efdp.txt", "invoicefdp.txt"),
        ('a"b\r\nX: y<>|*?.md', "a_bX_ y_.md"),
        ("Größe – Übersicht.csv", "Größe – Übersicht.csv"),
        (".txt", "file.txt"),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_file_name_is_safe_to_show_and_to_save(name, clean):
    assert uploads.clean_name(name) == clean
