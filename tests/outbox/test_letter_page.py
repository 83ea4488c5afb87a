from datetime import timedelta

import pytest
from django.utils import timezone

from outbox import actions
from outbox.models import Letter
from tests.factories import LetterFactory

STEPS = ["approve", "take-back", "test", "discard", "retry", "arrived"]


@pytest.fixture
def in_doubt(db):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    return LetterFactory(approved=True, state=Letter.State.SENDING, claimed_at=an_hour_ago)


@pytest.fixture(autouse=True)
def asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr(actions.tasks.send, "delay", asked.append)
    return asked


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("path", ["", "html/", "edit/", "discard/"])
def test_only_the_hub_reads_letters(client, sign_in, partner, path):
    letter = LetterFactory(to_email=partner.email)

    assert client.get(f"/outbox/{letter.pk}/{path}").status_code == 302
    assert sign_in(partner).get(f"/outbox/{letter.pk}/{path}").status_code == 403


@pytest.mark.parametrize("step", STEPS)
def test_only_the_hub_moves_letters(client, sign_in, partner, step):
    letter = LetterFactory(to_email=partner.email)

    assert client.post(f"/outbox/{letter.pk}/{step}/").status_code == 302
    assert sign_in(partner).post(f"/outbox/{letter.pk}/{step}/").status_code == 403
    assert Letter.objects.get().state == Letter.State.DRAFT


@pytest.mark.parametrize("step", ["approve", "take-back", "test", "retry", "arrived"])
def test_following_a_link_moves_nothing(sign_in, staff, step):
    letter = LetterFactory()

    assert sign_in(staff).get(f"/outbox/{letter.pk}/{step}/").status_code == 405


@pytest.mark.parametrize("pk", ["9", "99999999999999999999999999999"])
def test_a_letter_that_is_not_there_is_not_found(sign_in, staff, pk):
    assert sign_in(staff).get(f"/outbox/{pk}/").status_code == 404


def test_the_page_shows_the_text_as_it_will_be_sent(sign_in, staff):
    letter = LetterFactory(text="Dear <Dana>,\n\n  indented\n")

    page = sign_in(staff).get(f"/outbox/{letter.pk}/").content.decode()

    assert "Dear &lt;Dana&gt;,\n\n  indented\n" in page


def test_the_html_is_shown_in_a_frame_that_can_do_nothing(sign_in, staff):
    letter = LetterFactory(html="<p>Hello</p><script>alert(1)</script>")

    answer = sign_in(staff).get(f"/outbox/{letter.pk}/html/")

    assert answer.content.decode() == letter.html
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_the_page_costs_a_fixed_number_of_queries(sign_in, staff, django_assert_num_queries):
    letter = LetterFactory(written_by=staff, approved=True, approved_by=staff)
    client = sign_in(staff)

    with django_assert_num_queries(5):
        client.get(f"/outbox/{letter.pk}/")


def test_approving_sends_what_was_seen(sign_in, staff, asked_for, django_capture_on_commit_callbacks):
    letter = LetterFactory()

    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in(staff).post(
            f"/outbox/{letter.pk}/approve/?state=draft", {"version": letter.version}, follow=True
        )

    assert answer.redirect_chain == [(f"/outbox/{letter.pk}/?state=draft", 302)]
    assert said(answer) == ["On its way to Dana Example."]
    assert asked_for == [letter.pk]


@pytest.mark.parametrize("version", ["", "2020-01-01T00:00:00+00:00", "nonsense"])
def test_approving_another_text_than_was_seen_does_nothing(sign_in, staff, version):
    letter = LetterFactory()

    answer = sign_in(staff).post(f"/outbox/{letter.pk}/approve/", {"version": version}, follow=True)

    assert said(answer)[0].startswith("Nothing was done: the letter has changed")
    assert Letter.objects.get().state == Letter.State.DRAFT


def test_a_double_click_approves_once(sign_in, staff, asked_for, django_capture_on_commit_callbacks):
    letter, client = LetterFactory(), sign_in(staff)

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            client.post(f"/outbox/{letter.pk}/approve/", {"version": letter.version})

    assert asked_for == [letter.pk]


def test_an_approved_letter_is_taken_back(sign_in, staff):
    letter = LetterFactory(approved=True)

    answer = sign_in(staff).post(f"/outbox/{letter.pk}/take-back/", follow=True)

    assert said(answer) == ["Taken back: it is a draft again."]
    assert Letter.objects.get().is_draft


