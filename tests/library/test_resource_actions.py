from datetime import date

import pytest
from django.db import IntegrityError, transaction

from library import actions
from library.models import Resource
from tests.factories import ResourceFactory, TopicFactory

TODAY = date(2026, 3, 16)


def counts(resource):
    resource.refresh_from_db()
    return resource.sent_count, resource.useful_count


def test_sending_and_helping_are_counted(db):
    resource = ResourceFactory()
    stale = Resource.objects.get()

    actions.record_sent(resource)
    actions.record_sent(stale)
    actions.record_landed(stale, was="", now="yes")

    assert counts(resource) == (2, 1)


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [("", "yes", 3), ("no", "yes", 3), ("yes", "yes", 2), ("yes", "no", 1), ("yes", "not yet", 1), ("", "no", 2)],
)
def test_the_count_follows_the_yes(db, was, now, expected):
    resource = ResourceFactory(sent_count=5, useful_count=2)

    actions.record_landed(resource, was=was, now=now)

    assert counts(resource) == (5, expected)


@pytest.mark.parametrize(("sent", "useful", "was", "now"), [(1, 1, "", "yes"), (1, 0, "yes", "no")])
def test_the_count_never_leaves_what_is_possible(db, sent, useful, was, now):
    resource = ResourceFactory(sent_count=sent, useful_count=useful)

    actions.record_landed(resource, was=was, now=now)

    assert counts(resource) == (sent, useful)


def test_withdrawing_and_restoring_twice_is_once_and_on_record(staff):
    resource = ResourceFactory()

    assert [actions.withdraw(resource, by=staff, today=TODAY) for _ in range(2)] == [True, False]
    assert Resource.objects.get().withdrawn_on == TODAY
    assert [actions.restore(resource, by=staff) for _ in range(2)] == [True, False]

    assert list(Resource.objects.current()) == [resource]
    lines = resource.history.order_by("pk").values_list("withdrawn_on", "history_user")
    assert list(lines)[1:] == [(TODAY, staff.pk), (None, staff.pk)]


def test_equal_titles_get_pages_of_their_own(staff):
    slugs = {
        actions.add(Resource(title=title, kind="coaching"), by=staff).slug
        for title in ("A guide", "A guide", "Add", "日本", "日本")
    }

    assert len(slugs) == 5
    assert {"a-guide", "resource"} <= slugs
    assert "add" not in slugs


def test_what_was_changed_is_on_record_with_its_topics(staff, overseer):
    resource = actions.add(Resource(title="A guide", kind="coaching"), topics=[TopicFactory(name="Bats")], by=staff)
    resource.title = "The guide"

    actions.change(resource, topics=[], by=overseer)

    newest = resource.history.latest()
    assert (newest.title, newest.history_user, newest.topics.count()) == ("The guide", overseer, 0)
    assert resource.history.earliest().title == "A guide"


@pytest.mark.parametrize("broken", [{"link": ""}, {"sent_count": 1, "useful_count": 2}])
def test_the_database_refuses_what_cannot_be(db, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        ResourceFactory(**broken)


def test_what_is_given_in_person_needs_neither_link_nor_file(db):
    assert ResourceFactory(kind="coaching", link="").pk
