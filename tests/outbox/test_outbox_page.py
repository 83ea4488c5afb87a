from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from outbox.models import Letter
from tests.factories import LetterFactory, UserFactory

LONG_AGO = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def one_of_each(db):
    now = timezone.now()
    return {
        "draft": LetterFactory(subject="A draft"),
        "approved": LetterFactory(subject="An approved one", approved=True),
        "sending": LetterFactory(subject="On the line", approved=True, state=Letter.State.SENDING, claimed_at=now),
        "doubt": LetterFactory(
            subject="Who knows", approved=True, state=Letter.State.SENDING, claimed_at=now - timedelta(hours=1)
        ),
        "failed": LetterFactory(subject="No such box", approved=True, state=Letter.State.FAILED, problem="550"),
        "sent": LetterFactory(subject="Long gone", sent=True),
    }


def subjects(answer):
    return {letter.subject for letter in answer.context["page"]}


def test_strangers_are_sent_to_the_door(client, db):
    answer = client.get("/outbox/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/code/")


def test_partners_have_no_outbox(sign_in, partner):
    assert sign_in(partner).get("/outbox/").status_code == 403


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("", {"A draft"}),
        ("nonsense", {"A draft"}),
        ("approved", {"An approved one", "On the line"}),
        ("doubt", {"Who knows"}),
        ("failed", {"No such box"}),
        ("sent", {"Long gone"}),
    ],
)
def test_each_state_has_its_box(sign_in, staff, one_of_each, state, expected):
    answer = sign_in(staff).get("/outbox/", {"state": state})

    assert subjects(answer) == expected
    assert [count for _, _, count, _ in answer.context["box"].tabs] == [1, 2, 1, 1, 1]


@pytest.mark.parametrize("words", ["harvest", "dana", "DANA@lakeshore", "harvest dana"])
def test_words_find_subject_name_and_address(sign_in, staff, words):
    LetterFactory(subject="The harvest guide", to_name="Dana", to_email="dana@lakeshore.example.org")
    LetterFactory(to_name="Carla")

    answer = sign_in(staff).get("/outbox/", {"q": words})

    assert subjects(answer) == {"The harvest guide"}


def test_an_empty_box_says_where_letters_come_from(sign_in, staff):
    client = sign_in(staff)

    assert "when you keep a promise from a call" in client.get("/outbox/").content.decode()
    assert "No letter here matches “zebra”" in client.get("/outbox/?q=zebra").content.decode()


@pytest.mark.parametrize("number", ["2", "9", "x", "-1"])
def test_long_lists_have_pages_and_forgive_nonsense(sign_in, staff, number):
    LetterFactory.create_batch(51)

    answer = sign_in(staff).get("/outbox/", {"page": number, "q": "letter"})

    assert len(answer.context["page"]) in (1, 50)
    assert "Page " in answer.content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_however_long_it_is(sign_in, staff, django_assert_num_queries, count):
    client = sign_in(staff)
    for _ in range(count):
        LetterFactory(written_by=UserFactory())

    with django_assert_num_queries(9):
        client.get("/outbox/")


def test_the_neighbours_of_a_letter_are_those_of_its_list(sign_in, staff):
    first, second, third = (LetterFactory(subject=f"Guide {n}", changed_at=LONG_AGO) for n in (1, 2, 3))
    LetterFactory(subject="Something else", changed_at=LONG_AGO)

    answer = sign_in(staff).get(f"/outbox/{second.pk}/?state=draft&q=guide")

    assert (answer.context["newer"], answer.context["older"]) == (third, first)
    assert f'href="/outbox/{first.pk}/?state=draft&amp;q=guide"' in answer.content.decode()
