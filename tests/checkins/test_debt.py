"""A call is a debt: no path closes it with nothing given."""

import smtplib

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from checkins import actions
from checkins.models import CheckIn, Delivery, FollowUp
from outbox import actions as outbox
from outbox import tasks
from tests.factories import (
    CheckInFactory,
    DeliveryFactory,
    FollowUpFactory,
    IntrapreneurFactory,
    PersonFactory,
    ResourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def refuse(*_):
    raise smtplib.SMTPRecipientsRefused({"dana@lakeshore.example.org": (550, b"No such mailbox")})


def state_of(checkin):
    return CheckIn.objects.get(pk=checkin.pk).state


def test_a_call_that_was_held_is_owed(staff):
    checkin = CheckInFactory(caller=staff)

    actions.hold(checkin, heard={}, by=staff)

    assert state_of(checkin) == CheckIn.State.HELD


def test_the_first_promise_kept_closes_it():
    followup = FollowUpFactory()
    FollowUpFactory(checkin=followup.checkin, text="Send the grant calendar")

    delivery = actions.give(followup, by=followup.promised_by, note="by phone")

    followup.checkin.refresh_from_db()
    assert (followup.checkin.state, followup.checkin.closed_by) == (CheckIn.State.CLOSED, delivery)


def test_a_promise_alone_does_not_close_it():
    followup = FollowUpFactory()

    with pytest.raises(actions.NothingGiven):
        actions.close(followup.checkin)

    assert state_of(followup.checkin) == CheckIn.State.HELD


def test_something_given_during_the_call_closes_it_when_it_ends(staff):
    followup = FollowUpFactory(checkin=CheckInFactory(caller=staff))
    actions.give(followup, by=staff, note="read it out to them")

    actions.hold(followup.checkin, heard={}, by=staff)

    assert state_of(followup.checkin) == CheckIn.State.CLOSED


def test_giving_twice_is_giving_once():
    followup = FollowUpFactory(tool=True)

    for _ in range(2):
        actions.give(followup, by=followup.promised_by, note="by phone")

    followup.resource.refresh_from_db()
    assert (Delivery.objects.count(), followup.resource.sent_count) == (1, 1)


def test_the_shell_cannot_close_it_with_an_update():
    checkin = CheckInFactory(held=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.filter(pk=checkin.pk).update(state=CheckIn.State.CLOSED, closed_at=timezone.now())

    assert state_of(checkin) == CheckIn.State.HELD


def test_the_shell_cannot_close_it_with_save_or_create():
    checkin = CheckInFactory(held=True)
    checkin.state, checkin.closed_at = CheckIn.State.CLOSED, timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        checkin.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckInFactory(state=CheckIn.State.CLOSED, held_on="2026-03-16", closed_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.bulk_update([checkin], ["state", "closed_at"])
    with pytest.raises(ValidationError):
        checkin.full_clean()


def test_what_closed_a_call_cannot_be_deleted():
    delivery = DeliveryFactory()
    actions.close(delivery.followup.checkin)

    with pytest.raises(IntegrityError), transaction.atomic():
        delivery.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).delete()


def test_a_promise_that_was_kept_cannot_be_taken_back():
    delivery = DeliveryFactory()

    assert not actions.detach(delivery.followup)

    assert FollowUp.objects.filter(pk=delivery.followup.pk).exists()


def test_the_screen_does_not_close_it(staff, sign_in):
    checkin = CheckInFactory(held=True, caller=staff)
    everything = {"do": "done", "state": "closed", "closed_by": "1", "closed_at": "2026-03-16", "work": "", "notes": ""}

    sign_in(staff).post(reverse("checkins:review", args=[checkin.pk]), everything)

    assert state_of(checkin) == CheckIn.State.HELD


def test_the_admin_action_says_why_not(admin_user, sign_in):
    checkin = CheckInFactory(held=True)

    answer = sign_in(admin_user).post(
        reverse("admin:checkins_checkin_changelist"),
        {"action": "close", "_selected_action": [checkin.pk]},
        follow=True,
    )

    assert "Nothing was given back yet" in answer.content.decode()
    assert state_of(checkin) == CheckIn.State.HELD


def test_the_admin_form_does_not_take_a_state(admin_user, sign_in):
    checkin = CheckInFactory(held=True)
    url = reverse("admin:checkins_checkin_change", args=[checkin.pk])

    sign_in(admin_user).post(url, {"state": "closed", "closed_by": "1", "closed_at_0": "2026-03-16"})

    assert state_of(checkin) == CheckIn.State.HELD


def test_the_letter_that_left_keeps_its_promises_and_closes_the_call(staff, mailoutbox):
    checkin = CheckInFactory(held=True, caller=staff)
    IntrapreneurFactory(person=PersonFactory(organization=checkin.organization, email="dana@lakeshore.example.org"))
    tool = actions.attach(checkin, kind="tool", resource=ResourceFactory(title="Mentor checklist"), by=staff)
    letter = actions.write_letter(checkin, by=staff)
    outbox.approve(letter, by=staff)
    assert state_of(checkin) == CheckIn.State.HELD

    for _ in range(2):
        tasks.send(letter.pk)

    assert state_of(checkin) == CheckIn.State.CLOSED
    assert len(mailoutbox) == 1
    assert Delivery.objects.get(followup=tool).letter == letter


def test_a_letter_that_could_not_leave_gives_nothing(staff, monkeypatch):
    checkin = CheckInFactory(held=True, caller=staff)
    IntrapreneurFactory(person=PersonFactory(organization=checkin.organization))
    actions.attach(checkin, kind="support", text="Read their draft", by=staff)
    letter = actions.write_letter(checkin, by=staff)
    outbox.approve(letter, by=staff)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    tasks.send(letter.pk)

    assert (state_of(checkin), Delivery.objects.count()) == (CheckIn.State.HELD, 0)


def test_two_people_holding_the_same_call_hold_it_once(staff):
    checkin = CheckInFactory(caller=staff)
    other = UserFactory()

    first = actions.hold(checkin, heard={"notes": "mine"}, by=staff)
    second = actions.hold(checkin, heard={"notes": "theirs"}, by=other)

    checkin.refresh_from_db()
    assert (first is not None, second, checkin.notes, checkin.caller) == (True, None, "mine", staff)
