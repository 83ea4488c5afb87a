"""Against a real mail server: what is sent, what is tried again, what fails, and what only a person can tell."""

import email
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from outbox import actions, beat, letters, tasks
from outbox.models import Letter
from outbox.signals import letter_sent
from tests.factories import LetterFactory
from tests.outbox.mail_server import free_port

MORNING = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)


@pytest.fixture
def approved(written, staff):
    letter = written()
    actions.approve(letter, by=staff)
    return letter


@pytest.fixture
def asked_for(monkeypatch):
    """The letters that the clock asks to send."""
    asked = []
    monkeypatch.setattr(tasks.send, "delay", asked.append)
    return asked


def state(letter):
    letter.refresh_from_db()
    return letter.state


def test_what_arrives_is_what_the_row_says(server, approved, staff):
    tasks.send(approved.pk)

    envelope = server.taken[0]
    mail = email.message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["dana@lakeshore.example.org"]
    assert (mail["Message-ID"], mail["Subject"], mail["Reply-To"]) == (
        approved.message_id,
        approved.subject,
        staff.email,
    )
    bodies = [mail.get_body([kind]).get_content().splitlines() for kind in ("plain", "html")]
    assert bodies == [approved.text.splitlines(), approved.html.splitlines()]
    assert state(approved) == Letter.State.SENT


def test_sending_twice_sends_once(server, approved):
    tasks.send(approved.pk)
    tasks.send(approved.pk)

    assert len(server.taken) == 1


@pytest.mark.parametrize("letter_state", [Letter.State.DRAFT, Letter.State.SENDING, Letter.State.FAILED])
def test_only_what_was_approved_is_sent(server, db, letter_state):
    letter = LetterFactory(approved=True, state=letter_state, claimed_at=timezone.now())

    tasks.send(letter.pk)
    tasks.send(letter.pk + 1000)

    assert server.taken == []


def test_the_news_that_it_left_comes_with_the_state(server, approved):
    heard = []

    def hear(sender, letter, **kwargs):
        heard.append((letter.pk, letter.state))

    letter_sent.connect(hear)
    tasks.send(approved.pk)
    letter_sent.disconnect(hear)

    assert heard == [(approved.pk, Letter.State.SENT)]


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_leaves_it_in_doubt_and_not_to_be_sent_again(server, approved):
    def stumble(sender, letter, **kwargs):
        raise RuntimeError("listener")

    letter_sent.connect(stumble)
    with pytest.raises(RuntimeError):
        tasks.send(approved.pk)
    letter_sent.disconnect(stumble)
    tasks.send(approved.pk)

    assert len(server.taken) == 1
    assert state(approved) == Letter.State.SENDING


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_refusal_is_final_and_says_why(server, approved, stage):
    setattr(server, stage, "550 No such person here")

    tasks.send(approved.pk)

    assert state(approved) == Letter.State.FAILED
    assert approved.problem == "The mail server said 550: No such person here"


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_come_back_later_is_tried_again_later(server, approved, stage):
    with time_machine.travel(MORNING, tick=False):
        setattr(server, stage, "451 Greylisted, try again")
        tasks.send(approved.pk)
        tasks.send(approved.pk)  # too early: nothing happens

        assert (state(approved), approved.tries) == (Letter.State.APPROVED, 1)
        assert approved.next_try_at == MORNING + timedelta(minutes=1)
        assert approved.problem == "The mail server said 451: Greylisted, try again"

    with time_machine.travel(MORNING + timedelta(minutes=1), tick=False):
        setattr(server, stage, "250 OK")
        tasks.send(approved.pk)

    assert (state(approved), approved.problem) == (Letter.State.SENT, "")


def test_a_server_that_cannot_be_reached_is_tried_five_times_at_growing_distance(server, approved, settings):
    settings.EMAIL_PORT = free_port()
    gaps, now = [], MORNING

    for _ in range(5):
        with time_machine.travel(now, tick=False):
            tasks.send(approved.pk)
        if state(approved) == Letter.State.APPROVED:
            gaps.append(approved.next_try_at - now)
            now = approved.next_try_at

    assert gaps == tasks.WAITS
    assert (approved.state, approved.tries) == (Letter.State.FAILED, 5)
    assert approved.problem.startswith("The mail server cannot be reached (")
    assert approved.problem.endswith("We tried 5 times.")


