import email
import threading
from email import policy

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from outbox import actions, letters
from outbox.models import Letter
from tests.factories import LetterFactory, OrganizationFactory, UserFactory

BREAKERS = ["a@example.org, b@example.org", "a@example.org;b@example.org", "a@example.org\nBcc: b@example.org", "", "@"]


def test_a_letter_is_a_draft_rendered_once_into_its_row(written, staff):
    lakeshore = OrganizationFactory()

    letter = written(about=lakeshore)

    assert (letter.state, letter.kind, letter.about) == (Letter.State.DRAFT, "outbox/invitation", lakeshore)
    assert letter.subject == "Ana Silva invites you to Network Hub"
    assert letter.text.startswith("Dear Dana Whitfield,\n\nAna Silva has invited you to Network Hub")
    assert letter.text.endswith("Warm regards,\nAna Silva\nNetwork Hub\n")
    assert '<a href="https://hub.example.org/in/"' in letter.html
    assert (letter.reply_to, letter.written_by) == (staff.email, staff)


def test_writing_twice_is_writing_once(written):
    first = written()

    second = written(to_name="Somebody Else")

    assert second == first
    assert [letter.to_name for letter in Letter.objects.all()] == ["Dana Whitfield"]


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_the_same_moment_write_one_letter(written, monkeypatch):
    """Both have looked and found nothing before either writes."""
    both_looked = threading.Barrier(2)
    render = letters.render
    monkeypatch.setattr(letters, "render", lambda *args: (both_looked.wait(5), render(*args))[1])
    monkeypatch.setattr(actions, "write", actions.write.__wrapped__)  # SQLite would let the second wait at the door
    found = []

    def write():
        found.append(written().pk)
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert found == [Letter.objects.get().pk] * 2


def test_the_message_id_follows_from_the_dedupe_key_and_the_address_of_the_hub(written, settings):
    settings.BASE_URL = "https://hub.example.org"

    letter = written(dedupe_key="one")

    assert letter.message_id == letters.message_id("one") != letters.message_id("two")
    assert letter.message_id.endswith("@hub.example.org>")


@pytest.mark.parametrize("address", BREAKERS)
def test_what_is_not_one_address_is_refused(written, address):
    with pytest.raises(ValidationError):
        written(to_email=address)

    assert not Letter.objects.exists()


def test_a_name_with_line_breaks_cannot_add_a_header(written):
    staff = UserFactory(name="Ana\r\nBcc: evil@example.org\x07")

    letter = written(by=staff, to_name="Dana\nWhitfield")

    assert letter.subject == "Ana Bcc: evil@example.org invites you to Network Hub"
    assert letter.to_name == "Dana Whitfield"


def test_what_people_type_is_text_never_markup_and_never_a_template(written, staff):
    staff.name = "<script>alert(1)</script> {{ user.password }} {% now 'Y' %}"

    letter = written()

    assert "<script>alert(1)</script> {{ user.password }} {% now 'Y' %} has invited you" in letter.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ user.password }}" in letter.html
    assert "<script" not in letter.html


def test_a_very_long_subject_is_cut(written, settings):
    settings.HUB_NAME = "Network " * 40

    letter = written()

    assert len(letter.subject) == 200
    assert letter.subject.endswith("…")


def test_a_draft_can_be_edited_and_its_html_follows(written, staff):
    letter = written()

    assert actions.edit(letter, subject="Welcome", text="Hello <b>you</b>\r\n\r\n\r\n\r\nBye", by=staff)

    letter.refresh_from_db()
    assert (letter.subject, letter.text) == ("Welcome", "Hello <b>you</b>\n\nBye\n")
    assert "<p>Hello &lt;b&gt;you&lt;/b&gt;</p>" in letter.html


@pytest.mark.parametrize("subject", ["Two\nlines", "Bell\x07", "Line\u2028separator", "   "])
def test_a_subject_is_one_line_of_something(written, staff, subject):
    letter = written()

    with pytest.raises(ValidationError):
        actions.edit(letter, subject=subject, text="Hello", by=staff)


def test_nobody_overwrites_or_approves_words_they_have_not_seen(written, staff, overseer):
    mine, theirs = written(), written()
    actions.edit(theirs, subject="Theirs", text="Theirs", by=overseer)

    assert not actions.edit(mine, subject="Mine", text="Mine", by=staff)
    assert not actions.approve(mine, by=staff)

    mine.refresh_from_db()
    assert (mine.subject, mine.state) == ("Theirs", Letter.State.DRAFT)


