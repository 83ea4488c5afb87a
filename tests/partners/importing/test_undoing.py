"""An import taken back within a week: what is still as it left it, and a list of the rest."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from partners import actions
from partners.importing import reading, runs
from partners.importing.failures import Refused
from partners.models import (
    Challenge,
    ImportRun,
    Intrapreneur,
    Organization,
    Person,
    PreviousName,
    Strength,
    Tag,
)
from tests.factories import CheckInFactory, IntrapreneurFactory, OrganizationFactory, TouchpointFactory
from tests.partners.importing.spreadsheets import csv_of

pytestmark = pytest.mark.django_db

HEADER = ["Name", "City", "Tags", "Previous names", "Strengths", "Challenges", "Intrapreneur", "Contact email"]
HALL = ["Hall", "Akron", "Club; Rural", "Garage", "Robots", "Money", "Lee Doe", "lee@hall.example.org"]
MODELS = [Challenge, Intrapreneur, Organization, Person, PreviousName, Strength, Tag]


def bring_in(rows, by):
    run = runs.start(reading.read(csv_of([HEADER, *rows]), "partners.csv"), by=by)
    runs.confirm(run, seen=runs.preview(run).fingerprint, by=by)
    run.refresh_from_db()
    return run


def everything():
    """Every row there is, and which topics and tags it has."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS} | {
        "tagged": list(Organization.tags.through.objects.order_by("pk").values_list("organization", "tag"))
    }


def test_new_partners_go_with_all_that_came_with_them(staff):
    OrganizationFactory(name="Lake")
    before = everything()
    run = bring_in([HALL, ["Shed", "", "", "", "", "", "", ""]], staff)

    assert runs.undo(run, by=staff) is True

    assert everything() == before
    assert (run.state, run.counts["removed"], run.counts["put_back"], run.kept) == ("undone", 2, 0, [])
    gone = Organization.history.filter(history_type="-")
    assert {(line.name, line.history_user, line.history_change_reason) for line in gone} == {
        ("Hall", staff, f"Undo of import {run.pk}"),
        ("Shed", staff, f"Undo of import {run.pk}"),
    }


def test_changed_partners_become_what_they_were(staff, overseer):
    hall = OrganizationFactory(name="Old Hall", website="https://hall.example.org", owner=overseer, city="Kent")
    hall.tags.add(Tag.objects.create(name="Club"))
    IntrapreneurFactory(person__organization=hall, person__name="Kim Roe", person__email="kim@hall.example.org")
    before = everything()
    run = bring_in([["Hall", "Akron", "Club; Rural", "Old Hall", *HALL[4:]]], staff)
    changed = everything()

    runs.undo(run, by=staff)

    assert changed != before
    assert everything() == before
    assert (run.counts["removed"], run.counts["put_back"], run.kept) == (0, 1, [])
    assert hall.history.first().history_change_reason == f"Undo of import {run.pk}"
    assert {row.tag.name for row in hall.history.first().tags.all()} == {"Club"}


def test_details_of_people_become_what_they_were(staff):
    hall = OrganizationFactory(name="Hall")
    role = IntrapreneurFactory(person__organization=hall, person__name="Lee Doe", person__email="old@hall.example.org")
    run = bring_in([["Hall", "", "", "", "", "", "Lee Doe", "new@hall.example.org"]], staff)

    runs.undo(run, by=staff)

    role.person.refresh_from_db()
    assert (role.person.email, run.kept) == ("old@hall.example.org", [])


def test_it_can_be_imported_again_afterwards(staff):
    runs.undo(bring_in([HALL], staff), by=staff)

    again = bring_in([HALL], staff)

    assert (again.counts["new"], Organization.objects.get().name) == (1, "Hall")


@pytest.mark.parametrize(
    ("touch", "reason"),
    [
        (lambda hall, by: CheckInFactory(organization=hall, caller=by), "has check-ins now."),
        (lambda hall, by: TouchpointFactory(organization=hall), "has touchpoints now."),
        (lambda hall, by: Person.objects.create(organization=hall, name="Kim"), "has people now."),
        (
            lambda hall, by: actions.edit(hall, {"city": "Kent"}, seen=actions.version(hall), by=by),
            "was changed since.",
        ),
        (lambda hall, by: actions.change_many([hall.pk], kind="untag", value="Club", by=by), "was changed since."),
        (lambda hall, by: actions.invite(hall.people.get(), by=by), "was changed since."),
        (lambda hall, by: actions.withdraw(hall.strengths.get(), by=by), "was changed since."),
        (lambda hall, by: CheckInFactory(caller=by).challenges.add(hall.challenges.get()), "has check-ins now."),
    ],
)
def test_a_new_partner_that_somebody_worked_with_stays_whole(staff, touch, reason):
    run = bring_in([HALL, ["Shed", *[""] * 7]], staff)
    touch(Organization.objects.get(name="Hall"), staff)
    before = [everything()[part] for part in ("Person", "Intrapreneur", "Strength", "PreviousName", "tagged")]

    runs.undo(run, by=staff)

    assert [o.name for o in Organization.objects.filter(name__in=["Hall", "Shed"])] == ["Hall"]
    assert [everything()[part] for part in ("Person", "Intrapreneur", "Strength", "PreviousName", "tagged")] == before
    assert run.kept == [["Hall", reason]]