def test_a_line_that_breaks_during_the_hand_over_leaves_it_in_doubt(server, approved):
    server.data = "hang up"

    tasks.send(approved.pk)
    tasks.send(approved.pk)

    assert (state(approved), approved.is_in_doubt, len(server.taken)) == (Letter.State.SENDING, True, 1)
    assert approved.problem.startswith("The line broke while it was being handed over")
    assert list(Letter.objects.in_doubt()) == [approved]


def test_a_spoilt_row_fails_alone(server, db):
    spoilt = LetterFactory(approved=True, to_email="a@example.org, b@example.org")
    good = LetterFactory(approved=True)

    for letter in (spoilt, good):
        tasks.send(letter.pk)

    assert [state(letter) for letter in (spoilt, good)] == [Letter.State.FAILED, Letter.State.SENT]
    assert spoilt.problem.startswith("This letter cannot be sent as it is (")


def test_a_mail_that_cannot_be_built_fails_with_a_sentence(server, approved, monkeypatch):
    def stumble(letter):
        raise TypeError("no")

    monkeypatch.setattr(letters, "message", stumble)

    tasks.send(approved.pk)

    assert (state(approved), approved.problem) == (Letter.State.FAILED, "This letter cannot be sent as it is (no).")


def test_silence_for_ten_minutes_is_doubt(db):
    letter = LetterFactory(approved=True, state=Letter.State.SENDING, claimed_at=MORNING)

    with time_machine.travel(MORNING + timedelta(minutes=9), tick=False):
        assert (letter.is_in_doubt, Letter.objects.in_doubt().count(), Letter.objects.on_its_way().count()) == (
            False,
            0,
            1,
        )
    with time_machine.travel(MORNING + timedelta(minutes=10), tick=False):
        assert (letter.is_in_doubt, Letter.objects.in_doubt().count(), Letter.objects.on_its_way().count()) == (
            True,
            1,
            0,
        )


def test_a_person_says_that_a_letter_in_doubt_arrived(db, staff):
    letter = LetterFactory(approved=True, state=Letter.State.SENDING, claimed_at=MORNING)

    with time_machine.travel(MORNING + timedelta(hours=1), tick=False):
        assert actions.arrived(letter, by=staff)
        assert not actions.arrived(letter, by=staff)

    assert state(letter) == Letter.State.SENT


def test_nobody_settles_a_letter_that_is_being_sent_right_now(db, staff):
    letter = LetterFactory(approved=True, state=Letter.State.SENDING, claimed_at=timezone.now())

    assert not actions.arrived(letter, by=staff)
    assert not actions.retry(letter, by=staff)


def test_a_letter_that_failed_or_is_in_doubt_goes_again_under_the_same_message_id(server, staff, approved):
    server.data = "hang up"
    tasks.send(approved.pk)
    server.data = "250 OK"

    assert actions.retry(approved, by=staff)
    tasks.send(approved.pk)

    mails = [email.message_from_bytes(envelope.content) for envelope in server.taken]
    assert [mail["Message-ID"] for mail in mails] == [approved.message_id] * 2
    assert state(approved) == Letter.State.SENT


def test_the_clock_finds_what_the_broker_lost(asked_for, db):
    due = LetterFactory(approved=True)
    waited = LetterFactory(approved=True, next_try_at=timezone.now() - timedelta(seconds=1))
    LetterFactory(approved=True, next_try_at=timezone.now() + timedelta(minutes=5))
    LetterFactory(sent=True)
    LetterFactory()

    beat.every_minute()

    assert sorted(asked_for) == [due.pk, waited.pk]


def test_the_clock_asks_for_the_oldest_first_and_not_for_all_at_once(asked_for, db, monkeypatch):
    monkeypatch.setattr(beat, "AT_A_TIME", 2)
    today = LetterFactory(approved=True)
    yesterday = LetterFactory(approved=True, approved_at=timezone.now() - timedelta(days=1))
    LetterFactory(approved=True)

    beat.every_minute()

    assert asked_for == [yesterday.pk, today.pk]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_mail_server_is_slow(approved, monkeypatch):
    seen = []
    monkeypatch.setattr(tasks, "hand_over", lambda letter: seen.append((letter.state, connection.in_atomic_block)))

    tasks.send(approved.pk)

    assert seen == [(Letter.State.SENDING, False)]