def test_only_drafts_are_edited_or_discarded(written, staff):
    letter = written()
    actions.approve(letter, by=staff)

    assert not actions.edit(letter, subject="Late", text="Late", by=staff)
    assert not actions.discard(letter, by=staff)

    letter.refresh_from_db()
    assert letter.subject != "Late"


def test_a_discarded_draft_is_gone(written, staff):
    letter = written()

    assert actions.discard(letter, by=staff)

    assert not Letter.objects.exists()
    assert not actions.discard(letter, by=staff)


def test_approving_twice_asks_for_sending_once(written, staff, django_capture_on_commit_callbacks):
    letter, same = written(), written()

    with django_capture_on_commit_callbacks() as asked:
        answers = [actions.approve(letter, by=staff), actions.approve(same, by=staff)]

    assert answers == [True, False]
    assert len(asked) == 1
    assert (letter.state, letter.approved_by) == (Letter.State.APPROVED, staff)


def test_a_broker_that_is_down_does_not_undo_the_approval(
    written, staff, monkeypatch, django_capture_on_commit_callbacks
):
    def down(pk):
        raise ConnectionRefusedError

    monkeypatch.setattr(actions.tasks.send, "delay", down)
    letter = written()

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.approve(letter, by=staff)

    assert Letter.objects.due().get() == letter


def test_an_approved_letter_can_be_taken_back_until_it_is_being_sent(written, staff):
    letter = written()
    actions.approve(letter, by=staff)

    assert actions.take_back(letter, by=staff)

    assert (letter.state, letter.approved_by) == (Letter.State.DRAFT, None)
    sending = LetterFactory(approved=True, state=Letter.State.SENDING, claimed_at=timezone.now())
    assert not actions.take_back(sending, by=staff)


def test_a_test_copy_is_a_letter_to_oneself_once_for_each_version(written, overseer, staff):
    letter = written()

    first, again = actions.write_test(letter, by=overseer), actions.write_test(letter, by=overseer)
    actions.edit(letter, subject="Welcome", text="Hello", by=staff)
    after_the_edit = actions.write_test(letter, by=overseer)

    assert first == again != after_the_edit
    assert (after_the_edit.to_email, after_the_edit.subject) == (overseer.email, "[Test] Welcome")
    assert after_the_edit.state == Letter.State.APPROVED
    assert letter.state == Letter.State.DRAFT


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "sent"},
        {"state": "draft", "sent_at": timezone.now()},
        {"state": "approved"},
        {"state": "sending", "approved_at": timezone.now()},
        {"state": "lost", "approved_at": timezone.now()},
    ],
)
def test_the_database_refuses_states_that_cannot_be(db, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterFactory(**broken)


def test_the_mail_carries_both_parts_and_one_recipient(written, staff, settings):
    settings.DEFAULT_FROM_EMAIL = "hub@example.org"
    letter = written(to_name='Zoë "Z" Müller, PhD')
    actions.approve(letter, by=staff)

    mail = email.message_from_bytes(letters.message(letter).message().as_bytes(), policy=policy.default)

    assert (mail["Message-ID"], mail["Reply-To"]) == (letter.message_id, staff.email)
    assert mail["From"].addresses[0].display_name == "Network Hub"
    assert [(to.display_name, to.addr_spec) for to in mail["To"].addresses] == [
        ('Zoë "Z" Müller, PhD', "dana@lakeshore.example.org")
    ]
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Auto-Submitted" not in mail


def test_a_letter_that_no_person_wrote_says_so(written):
    letter = written(by=None, reply_to="olu@hub.example.org")
    letter.approved_at = timezone.now()

    headers = letters.message(letter).message()

    assert (headers["Auto-Submitted"], headers["X-Auto-Response-Suppress"]) == ("auto-generated", "All")


def test_a_template_without_a_subject_is_a_mistake_of_ours(db, tmp_path, settings):
    folder = tmp_path / "outbox" / "letters"
    folder.mkdir(parents=True)
    (folder / "bare.txt").write_text("Dear friend,\n\nhello")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with pytest.raises(ValueError, match="first line"):
        letters.render("outbox/bare", {})


def test_a_partner_sees_what_was_sent_to_them_and_nothing_else(partner):
    theirs = LetterFactory(sent=True, to_email=partner.email)
    LetterFactory(to_email=partner.email)
    LetterFactory(sent=True)

    assert set(Letter.objects.visible_to(partner)) == {theirs}
    assert Letter.objects.visible_to(User(role="staff")).count() == 3
