import pytest

from partners.importing import columns
from partners.importing.failures import Refused
from partners.models import ColumnMapping
from tests.partners.importing.spreadsheets import ADVICE, CIVIC


def test_the_columns_of_published_files_are_guessed():
    assert columns.guess(CIVIC[0]) == {
        "Organization": "name",
        "Website": "website",
        "City": "city",
        "State": "state",
        "Country": "country",
        "Latitude": "latitude",
        "Longitude": "longitude",
        "Tags": "tags",
        "Previous names": "previous_names",
    }
    assert columns.guess(ADVICE[0])["Contact us for advice on"] == "strengths"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("PARTNER", "name"),
        ("url", "website"),
        ("Good at", "strengths"),
        ("Type", "kind"),
        ("Time Zone", "time_zone"),
        ("External ID", "external_id"),
        ("Intrapreneur email", "intrapreneur_email"),
        ("E-mail", "intrapreneur_email"),
        ("Intrapreneur phone", "intrapreneur_phone"),
        ("Intrapreneur title", "intrapreneur_title"),
        ("Hub contact email", "owner"),
        ("Joined", "joined_on"),
        ("Ended", "ended_on"),
        ("Shoe size", None),
        ("Reason", None),
    ],
)
def test_a_heading_gives_its_field_away(heading, field):
    assert columns.guess([heading]).get(heading) == field


def test_every_label_and_key_is_understood_and_no_heading_means_two_fields():
    assert columns.guess([field.label for field in columns.FIELDS]) == {f.label: f.key for f in columns.FIELDS}
    headings = [heading for field in columns.FIELDS for heading in field.headings]
    assert len(headings) == len(set(headings))


def test_a_field_is_guessed_once_for_the_leftmost_column():
    assert columns.guess(["Organization", "Name"]) == {"Organization": "name"}


@pytest.mark.django_db
def test_a_mapping_is_remembered_for_the_same_header_also_with_the_reasons_we_added():
    columns.remember(["Who", "City"], {"Who": "name"})
    columns.remember(["Who", "City"], {"Who": "name", "City": "region"})

    assert columns.recall(["Who", "City", "Reason"]) == {"Who": "name", "City": "region"}
    assert columns.recall(["City", "Who"]) == {"City": "city"}
    assert str(ColumnMapping.objects.get()) == "Who, City"


@pytest.mark.django_db
def test_what_was_remembered_is_taken_only_as_far_as_it_still_makes_sense():
    columns.remember(["WHO", "City"], {"WHO": "name", "City": "shoe size"})

    assert columns.recall(["who", "city"]) == {}
    assert columns.recall(["WHO", "City"]) == {"WHO": "name"}


def test_pairs_on_the_command_line_change_a_mapping():
    guessed = {"Organization": "name", "City": "city"}
    names = ["Organization", "City", "Nick=name"]

    assert columns.override(guessed, names, ["nick=name = Name"]) == {"City": "city", "Nick=name": "name"}
    assert columns.override(guessed, names, ["City="]) == {"Organization": "name"}
    assert columns.override(guessed, names, ["City=time_zone"]) == {"Organization": "name", "City": "time_zone"}


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        ("Town=city", "There is no column “Town”. The columns are: Organization, City."),
        ("City", "There is no column “”."),
        ("City=shoe size", "There is no field “shoe size”. The fields are: name, previous_names,"),
    ],
)
def test_a_pair_that_names_nothing_is_refused(pair, sentence):
    with pytest.raises(Refused) as refusal:
        columns.override({}, ["Organization", "City"], [pair])

    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"City": "city"}, "Say which column holds the name of the organization."),
        ({"A": "name", "B": "name"}, "Name is taken from two columns, “A” and “B”. Keep one of them."),
    ],
)
def test_a_mapping_needs_a_name_and_each_field_once(mapping, sentence):
    with pytest.raises(Refused, match=sentence):
        columns.check(mapping)
