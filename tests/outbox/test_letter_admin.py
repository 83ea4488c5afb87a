import pytest

from accounts.record import version
from outbox.models import Letter
from tests.factories import LetterFactory

LIST = "/admin/outbox/letter/"


@pytest.fixture
def admin(sign_in, admin_user):
    return sign_in(admin_user)


def run(admin, action, *letters):
    return admin.post(LIST, {"action": action, "_selected_action": [letter.pk for letter in letters]}, follow=True)


def test_staff_have_no_admin(sign_in, staff):
    assert sign_in(staff).get(LIST).status_code in (302, 403)


def test_the_admin_lists_and_searches_letters(admin):
    LetterFactory(subject="The harvest guide")
    LetterFactory(subject="Another")

    page = admin.get(LIST, {"q": "harvest"}).content.decode()

    assert "The harvest guide" in page
    assert "Another" not in page


def test_a_draft_is_edited_through_the_same_action(admin):
    letter = LetterFactory()

    admin.post(f"{LIST}{letter.pk}/change/", {"subject": "Welcome", "text": "Hello <b>", "seen": version(letter)})

    letter.refresh_from_db()
    assert (letter.subject, letter.text) == ("Welcome", "Hello <b>\n")
    assert "Hello &lt;b&gt;" in letter.html


def test_the_words_of_a_sent_letter_are_read_only(admin):
    letter = LetterFactory(sent=True)

    assert 'name="subject"' not in admin.get(f"{LIST}{letter.pk}/change/").content.decode()
    admin.post(f"{LIST}{letter.pk}/change/", {"subject": "Forged", "text": "Forged", "state": "draft"})

    letter.refresh_from_db()
    assert (letter.text, letter.state) == ("Hello.", Letter.State.SENT)


def test_letters_are_neither_added_nor_deleted_here(admin):
    letter = LetterFactory(sent=True)

    assert admin.get(f"{LIST}add/").status_code == 403
    assert admin.post(f"{LIST}{letter.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_admin_moves_letters_only_as_the_page_does(admin):
    draft, sent = LetterFactory(), LetterFactory(sent=True)

    answer = run(admin, "approve", draft, sent)

    assert "1 of 2 on their way." in answer.content.decode()
    assert Letter.objects.get(pk=draft.pk).state == Letter.State.APPROVED
    assert Letter.objects.get(pk=sent.pk).state == Letter.State.SENT
    assert "0 of 2 discarded." in run(admin, "discard", draft, sent).content.decode()
    assert "0 of 2 on their way again." in run(admin, "retry", draft, sent).content.decode()
