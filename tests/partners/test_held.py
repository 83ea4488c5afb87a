"""What we hold about you: decided for every model, read by the right people, taken away as it is shown."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from simple_history.models import HistoricalChanges

from accounts.models import User
from checkins.models import HandOver
from outbox.models import Letter
from partners import actions, held
from partners.models import OtherEmail, Person, Reading
from tests.factories import (
    AttemptFactory,
    ChallengeFactory,
    CheckInFactory,
    LetterFactory,
    PersonFactory,
    StrengthFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

# Relations to an account that say what its owner did for the hub. A partner's account stands in none of them, or only
# as the one who did it; the row itself is about somebody else.
LEFT_OUT = {
    "accounts.User.invited_by",
    "admin.LogEntry.user",
    "checkins.Attempt.made_by",
    "checkins.CallDraft.saved_by",
    "checkins.Capacity.caller",
    "checkins.CheckIn.caller",
    "checkins.Delivery.given_by",
    "checkins.FollowUp.promised_by",
    "checkins.HandOver.from_caller",
    "checkins.HandOver.made_by",
    "checkins.HandOver.to_caller",
    "checkins.Leave.caller",
    "checkins.Plan.made_by",
    "checkins.PlanLine.caller",
    "checkins.PlanLine.was_caller",
    "checkins.Trip.traveller",
    "introductions.Introduction.written_by",
    "library.Resource.added_by",
    "outbox.Letter.approved_by",
    "outbox.Letter.written_by",
    "partners.BulkChange.made_by",
    "partners.Erasure.made_by",
    "partners.ImportRun.started_by",
    "partners.ImportRun.undone_by",
    "partners.ListColumns.user",
    "partners.Merge.made_by",
    "partners.NotDuplicate.said_by",
    "partners.Organization.owner",
    "partners.Reading.reader",
    "partners.SavedView.owner",
    "partners.Succession.named_by",
    "partners.Touchpoint.logged_by",
}


def relations(model, suffix):
    """Every column that points to this model, as "app.Model.column" → the lookup that leads from there to a person."""
    for field in model._meta.get_fields(include_hidden=True):
        other = field.related_model
        if field.auto_created and not field.concrete and field.is_relation and not issubclass(other, HistoricalChanges):
            yield f"{other._meta.label}.{field.field.name}", f"{field.field.name}{suffix}"


def test_somebody_has_decided_about_everything_that_points_to_a_person_or_an_account():
    decided = {(holding.table._meta.label, lookup) for holding in held.holdings() for lookup in holding.by}
    found = [*relations(Person, ""), *relations(User, "__person")]

    undecided = {name for name, lookup in found if (name.rpartition(".")[0], lookup) not in decided}

    assert undecided - {"partners.Person.user"} == LEFT_OUT  # the account of a person is on the list as their account


def test_every_column_on_the_list_is_there():
    for holding in held.holdings():
        for name in {*holding.shows, *holding.hub_shows, *holding.blanks}:
            holding.table._meta.get_field(name)


@pytest.fixture
def known(partner, staff):
    """Dana, with something of every kind about her: (her account, what only the hub reads, what she reads too)."""
    dana, lakeshore = partner.person, partner.person.organization
    OtherEmail.objects.create(person=dana, email="dw@old.example.org")
    StrengthFactory(organization=lakeshore, said_by=dana, text="Said in confidence", reach="staff", source="call")
    ChallengeFactory(organization=lakeshore, added_by=partner, text="Typed by herself", reach="match")
    call = CheckInFactory(organization=lakeshore, person=dana, caller=staff, held=True, notes="Ana's own notes")
    AttemptFactory(checkin=call, note="Ana tried in vain")
    HandOver.objects.create(checkin=call, from_caller=staff, to_caller=staff, made_by=staff, reason="Ana was away")
    actions.touch(lakeshore, kind="visit", on=date(2026, 2, 2), person=dana, summary="Ana's summary", by=staff)
    LetterFactory(to_email=dana.email, sent=True, subject="A letter to Dana", text="=Dear Dana")
    LetterFactory(to_email=dana.email, subject="A draft for Dana")
    actions.edit(dana, {"phone": "555 0100"}, seen=actions.version(dana), by=partner)
    hidden = {"Ana&#x27;s own notes", "Ana tried in vain", "Ana was away", "Ana&#x27;s summary", "A draft for Dana"}
    return (
        partner,
        hidden,
        {"dw@old.example.org", "Said in confidence", "Typed by herself", "A letter to Dana", "555 0100"},
    )


def body(client, url):
    return client.get(url).content.decode()


def test_a_partner_reads_all_that_is_about_them_but_not_the_notes_of_the_hub(known, sign_in):
    user, hidden, open_to_her = known

    page = body(sign_in(user), reverse("partners:held"))

    assert {text for text in open_to_her if text not in page} == set()
    assert {text for text in hidden if text in page} == set()


def test_the_hub_reads_its_notes_too_and_that_is_on_record(known, staff, sign_in):
    user, hidden, open_to_her = known
    address = reverse("partners:person_held", args=[user.person.organization.slug, user.person.pk])

    page = body(sign_in(staff), address)
    sign_in(staff).get(address)

    assert {text for text in hidden | open_to_her if text not in page} == set()
    reading = Reading.objects.get()
    assert (reading.reader, reading.organization, reading.what) == (staff, user.person.organization, "person")


def test_what_is_taken_away_is_what_the_page_shows(known, sign_in):
    user, *_ = known
    client = sign_in(user)
    sections = client.get(reverse("partners:held")).context["sections"]

    answer = client.get(reverse("partners:held_download"))

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    everything = json.loads(archive.read("everything.json"))
    assert everything == {section.title: [row.cells for row in section.rows] for section in sections}
    assert len(archive.namelist()) == 1 + len(sections)
    letters = next(name for name in archive.namelist() if name.endswith("letters-to-you.csv"))
    _, row = csv.reader(io.StringIO(archive.read(letters).decode("utf-8-sig")))
    assert row[-2:] == ["A letter to Dana", "'=Dear Dana"]
    together = b"".join(map(archive.read, archive.namelist()))
    assert not any(text in together for text in (b"own notes", b"in vain"))


def test_they_withdraw_what_they_said_whoever_may_read_it(known, sign_in):
    user, *_ = known
    sentence = user.person.strengths.get()

    sign_in(user).post(reverse("partners:withdraw_mine", args=["strength", sentence.pk]))

    sentence.refresh_from_db()
    assert sentence.withdrawn_on is not None


def test_nobody_withdraws_there_what_somebody_else_said(known, sign_in):
    user, *_ = known
    other = StrengthFactory(organization=user.person.organization, said_by=PersonFactory(), reach="network")

    answer = sign_in(user).post(reverse("partners:withdraw_mine", args=["strength", other.pk]))

    assert answer.status_code == 404


def test_to_be_erased_is_asked_once_and_the_hub_contact_is_told(known, staff, sign_in):
    user, *_ = known
    client, address = sign_in(user), reverse("partners:ask_erasure")

    for _ in range(2):
        client.post(address)

    user.person.refresh_from_db()
    assert user.person.erasure_asked_on is not None
    letter = Letter.objects.get(kind="partners/erasure_request")
    assert (letter.to_email, letter.state) == (staff.email, Letter.State.APPROVED)
    assert f"/people/{user.person.pk}/data/" in letter.text
    assert "asked to be erased" in body(
        sign_in(staff), reverse("partners:record", args=[user.person.organization.slug])
    )


def test_without_a_hub_contact_the_overseers_are_told(partner, overseer, sign_in):
    partner.person.organization.owner = None
    partner.person.organization.save()

    sign_in(partner).post(reverse("partners:ask_erasure"))

    assert Letter.objects.get(kind="partners/erasure_request").to_email == overseer.email


def test_whoever_asked_may_change_their_mind(known, sign_in):
    user, *_ = known
    client, address = sign_in(user), reverse("partners:ask_erasure")

    client.post(address)
    for _ in range(2):
        client.post(address, {"do": "keep"})

    user.person.refresh_from_db()
    assert user.person.erasure_asked_on is None


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_costs_the_same_however_much_is_held(partner, staff, sign_in, django_assert_num_queries, count):
    for _ in range(count):
        call = CheckInFactory(organization=partner.person.organization, person=partner.person, held=True)
        AttemptFactory(checkin=call, made_by=UserFactory())
        StrengthFactory(organization=partner.person.organization, said_by=partner.person)
        LetterFactory(to_email=partner.email, sent=True)
    client = sign_in(staff)
    address = reverse("partners:person_held", args=[partner.person.organization.slug, partner.person.pk])
    client.get(address)

    with django_assert_num_queries(51):
        client.get(address)
