import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from partners.importing import plan, runs, writing
from partners.models import ColumnMapping, ImportRun, Organization
from tests.factories import OrganizationFactory
from tests.partners.importing.spreadsheets import ADVICE, CIVIC, csv_of, xlsx_of

pytestmark = pytest.mark.django_db
START = "/partners/import/"


@pytest.fixture
def client(sign_in, staff):
    return sign_in(staff)


def upload(client, data, name="partners.csv"):
    return client.post(START, {"file": SimpleUploadedFile(name, data)})


def uploaded(client, rows):
    """The address of the check page."""
    return upload(client, csv_of(rows)).url


def seen(client, page):
    return client.get(page).context["plan"].fingerprint


@pytest.mark.parametrize("path", ["", "{}/", "{}/confirm/", "{}/set-aside/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_hub_brings_partners_in(db, partner, sign_in, staff, method, path):
    run = ImportRun.objects.create(file_name="x.csv", columns=["Name"], rows=[[2, ["Hall"], "", ""]])
    path = START + path.format(run.pk)
    forbidden = {403, 405}

    assert getattr(sign_in(partner), method)(path).status_code in forbidden
    assert Organization.objects.filter(name="Hall").count() == 0


def test_a_stranger_is_asked_to_sign_in(client, db):
    client.logout()

    assert client.get(START).status_code == 302


def test_the_first_page_says_what_a_file_can_hold_and_what_came_before(client, staff):
    assert "Nothing yet." in client.get(START).text

    page = uploaded(client, CIVIC)
    client.post(page + "confirm/", {"seen": seen(client, page)})

    assert "7 new, 0 changed, 0 set aside" in client.get(START).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "This is a PDF, not a table."),
        ("Name\nMusée".encode("latin-1"), "not in UTF-8"),
        (b"", "The file is empty."),
        (b"Name\n" + b"A\n" * 100_000, "more than 20,000 rows"),
    ],
)
def test_a_file_that_is_no_table_is_answered_with_a_sentence(client, data, sentence):
    answer = upload(client, data)

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "<title>Error: " in answer.text
    assert ImportRun.objects.count() == 0


def test_no_file_at_all_is_answered_too(client):
    assert "This field is required." in client.post(START).text


def test_upload_look_confirm_receipt(client, staff):
    page = uploaded(client, ADVICE)
    preview = client.get(page)

    assert "Import 3, set aside 2" in preview.text
    assert "Rows 2 and 5 are about the same organization." in preview.text
    assert "“West Virgina” is taken for no US state" in preview.text
    assert Organization.objects.count() == 0

    receipt = client.post(page + "confirm/", {"seen": preview.context["plan"].fingerprint}, follow=True)

    assert "Imported partners.csv" in receipt.text
    assert "Rows 2 and 5 are about the same organization." in receipt.text
    assert Organization.objects.count() == 3
    assert set(Organization.history.values_list("history_user", flat=True)) == {staff.pk}
    run = ImportRun.objects.get()
    assert (run.rows, run.counts) == ([], {"new": 3, "changed": 0, "unchanged": 0, "set_aside": 2})


def test_a_workbook_comes_in_the_same_way(client):
    page = upload(client, xlsx_of(CIVIC), "partners.xlsx").url

    client.post(page + "confirm/", {"seen": seen(client, page)})

    assert Organization.objects.count() == 7


def test_changes_show_what_was_and_what_will_be(client):
    OrganizationFactory(name="Hall", city="<b>Akron</b>")

    preview = client.get(uploaded(client, [["Name", "City"], ["Hall", "Dayton"]])).text

    assert "<del>&lt;b&gt;Akron&lt;/b&gt;</del> → Dayton" in preview
    assert "Import 1</button>" in preview


def test_confirming_twice_imports_once(client):
    page = uploaded(client, CIVIC)
    fingerprint = seen(client, page)

    for _ in range(2):
        answer = client.post(page + "confirm/", {"seen": fingerprint}, follow=True)

    assert "Imported partners.csv" in answer.text
    assert (Organization.objects.count(), Organization.history.count()) == (7, 7)


def test_what_changed_since_the_look_is_shown_again_and_nothing_written(client):
    page = uploaded(client, CIVIC)
    fingerprint = seen(client, page)
    OrganizationFactory(name="Open Lab BTV", city="Elsewhere")

    answer = client.post(page + "confirm/", {"seen": fingerprint}, follow=True)

    assert "The partners were changed since you looked. Nothing was written" in answer.text
    assert "Import 7" in answer.text
    assert "6 new, 1 changed" in answer.text
    assert Organization.objects.count() == 1


def refuses_to_write(*args, **kwargs):
    raise IntegrityError