def test_a_letter_on_the_line_cannot_be_taken_back(sign_in, staff):
    letter = LetterFactory(approved=True, state=Letter.State.SENDING, claimed_at=timezone.now())

    answer = sign_in(staff).post(f"/outbox/{letter.pk}/take-back/", follow=True)

    assert said(answer) == ["Too late: it is being sent."]


def test_a_test_copy_goes_to_oneself_alone(sign_in, staff):
    letter = LetterFactory(subject="Welcome")

    answer = sign_in(staff).post(f"/outbox/{letter.pk}/test/", follow=True)

    assert said(answer) == ["A copy of this text goes to ana@hub.example.org, once."]
    copy = Letter.objects.exclude(pk=letter.pk).get()
    assert (copy.to_email, copy.subject, copy.state) == (staff.email, "[Test] Welcome", Letter.State.APPROVED)


def test_discarding_asks_first(sign_in, staff):
    letter, client = LetterFactory(subject="Never mind"), sign_in(staff)

    assert "Discard this draft?" in client.get(f"/outbox/{letter.pk}/discard/").content.decode()
    assert Letter.objects.exists()

    answer = client.post(f"/outbox/{letter.pk}/discard/", follow=True)
    assert said(answer) == ["Discarded: “Never mind” was not sent."]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("step", ["edit", "discard"])
def test_what_was_sent_stays_as_it_is(sign_in, staff, method, step):
    letter = LetterFactory(sent=True)

    answer = getattr(sign_in(staff), method)(f"/outbox/{letter.pk}/{step}/", follow=True)

    assert said(answer)[0].startswith("Only a draft can be ")
    assert Letter.objects.get().state == Letter.State.SENT


def test_a_failure_is_shown_with_its_reason_and_tried_again(sign_in, staff):
    letter = LetterFactory(approved=True, state=Letter.State.FAILED, problem="The mail server said 550: No")
    client = sign_in(staff)

    assert letter.problem in client.get(f"/outbox/{letter.pk}/").content.decode()
    answer = client.post(f"/outbox/{letter.pk}/retry/", follow=True)

    assert said(answer) == ["On its way again."]
    assert Letter.objects.get().state == Letter.State.APPROVED


@pytest.mark.parametrize(("step", "state"), [("arrived", Letter.State.SENT), ("retry", Letter.State.APPROVED)])
def test_a_person_settles_a_doubt(sign_in, staff, in_doubt, step, state):
    client = sign_in(staff)

    assert "It may have arrived." in client.get(f"/outbox/{in_doubt.pk}/").content.decode()
    client.post(f"/outbox/{in_doubt.pk}/{step}/")

    assert Letter.objects.get().state == state


def test_a_draft_is_edited(sign_in, staff):
    letter, client = LetterFactory(), sign_in(staff)
    assert letter.subject in client.get(f"/outbox/{letter.pk}/edit/").content.decode()

    words = {"subject": "Welcome", "text": "Hello {{ user }}", "version": letter.version}
    answer = client.post(f"/outbox/{letter.pk}/edit/", words, follow=True)

    assert said(answer) == ["Saved. It is still a draft."]
    letter.refresh_from_db()
    assert (letter.subject, letter.text) == ("Welcome", "Hello {{ user }}\n")
    assert "Hello {{ user }}" in letter.html


@pytest.mark.parametrize("words", [{"subject": "Two\nlines"}, {"subject": ""}, {"text": " "}, {"text": "x" * 60_000}])
def test_words_that_cannot_be_sent_are_kept_in_the_form(sign_in, staff, words):
    letter = LetterFactory()
    typed = {"subject": "My subject", "text": "My text", "version": letter.version, **words}

    answer = sign_in(staff).post(f"/outbox/{letter.pk}/edit/", typed)

    assert answer.status_code == 200
    assert "<title>Error: " in answer.content.decode()
    assert "My " in answer.content.decode()
    assert Letter.objects.get().text == "Hello."


def test_two_editors_see_both_texts_before_one_replaces_the_other(sign_in, staff, overseer):
    letter = LetterFactory()
    opened = letter.version
    actions.edit(letter, subject="Hers", text="Her words", by=overseer)
    client = sign_in(staff)

    answer = client.post(f"/outbox/{letter.pk}/edit/", {"subject": "Mine", "text": "My words", "version": opened})

    page = answer.content.decode()
    assert "Her words" in page
    assert "My words" in page
    client.post(f"/outbox/{letter.pk}/edit/", {"subject": "Mine", "text": "My words", "version": letter.version})
    assert Letter.objects.get().text == "My words\n"
