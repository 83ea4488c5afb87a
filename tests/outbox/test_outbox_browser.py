import pytest

from outbox.models import Letter
from tests.factories import LetterFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_draft_is_read_in_both_forms_and_sent_without_scripts(visit, staff, monkeypatch):
    monkeypatch.setattr("outbox.tasks.send.delay", lambda pk: None)
    LetterFactory(subject="Welcome", html="<p>Hello in <b>HTML</b></p><script>document.body.remove()</script>")
    page = visit(staff, "/outbox/", java_script_enabled=False)

    page.get_by_role("link", name="Welcome").click()
    page.get_by_text("The same as a formatted mail").click()

    assert page.frame_locator("iframe").get_by_text("Hello in HTML").is_visible()
    page.get_by_role("button", name="Approve and send").click()
    assert page.get_by_text("On its way to Dana Example.").is_visible()
    assert Letter.objects.get().state == Letter.State.APPROVED
