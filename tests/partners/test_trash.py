"""What was deleted comes back as it was; what is in the way is said in one sentence."""

import pytest

from accounts import record
from checkins import actions as checkins
from checkins.models import FollowUp
from introductions.models import Introduction
from partners import actions, trash
from partners.models import Intrapreneur, Merge, Organization, PreviousName, Strength, Tag, Touchpoint
from tests.factories import (
    CheckInFactory,
    OrganizationFactory,
    PersonFactory,
    ResourceFactory,
    StrengthFactory,
    TopicFactory,
    TouchpointFactory,
)

PAGE = "/trash/"


def throw_away(thing, by):
    """As the Django admin deletes."""
    row = type(thing).objects.get(pk=thing.pk)
    row._history_user = by
    row.delete()


def in_trash(user):
    return [(each.label, each.name) for each in trash.deleted(user)]


def newest(model):
    return model.history.filter(history_type="-").latest("history_id")


def row(thing):
    return type(thing)._base_manager.values().get(pk=thing.pk)


def test_a_touchpoint_comes_back_as_it_was_and_twice_is_once(staff, sign_in):
    touch = TouchpointFactory(summary="A walk through their lab", logged_by=staff)
    before, client = row(touch), sign_in(staff)
    throw_away(touch, by=staff)
    url = f"{PAGE}partners.touchpoint/{newest(Touchpoint).pk}/restore/"

    client.post(url)
    again = client.post(url)

    assert again.status_code == 404
    assert row(touch) == before
    assert [(line.history_type, line.history_user) for line in touch.history.all()[:2]] == [("+", staff), ("-", staff)]


def test_an_organization_comes_back_with_what_went_along(overseer):
    lake = actions.add_organization(name="Lake", by=overseer, tags=[Tag.objects.create(name="north")])
    actions.rename(lake, name="Shore", by=overseer)
    strength = StrengthFactory(organization=lake)
    touch = TouchpointFactory(organization=lake)
    resource = ResourceFactory(source=lake)
    before = row(lake)
    throw_away(lake, by=overseer)

    assert in_trash(overseer) == [("organization", "Shore")]
    trash.restore(newest(Organization), by=overseer)

    lake, resource = Organization.objects.get(), type(resource).objects.get()
    assert row(lake) == before
    assert [tag.name for tag in lake.tags.all()] == ["north"]
    assert [name.name for name in PreviousName.objects.all()] == ["Lake"]
    assert (set(lake.strengths.all()), set(lake.touchpoints.all())) == ({strength}, {touch})
    assert resource.source == lake
    assert in_trash(overseer) == []


def test_what_was_deleted_before_does_not_come_along(overseer):
    lake = OrganizationFactory()
    strength = StrengthFactory(organization=lake)
    throw_away(strength, by=overseer)
    Strength.history.filter(history_type="-").update(history_date="2026-01-05T12:00Z")
    throw_away(lake, by=overseer)

    trash.restore(newest(Organization), by=overseer)

    assert not Strength.objects.exists()


def test_a_name_taken_since_is_in_the_way(staff, overseer, sign_in):
    throw_away(OrganizationFactory(name="Lake", slug="lake"), by=overseer)
    OrganizationFactory(name="LAKE", slug="lake-2")
    url = f"{PAGE}partners.organization/{newest(Organization).pk}/restore/"

    page = sign_in(overseer).post(url, follow=True)

    assert "cannot come back: the same is here again" in page.content.decode()
    assert Organization.objects.get().slug == "lake-2"


def test_the_row_above_has_to_be_there(overseer):
    touch = TouchpointFactory(organization__name="Lake")
    lake = touch.organization
    throw_away(touch, by=overseer)
    Touchpoint.history.filter(history_type="-").update(history_date="2026-01-05T12:00Z")
    throw_away(lake, by=overseer)

    with pytest.raises(trash.Refused, match="“Lake” is not there any more"):
        trash.restore(newest(Touchpoint), by=overseer)


def test_a_promise_taken_back_comes_back_with_its_introduction(staff):
    call = CheckInFactory(held=True, caller=staff)
    shore = OrganizationFactory(name="Shore")
    promise = checkins.attach(call, kind="connection", by=staff, partner=shore)
    before = row(promise)
    checkins.detach(promise, by=staff)
    assert not Introduction.objects.exists()

    trash.restore(newest(FollowUp), by=staff)

    promise = FollowUp.objects.get()
    assert row(promise) == before
    assert {party.organization for party in promise.introduction.parties.all()} == {call.organization, shore}