def test_someone_who_saves_while_we_write_is_noticed(client, monkeypatch):
    page = uploaded(client, CIVIC)
    fingerprint = seen(client, page)
    monkeypatch.setattr(writing, "write", refuses_to_write)
    monkeypatch.setattr(runs, "preview", lambda run: plan.Plan())  # what they saved makes it another plan

    assert client.post(page + "confirm/", {"seen": fingerprint}).url == page
    assert ImportRun.objects.get().state == "uploaded"


def test_an_error_of_our_own_is_not_blamed_on_others(client, monkeypatch):
    page = uploaded(client, CIVIC)
    fingerprint = seen(client, page)
    monkeypatch.setattr(writing, "write", refuses_to_write)

    with pytest.raises(IntegrityError):
        client.post(page + "confirm/", {"seen": fingerprint})


def test_nonsense_in_the_confirm_writes_nothing(client):
    page = uploaded(client, [["Who"], ["Hall"]])

    for nonsense in ("", "x" * 1000):
        assert client.post(page + "confirm/", {"seen": nonsense}).status_code == 302

    assert Organization.objects.count() == 0


def test_columns_that_nobody_guessed_are_chosen_and_remembered(client):
    rows = [["Who", "Where"], ["Hall", "Akron, OH"], ["Lab", "Dayton, OH"]]
    page = uploaded(client, rows)

    assert "Say which column holds the name of the organization." in client.get(page).text
    assert "“Hall”, “Lab”" in client.get(page).text
    assert client.get(page + "set-aside/").url == page

    assert client.post(page, {"column0": "name", "column1": "city"}).url == page

    assert "2 new" in client.get(page).text
    assert ColumnMapping.objects.get().fields == {"Who": "name", "Where": "city"}
    assert "2 new" in client.get(uploaded(client, rows)).text


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"column0": "city"}, "Say which column holds the name of the organization."),
        ({"column0": "name", "column1": "name"}, "Name is taken from two columns, “Name” and “City”."),
        ({"column0": "shoe size"}, "Select a valid choice."),
    ],
)
def test_a_choice_of_columns_that_cannot_be_is_explained(client, chosen, sentence):
    page = uploaded(client, [["Name", "City"], ["Hall", ""]])

    answer = client.post(page, chosen)

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "blank in every row" in answer.text
    assert ImportRun.objects.get().fields == {"Name": "name", "City": "city"}


def test_the_columns_of_a_finished_import_stay_as_they_were(client):
    page = uploaded(client, [["Name", "City"], ["Hall", ""]])
    client.post(page + "confirm/", {"seen": seen(client, page)})

    client.post(page, {"column1": "name"})

    assert ImportRun.objects.get().fields == {"Name": "name", "City": "city"}


def test_nothing_new_needs_no_button(client):
    OrganizationFactory(name="Hall")

    assert "There is nothing to import" in client.get(uploaded(client, [["Name"], ["Hall"]])).text


def test_rows_set_aside_are_downloaded_mended_and_sent_again(client):
    rows = [["Name", "Status", "City"], ["Hall", "friend", "=Akron"], ["Lab", "active", ""]]
    page = uploaded(client, rows)
    early = client.get(page + "set-aside/")
    client.post(page + "confirm/", {"seen": seen(client, page)})

    answer = client.get(page + "set-aside/")

    assert answer.content == early.content
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"].startswith('attachment; filename="set-aside-')
    told = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert told == [
        ["Name", "Status", "City", "Reason"],
        ["Hall", "friend", "'=Akron", "Status “friend” is none of: prospect, active, alumni."],
    ]

    mended = uploaded(client, [told[0], ["Hall", "active", "'=Akron", told[1][3]]])
    client.post(mended + "confirm/", {"seen": seen(client, mended)})

    assert Organization.objects.get(name="Hall").city == "=Akron"


def test_many_rows_are_counted_whole_and_shown_in_part(client):
    rows = [["Name", "Status"], *([f"Bad {i}", "friend"] for i in range(501)), *([f"Good {i}", ""] for i in range(101))]

    preview = client.get(uploaded(client, rows)).text

    assert "Import 101, set aside 501" in preview
    assert preview.count("is none of") == 500
    assert preview.count("<strong>Good") == 100


def test_files_that_were_left_lying_are_cleared_away(client, staff):
    old = ImportRun.objects.create(file_name="old.csv", started_at=timezone.now() - timedelta(days=8))
    done = ImportRun.objects.create(file_name="done.csv", state="done", started_at=old.started_at)

    uploaded(client, CIVIC)

    assert set(ImportRun.objects.values_list("file_name", flat=True)) == {"partners.csv", "done.csv"}
    assert str(done).startswith("done.csv, ")


def test_an_import_that_is_not_there_is_not_found(client):
    assert client.get(reverse("partners:import_check", args=[10**30])).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_of_receipts_costs_the_same_however_long_it_is(client, staff, count, django_assert_num_queries):
    for number in range(count):
        ImportRun.objects.create(file_name=f"{number}.csv", state="done", done_at=timezone.now(), started_by=staff)

    with django_assert_num_queries(3):
        client.get(START)
