"""Outside of a request too, a line of history names who asked for the change; an import or a task is nobody."""

import pytest

from accounts import actions, record
from accounts.models import User
from checkins import actions as checkins
from checkins.models import CheckIn, FollowUp
from library import actions as library
from partners.models import Tag
from tests.factories import CheckInFactory, FollowUpFactory, ResourceFactory, UserFactory


def last(thing):
    line = type(thing).history.filter(id=thing.pk).order_by("-history_id").first()
    return line.history_type, line.history_user


def test_what_is_made_is_on_record(staff):
    tag = record.create(Tag, by=staff, name="north")
    again, created = record.get_or_create(Tag.objects, by=staff, name="south", defaults={})
    user = actions.invite("new@hub.example.org", role=User.Role.PARTNER, name="New", by=staff)

    assert created
    assert [last(thing) for thing in (tag, again, user)] == [("+", staff)] * 3


@pytest.mark.parametrize("by_a_task", [False, True])
def test_what_the_database_updates_is_on_record(staff, by_a_task):
    call, by = CheckInFactory(), None if by_a_task else staff

    assert checkins.reschedule(call, due_on="2026-05-04", by=by)

    assert last(call) == ("~", by)
    assert call.history.first().due_on == CheckIn.objects.get().due_on


def test_what_follows_from_a_step_is_on_record_too(staff):
    promise = FollowUpFactory()

    delivery = checkins.give(promise, by=staff, note="by phone")

    assert [last(thing) for thing in (delivery, promise.checkin)] == [("+", staff), ("~", staff)]
    assert promise.checkin.history.first().state == CheckIn.State.CLOSED


def test_an_update_that_changes_nothing_leaves_no_line(staff):
    resource = ResourceFactory()
    library.withdraw(resource, by=staff)

    assert not library.withdraw(resource, by=staff)
    assert record.noted(resource, staff)

    assert resource.history.count() == 2


def test_what_was_kept_is_not_deleted(staff):
    promise = FollowUpFactory()
    checkins.give(promise, by=staff, note="by phone")

    assert not record.delete(promise, FollowUp.objects.all(), by=staff)
    assert not checkins.detach(promise, by=staff)

    assert FollowUp.objects.get() == promise


def test_signing_in_is_no_change(client, db):
    user = UserFactory()

    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert User.objects.get().last_login
    assert user.history.count() == 1