def test_a_promise_made_again_is_in_the_way(staff):
    call = CheckInFactory(held=True, caller=staff)
    tool = ResourceFactory()
    checkins.detach(checkins.attach(call, kind="tool", by=staff, resource=tool), by=staff)
    checkins.attach(call, kind="tool", by=staff, resource=tool)

    with pytest.raises(trash.Refused, match="the same is here again"):
        trash.restore(newest(FollowUp), by=staff)


def test_one_taken_back_leaves_a_trace_on_the_timeline(staff, partner, sign_in):
    call = CheckInFactory(held=True, caller=staff, organization=partner.person.organization)
    promise = checkins.attach(call, kind="support", by=staff, text="Read their grant draft.")
    checkins.detach(promise, by=staff)

    page = sign_in(staff).get(f"{call.organization.get_absolute_url()}?kind=follow-up").content.decode()

    assert "Ana Silva took back: Read their grant draft" in page


def test_a_person_takes_hold_again_of_what_named_them(overseer):
    person = PersonFactory()
    touch = TouchpointFactory(organization=person.organization, person=person)
    throw_away(person, by=overseer)
    touch.refresh_from_db()
    assert touch.person is None

    trash.restore(newest(type(person)), by=overseer)

    touch.refresh_from_db()
    assert touch.person_id == person.pk


def test_a_current_intrapreneur_is_in_the_way_of_another(overseer):
    person = PersonFactory()
    role = actions.hand_over(person.organization, to=person, by=overseer)
    throw_away(role, by=overseer)
    actions.hand_over(person.organization, to=PersonFactory(organization=person.organization), by=overseer)

    with pytest.raises(trash.Refused):
        trash.restore(newest(Intrapreneur), by=overseer)


def test_the_words_of_topics_come_back(overseer):
    topic = TopicFactory(name="Mentoring")
    topic.synonyms.create(name="tutoring")
    throw_away(topic, by=overseer)

    trash.restore(newest(type(topic)), by=overseer)

    assert [word.name for word in type(topic).objects.get().synonyms.all()] == ["tutoring"]


def test_what_was_merged_away_is_no_trash(overseer):
    kept, gone = OrganizationFactory(), OrganizationFactory()
    Merge.objects.create(kind="organization", kept_id=kept.pk, gone_id=gone.pk, gone_name=gone.name)
    throw_away(gone, by=overseer)

    assert in_trash(overseer) == []


def test_staff_find_what_they_threw_away_themselves(staff, overseer, sign_in):
    throw_away(TouchpointFactory(summary="Mine"), by=staff)
    throw_away(TouchpointFactory(summary="Hers"), by=overseer)
    hers = newest(Touchpoint)

    assert in_trash(staff) == [("touchpoint", "Mine")]
    assert in_trash(overseer) == [("touchpoint", "Hers"), ("touchpoint", "Mine")]
    assert sign_in(staff).post(f"{PAGE}partners.touchpoint/{hers.pk}/restore/").status_code == 404


def test_withdrawn_sentences_can_be_restored_from_there(staff, sign_in):
    strength = StrengthFactory(text="We keep mentors.")
    actions.withdraw(strength, by=staff)
    client = sign_in(staff)
    assert "We keep mentors." in client.get(PAGE).content.decode()

    client.post(f"/partners/{strength.organization.slug}/strength/{strength.pk}/restore/")

    assert "We keep mentors." not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("kind", ["accounts.user", "outbox.letter", "auth.permission", "nonsense", "partners.nothing"])
def test_other_kinds_are_not_in_the_trash(overseer, sign_in, kind):
    assert sign_in(overseer).post(f"{PAGE}{kind}/1/restore/").status_code == 404


def test_partners_are_not_let_in(partner, sign_in):
    assert sign_in(partner).get(PAGE).status_code == 403


def test_strangers_are_sent_to_the_door(client, db):
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("count", [1, 5])
def test_the_trash_costs_the_same_however_full_it_is(sign_in, overseer, django_assert_num_queries, count):
    client = sign_in(overseer)
    for _ in range(count):
        throw_away(TouchpointFactory(), by=overseer)
        actions.withdraw(StrengthFactory(), by=overseer)

    with django_assert_num_queries(4 + len(trash.kinds())):
        client.get(PAGE)


def test_every_kind_in_the_trash_is_on_record():
    assert set(trash.kinds()) <= set(record.models())
