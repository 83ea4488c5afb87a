import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from partners.models import ColumnMapping, ImportRun, Organization
from tests.factories import OrganizationFactory
from tests.partners.importing.spreadsheets import ADVICE, CIVIC, csv_of, xlsx_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def file_of(tmp_path):
    def write(data, name="partners.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return write


def run(*args):
    out = io.StringIO()
    call_command("import_partners", *args, stdout=out)
    return out.getvalue().splitlines()


def test_it_brings_in_what_it_can_and_tells_what_it_set_aside(file_of):
    told = run(file_of(csv_of(ADVICE)))

    reason = (
        "Rows 2 and 5 are about the same organization. They differ in State: “Kansas” or “Missouri”. Keep one of them."
    )
    assert told == [
        "Row 6, Mountain STEM: “West Virgina” is taken for no US state or Canadian province; kept as typed.",
        f"Row 2 set aside: {reason}",
        f"Row 5 set aside: {reason}",
        "3 new, 0 changed, 0 unchanged, 2 set aside.",
        f"For seven days --undo {ImportRun.objects.get().pk} takes it back.",
    ]
    assert Organization.objects.count() == 3
    assert run(file_of(csv_of(ADVICE)))[-1] == "0 new, 0 changed, 3 unchanged, 2 set aside."


def test_a_workbook_comes_in_too(file_of):
    assert run(file_of(xlsx_of(CIVIC), "partners.xlsx"))[-2] == "7 new, 0 changed, 0 unchanged, 0 set aside."


def test_a_dry_run_tells_each_field_and_writes_nothing(file_of):
    OrganizationFactory(name="Hall", city="Akron")

    told = run(file_of(b"Name,Town,Tags\nHall,Dayton,\nLab,,Club\n"), "--dry-run", "--map", "Town=city")

    assert told == [
        "Row 3: Lab (new)",
        "  Name: blank → Lab",
        "  Tags: blank → Club",
        "Row 2: Hall (changed)",
        "  City: Akron → Dayton",
        "1 new, 1 changed, 0 unchanged, 0 set aside.",
        "Nothing was written: this was a dry run.",
    ]
    assert Organization.objects.get().city == "Akron"
    assert ColumnMapping.objects.count() == 0


def test_a_mapping_given_once_is_remembered(file_of):
    data = b"Who,Where\nHall,Akron\n"

    run(file_of(data), "--map", "Who=name", "--map", "where=City")

    assert Organization.objects.get().city == "Akron"
    assert run(file_of(data)) == ["0 new, 0 changed, 1 unchanged, 0 set aside."]


def test_strict_writes_nothing_if_any_row_is_bad(file_of):
    with pytest.raises(CommandError, match="Nothing was written, because rows were set aside"):
        run(file_of(csv_of(ADVICE)), "--strict")
    assert Organization.objects.count() == 0

    assert run(file_of(csv_of(CIVIC)), "--strict")[-2] == "7 new, 0 changed, 0 unchanged, 0 set aside."


def test_an_import_is_taken_back_by_its_number(file_of):
    told = run(file_of(b"Name\nHall\nLab\n"))
    Organization.objects.get(name="Lab").touchpoints.create(kind="visit")
    number = ImportRun.objects.get().pk

    assert told[-1] == f"For seven days --undo {number} takes it back."
    assert run("--undo", str(number)) == ["Lab: has touchpoints now.", "1 removed, 0 put back, 1 left alone."]
    assert run("--undo", str(number)) == ["That was taken back before. Nothing was changed now."]
    assert [organization.name for organization in Organization.objects.all()] == ["Lab"]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--undo", "99"], "There is no import 99."),
        ([], "Say which file to bring in, or with --undo which import to take back."),
        (["partners.csv", "--undo", "1"], "Say which file to bring in, or with --undo which import to take back."),
    ],
)
def test_what_cannot_be_taken_back_is_one_sentence(args, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*args)


def test_an_import_is_taken_back_within_a_week(file_of):
    run(file_of(b"Name\nHall\n"))
    ImportRun.objects.update(done_at=timezone.now() - timedelta(days=8))

    with pytest.raises(CommandError, match="seven days"):
        run("--undo", str(ImportRun.objects.get().pk))


@pytest.mark.parametrize(
    ("data", "args", "sentence"),
    [
        (b"%PDF-1.7", [], "This is a PDF, not a table. Choose a CSV or an Excel (.xlsx) file."),
        (b"Who\nHall\n", [], "Say which column holds the name of the organization."),
        (b"Name\nHall\n", ["--map", "Town=city"], "There is no column “Town”. The columns are: Name."),
        (None, [], "/nowhere.csv cannot be opened: No such file or directory."),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_exit_code_one(file_of, data, args, sentence):
    path = "/nowhere.csv" if data is None else file_of(data)

    with pytest.raises(CommandError) as error:
        run(path, *args)

    assert str(error.value) == sentence
    assert error.value.returncode == 1
    assert Organization.objects.count() == 0
