import pytest

from accounts.signals import invited
from outbox.models import Letter
from tests.factories import UserFactory


def invite(user, by):
    invited.send(sender=type(user), user=user, by=by)


def test_an_invitation_is_written_and_on_its_way_at_once(overseer, settings):
    settings.BASE_URL = "https://hub.example.org"
    dana = UserFactory(partner=True, name="Dana Whitfield", email="dana@lakeshore.example.org")

    invite(dana, overseer)

    letter = Letter.objects.get()
    assert (letter.state, letter.to_email, letter.approved_by) == (Letter.State.APPROVED, dana.email, overseer)
    assert letter.subject == "Olu Overseer invites you to Network Hub"
    assert "https://hub.example.org/accounts/login/code/" in letter.text
    assert f"this email address: {dana.email}" in letter.text
    assert "what we know about your organization" in letter.text


def test_a_new_colleague_reads_about_calls(overseer):
    invite(UserFactory(), overseer)

    assert "the calls to make" in Letter.objects.get().text


def test_being_invited_twice_on_a_day_is_one_letter(overseer):
    dana = UserFactory(partner=True)

    for _ in range(2):
        invite(dana, overseer)

    assert Letter.objects.count() == 1


@pytest.mark.django_db
def test_an_invitation_from_the_command_line_needs_no_inviter():
    invite(UserFactory(partner=True, name=""), None)

    letter = Letter.objects.get()
    assert letter.subject == "You are invited to Network Hub"
    assert letter.text.startswith("Dear friend,\n\nYou are invited to Network Hub.\n\n")
    assert letter.text.endswith("address alone.\n\nNetwork Hub\n")
    assert letter.is_automatic