def test_looking_at_a_record_holds_nothing(staff, sign_in):
    run = bring_in([HALL], staff)
    sign_in(staff).get(Organization.objects.get().get_absolute_url())

    runs.undo(run, by=staff)

    assert (Organization.objects.count(), run.kept) == (0, [])


def test_what_was_changed_since_is_left_and_the_rest_goes_back(staff):
    hall = OrganizationFactory(name="Hall", city="Kent", region="")
    run = bring_in([HALL], staff)
    hall.refresh_from_db()
    actions.edit(hall, {"city": "Dayton"}, seen=actions.version(hall), by=staff)
    strength = Strength.objects.get()
    actions.edit(strength, {"text": "Robots and kites"}, seen=actions.version(strength), by=staff)
    TouchpointFactory(organization=hall, person=Person.objects.get())

    runs.undo(run, by=staff)

    hall.refresh_from_db()
    assert (hall.city, [s.text for s in Strength.objects.all()]) == ("Dayton", ["Robots and kites"])
    assert (Challenge.objects.count(), PreviousName.objects.count(), hall.tags.count()) == (0, 0, 0)
    assert (Person.objects.count(), Intrapreneur.objects.count()) == (1, 0)
    assert run.kept == [
        ["Hall", "a person has touchpoints now; a strength was changed since; the city was changed since."]
    ]


def test_a_name_that_another_partner_took_meanwhile_is_left_to_it(staff):
    hall = OrganizationFactory(name="Garage", slug="garage")
    run = bring_in([HALL], staff)
    OrganizationFactory(name="garage", slug="another")

    runs.undo(run, by=staff)

    hall.refresh_from_db()
    assert hall.name == "Hall"
    assert [name.name for name in hall.previous_names.all()] == ["Garage"]
    assert [name for name, _ in run.kept] == ["Hall"]


def test_a_handover_since_is_not_taken_back(staff):
    hall = OrganizationFactory(name="Hall")
    kim = IntrapreneurFactory(person__organization=hall, person__name="Kim Roe").person
    run = bring_in([HALL], staff)
    actions.hand_over(hall, to=kim, by=staff)

    runs.undo(run, by=staff)

    assert Intrapreneur.objects.current().get().person == kim
    assert Person.objects.count() == 2
    assert run.kept == [["Hall", "a person has intrapreneurs now; the role of intrapreneur was changed since."]]


def test_a_partner_that_is_gone_is_listed(staff):
    run = bring_in([["Shed", *[""] * 7]], staff)
    Organization.objects.all().delete()

    runs.undo(run, by=staff)

    assert run.kept == [["", "is no longer here: deleted, or merged with another."]]


def test_it_is_done_once_and_within_a_week(staff):
    run = bring_in([HALL], staff)
    late = bring_in([["Shed", *[""] * 7]], staff)
    ImportRun.objects.filter(pk=late.pk).update(done_at=timezone.now() - timedelta(days=7, minutes=1))

    assert [runs.undo(run, by=staff) for _ in range(2)] == [True, False]
    with pytest.raises(Refused, match="seven days"):
        runs.undo(late, by=staff)
    assert [o.name for o in Organization.objects.all()] == ["Shed"]


def test_what_was_written_is_forgotten_when_it_is_too_late(staff):
    run = bring_in([HALL], staff)
    ImportRun.objects.update(done_at=timezone.now() - timedelta(days=8))

    bring_in([["Shed", *[""] * 7]], staff)

    run.refresh_from_db()
    assert (bool(run.written), run.counts["new"]) == (False, 1)


@pytest.mark.parametrize("count", [1, 5, 40])
def test_an_undo_costs_the_same_however_long_the_file_was(staff, django_assert_num_queries, count):
    run = bring_in(
        [[f"{n} {HALL[0]}", *HALL[1:3], f"{n} Garage", *HALL[4:7], f"{n}@hall.org"] for n in range(count)], staff
    )

    ContentType.objects.clear_cache()

    with django_assert_num_queries(88):
        runs.undo(run, by=staff)

    assert Organization.objects.count() == 0


def test_the_receipt_offers_it_and_says_what_came_of_it(sign_in, staff):
    run = bring_in([HALL, ["Shed", *[""] * 7]], staff)
    TouchpointFactory(organization=Organization.objects.get(name="Hall"))
    client = sign_in(staff)

    offered = client.get(run.get_absolute_url()).content.decode()
    done = client.post(f"{run.get_absolute_url()}undo/", follow=True).content.decode()
    again = client.post(f"{run.get_absolute_url()}undo/", follow=True).content.decode()

    assert "Undo this import" in offered
    assert "1 new partner removed, 0 put back" in done
    assert "<strong>Hall</strong>: has touchpoints now." in done
    assert "Undo this import" not in done
    assert "Nothing was changed now." in again
    assert "taken back" in client.get("/partners/import/").content.decode()


def test_what_is_too_old_is_not_offered_and_refused_with_a_sentence(sign_in, staff):
    run = bring_in([HALL], staff)
    ImportRun.objects.update(done_at=timezone.now() - timedelta(days=8))
    client = sign_in(staff)

    assert "Undo this import" not in client.get(run.get_absolute_url()).content.decode()
    answer = client.post(f"{run.get_absolute_url()}undo/", follow=True).content.decode()
    assert "for seven days after it was made. Nothing was changed." in answer
