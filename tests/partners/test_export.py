"""The directory as a file: what is filtered, harmless to open, and unchanged when it comes in again."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partners.exporting import fields, table, workbook
from partners.importing import columns, formulas, plan, reading
from partners.models import ListColumns, Organization, SavedView, Tag
from tests.factories import (
    ChallengeFactory,
    IntrapreneurFactory,
    OrganizationFactory,
    PersonFactory,
    StrengthFactory,
    TouchpointFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PAYLOADS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x01=1", " =1", "\u00a0=1", "＝1", "\u200b=1"]


def body(answer):
    return b"".join(answer.streaming_content)


def csv_rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def again(data):
    """The plan of importing this file again, with the columns as they explain themselves."""
    found = reading.read(data, "partners")
    return plan.make(found, columns.guess(found.columns))


def everything(organizations=None):
    return fields.records(organizations or Organization.objects.for_directory(), fields.fields())


def files():
    return [b"".join(table.as_csv(everything())), workbook.as_xlsx(everything()).read()]


def test_a_file_has_what_the_list_shows_in_its_columns_and_says_which_partner_it_is(sign_in, staff):
    lake = OrganizationFactory(name="Lake", kind="museum", city="Akron", state="OH", external_id="007", owner=staff)
    OrganizationFactory(name="Mill", kind="company")
    ListColumns.objects.create(user=staff, columns=["place", "owner"])

    answer = sign_in(staff).get("/partners/export/?kind=museum&format=csv")

    data = body(answer)
    assert data.startswith(b"\xef\xbb\xbf")
    assert csv_rows(data) == [
        ["Trellis id", "External id", "Name", "City", "State", "Country", "Hub contact’s email"],
        [str(lake.pk), "007", "Lake", "Akron", "OH", "", "ana@hub.example.org"],
    ]
    assert ".csv" in answer["Content-Disposition"]


def test_the_columns_are_those_of_the_view(sign_in, staff):
    view = SavedView.objects.create(owner=staff, name="Tags", columns=["tags"])
    OrganizationFactory(name="Lake")

    answer = sign_in(staff).get(f"/partners/export/?view={view.pk}&format=csv")

    assert csv_rows(body(answer))[0] == ["Trellis id", "External id", "Name", "Tags"]


def test_a_workbook_has_texts_numbers_and_days(sign_in, staff):
    lake = OrganizationFactory(
        name="Lake", latitude=41.5, longitude=-81.5, joined_on=date(2019, 3, 31), external_id="007"
    )
    StrengthFactory.create_batch(2, organization=lake)

    answer = sign_in(staff).get("/partners/export/?all=1&format=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).active
    cells = {head.value: cell for head, cell in zip(*sheet.iter_rows(), strict=True)}
    assert cells["External id"].value == "007"
    assert (cells["Longitude"].value, cells["Longitude"].data_type) == (-81.5, "n")
    assert (cells["Trellis id"].value, cells["Number of strengths"].value) == (lake.pk, 2)
    assert (cells["Joined"].value.date(), cells["Joined"].number_format) == (date(2019, 3, 31), "yyyy-mm-dd")
    assert ".xlsx" in answer["Content-Disposition"]


def test_what_partners_told_is_counted_and_not_written_out(sign_in, staff):
    lake = OrganizationFactory(name="Lake")
    StrengthFactory(organization=lake, text="A secret strength")
    ChallengeFactory(organization=lake, text="A secret challenge")

    data = body(sign_in(staff).get("/partners/export/?all=1&format=csv"))

    assert b"secret" not in data
    assert csv_rows(data)[1][-2:] == ["1", "1"]


def test_partners_export_nothing(sign_in, partner):
    assert sign_in(partner).get("/partners/export/?format=csv").status_code == 403


def test_what_only_one_database_keeps_is_harmless_too():
    assert fields.disarmed("\0=1") == "'=1"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_file_is_run_when_it_is_opened(payload):
    lake = OrganizationFactory(name="Lake", city=payload, external_id=payload, time_zone="America/Chicago")
    PersonFactory(organization=lake, name=payload)
    lake.tags.add(Tag.objects.create(name=payload))

    as_csv, as_xlsx = files()

    cells = [cell for row in csv_rows(as_csv) for cell in row]
    assert [cell for cell in cells if formulas.is_live(cell) and not formulas.NUMBER.fullmatch(cell)] == []
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx))
    read = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in read} == {"s", "n"}
    assert [cell.value for cell in read if cell.data_type == "s" and formulas.is_live(cell.value)] == []


def test_a_file_of_ours_changes_nothing_when_it_comes_in_again(staff):
    closed = UserFactory(name="Gone", is_active=False)
    lake = OrganizationFactory(
        name="=Lake & Sons; Ltd",
        owner=closed,
        city="Akron, Ohio",
        state="Ohio",
        language="es",
        kind="museum",
        latitude=0.0,
        longitude=0.0,
        website="http://lake.example.org",
        external_id="+7",
        joined_on=date(2019, 3, 31),
    )
    lake.tags.set([Tag.objects.create(name=name) for name in ("a; b", '"quoted" tag', "-club", "two  blanks")])
    for name in ("Garage; Shed", "Mill"):
        lake.previous_names.create(name=name)
    IntrapreneurFactory(
        person__organization=lake, person__name="Lee  Ann", person__title="@work", person__phone="+1 312 555 0142"
    )
    OrganizationFactory(name="Mill", ended=True, state="OH")  # is called as Lake was
    TouchpointFactory(organization=lake)
    PersonFactory(organization=OrganizationFactory(name="Nobody leads"))

    for data in files():
        found = again(data)

        assert [(row.number, row.reason) for row in found.set_aside] == []
        assert [(line.name, line.changes) for line in found.lines] == []
        assert found.counts["unchanged"] == 3


def test_a_name_mended_in_a_file_of_ours_renames_the_partner():
    lake = OrganizationFactory(name="Lake")

    found = again(files()[0].replace(b"Lake", b"Lakeshore"))

    assert [(line.organization, line.renamed_from, line.name) for line in found.changed] == [
        (lake, "Lake", "Lakeshore")
    ]


@pytest.mark.parametrize("count", [1, 5])
def test_a_file_costs_the_same_however_many_are_in_it(sign_in, staff, django_assert_max_num_queries, count):
    for role in IntrapreneurFactory.create_batch(count):
        role.organization.tags.create(name=f"Tag of {role.pk}")
        role.organization.previous_names.create(name=f"Before {role.pk}")
    client = sign_in(staff)

    with django_assert_max_num_queries(12):  # 9 on SQLite; PostgreSQL reads through a cursor
        body(client.get("/partners/export/?all=1&format=csv"))


any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
odd_text = st.one_of(
    any_text, st.tuples(st.sampled_from(["'", " ", "\t", "=", "-", "＝", '"', ";"]), any_text).map("".join)
)


class RoundTrips(TestCase):
    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(odd_text, odd_text, st.lists(odd_text.filter(str.strip), max_size=3, unique_by=str.casefold))
    def test_whatever_is_on_record_comes_back_as_it_was(self, city, external_id, tags):
        lake = OrganizationFactory(name="Lake", slug="lake", city=city, external_id=external_id)
        lake.tags.set([Tag.objects.get_or_create(name=name)[0] for name in tags])
        dead = [cell for row in csv_rows(files()[0]) for cell in row]

        found = [again(data).counts for data in files()]

        assert found == [{"new": 0, "changed": 0, "unchanged": 1, "set_aside": 0}] * 2
        assert not [cell for cell in dead if formulas.is_live(cell) and not formulas.NUMBER.fullmatch(cell)]
