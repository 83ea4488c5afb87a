"""A merge can be taken apart: everything is as it was, and what was done since is kept."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partners import actions
from partners.models import Challenge, Intrapreneur, Merge, NotDuplicate, Organization, Person
from tests.factories import ChallengeFactory, IntrapreneurFactory, OrganizationFactory, PersonFactory, TouchpointFactory

NOW = timezone.now()
LOGS = ("partners.merge", "sessions.session", "contenttypes.contenttype")


def everything():
    """Every row of the site as it is; lines of history and of what was merged aside."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values()), key=str)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in LOGS and "Historical" not in model.__name__
    }


@pytest.mark.parametrize(("one", "other"), [("lakeshore", "harbor"), ("harbor", "lakeshore")])
def test_two_partners_with_everything_are_merged_and_are_two_again(world, one, other):
    """Both have a draft of a call in the world; one of them is put away first, as the merge asks."""
    kept, gone = (getattr(world, name) for name in (one, other))
    with transaction.atomic():
        gone.pending.draft.delete()
        before = everything()

        merge = actions.merge(kept.organization, gone.organization, choices={"name": "gone"}, by=world.ana)
        merged = everything()
        actions.undo_merge(merge, by=world.ana)

        assert merged != before
        assert everything() == before
        transaction.set_rollback(True)


def test_two_people_with_everything_are_merged_and_are_two_again(world):
    with transaction.atomic():
        before = everything()

        merge = actions.merge(world.lakeshore.colleague, world.gone, choices={"email": "gone"}, by=world.ana)
        actions.undo_merge(merge, by=world.ana)

        assert everything() == before
        transaction.set_rollback(True)


@pytest.fixture
def two(db):
    """Two organizations, merged, and how."""
    kept, gone = OrganizationFactory(name="Harbor Museum"), OrganizationFactory(name="Harbour Museum")
    dana = PersonFactory(organization=gone, name="Dana")
    ChallengeFactory(organization=gone, text="Mentors leave.", said_by=dana)
    return kept, gone, dana


def merged(two, now=NOW, **choices):
    return actions.merge(two[0], two[1], choices=choices, by=None, now=now)


def test_what_was_added_since_stays_with_the_kept_one(two, staff):
    kept, gone, dana = two
    merge = merged(two)
    visit = TouchpointFactory(organization=kept, person=dana)
    actions.say(Challenge, kept, text="Rooms are small.", source="call", by=staff)

    assert actions.undo_merge(merge, by=staff)
    assert not actions.undo_merge(merge, by=staff)

    visit.refresh_from_db()
    assert visit.organization == kept
    assert [str(challenge) for challenge in kept.challenges.all()] == ["Rooms are small."]
    assert [str(challenge) for challenge in gone.challenges.all()] == ["Mentors leave."]


def test_a_value_chosen_from_the_other_goes_back_only_if_nobody_changed_it_since(two, staff):
    kept, gone, _ = two
    Organization.objects.filter(pk=kept.pk).update(city="Baltimore", region="East")
    Organization.objects.filter(pk=gone.pk).update(city="Annapolis", region="South")
    merge = merged(two, place="gone", region="gone")
    kept.refresh_from_db()
    actions.edit(kept, {"region": "North"}, seen=actions.version(kept), by=staff)

    actions.undo_merge(merge, by=staff)

    kept.refresh_from_db()
    assert (kept.city, kept.region) == ("Baltimore", "North")


def test_after_thirty_days_it_stays(two):
    merge = merged(two, now=NOW - timedelta(days=31))

    with pytest.raises(ValidationError, match="within 30 days"):
        actions.undo_merge(merge, by=None, now=NOW)

    assert Organization.objects.count() == 1


def test_a_later_merge_is_taken_apart_first(two):
    kept, *_ = two
    first = merged(two)
    third = OrganizationFactory(name="Pier Nine")
    second = actions.merge(third, kept, choices={}, by=None)

    with pytest.raises(ValidationError, match="Harbor Museum was merged after that"):
        actions.undo_merge(first, by=None)

    assert actions.undo_merge(second, by=None)
    assert actions.undo_merge(first, by=None)
    assert Organization.objects.count() == 3


def test_a_person_who_came_along_and_was_merged_since_is_taken_apart_first(two):
    kept, _, dana = two
    first = merged(two)
    second = actions.merge(PersonFactory(organization=kept), dana, choices={}, by=None)

    with pytest.raises(ValidationError, match="Dana was merged after that"):
        actions.undo_merge(first, by=None)

    assert actions.undo_merge(second, by=None)
    assert actions.undo_merge(first, by=None)


def test_a_name_taken_since_is_in_the_way(two):
    merge = merged(two)
    kept = two[0]
    kept.previous_names.all().delete()
    OrganizationFactory(name="Harbour Museum")

    with pytest.raises(ValidationError, match="has the name, address or id of Harbour Museum now"):
        actions.undo_merge(merge, by=None)

    assert Merge.objects.standing().count() == 1


def test_a_person_of_a_place_merged_since_comes_back_to_where_it_went(two):
    kept, _gone, dana = two
    other = PersonFactory(organization=OrganizationFactory())
    people = actions.merge(other, dana, choices={}, by=None)
    merged(two)

    actions.undo_merge(people, by=None)

    assert Person.objects.get(pk=dana.pk).organization == kept


def test_who_leads_the_work_since_stays_with_it(two, staff):
    kept, _gone, dana = two
    merge = merged(two)
    dana.refresh_from_db()
    actions.hand_over(kept, to=dana, by=staff)

    actions.undo_merge(merge, by=staff)

    dana.refresh_from_db()
    assert dana.organization == kept
    assert [role.person for role in kept.intrapreneurs.current()] == [dana]


def test_who_left_since_does_not_lead_the_work_again(two, staff):
    kept, gone, dana = two
    IntrapreneurFactory(person=PersonFactory(organization=kept))
    IntrapreneurFactory(person=dana)
    merge = merged(two)
    dana.refresh_from_db()
    actions.mark_left(dana, by=staff)

    actions.undo_merge(merge, by=staff)

    assert not Intrapreneur.objects.current().filter(organization=gone.pk).exists()


def test_a_double_that_was_said_anew_since_is_not_there_twice(two, staff):
    kept, gone, _ = two
    ChallengeFactory(organization=kept, text="Mentors leave.", said_on=date(2025, 1, 1))
    merge = merged(two)

    actions.undo_merge(merge, by=staff)

    assert sorted(Challenge.objects.values_list("organization", "text")) == sorted(
        [(kept.pk, "Mentors leave."), (gone.pk, "Mentors leave.")]
    )


def test_two_told_apart_are_so_in_either_order_until_somebody_asks_again(two, staff):
    kept, gone, _ = two

    pair = actions.tell_apart(kept, gone, by=staff)
    assert actions.tell_apart(gone, kept, by=staff) == pair

    assert actions.ask_again(pair)
    assert not actions.ask_again(pair)
    assert not NotDuplicate.objects.exists()
