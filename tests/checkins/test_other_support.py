"""Words under "Other support" are a promise, whatever button sends them; until then they stay in their field."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.record import version
from checkins.models import FollowUp
from tests.factories import CheckInFactory, FollowUpFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

LEFT = {"text": "Read their grant draft", "promised_for": "2026-03-27"}
CALL = {"outcome": "talked", "channel": "phone", "held_on": "2026-03-16", "version": 0, "client": "a", "sequence": 1}


def promised():
    return list(FollowUp.objects.values_list("kind", "text", "promised_for"))


def test_finishing_the_call_promises_them(staff, sign_in):
    call = CheckInFactory(caller=staff)

    sign_in(staff).post(reverse("checkins:call", args=[call.pk]), {**CALL, **LEFT, "do": "finish"})

    assert promised() == [("support", "Read their grant draft", date(2026, 3, 27))]


def test_finishing_the_review_promises_them(staff, sign_in):
    call = CheckInFactory(caller=staff, held=True)

    sign_in(staff).post(reverse("checkins:review", args=[call.pk]), {**LEFT, "do": "done", "seen": version(call)})

    assert promised() == [("support", "Read their grant draft", date(2026, 3, 27))]


def test_saving_keeps_them_in_their_field(staff, sign_in):
    call = CheckInFactory(caller=staff)

    page = sign_in(staff).post(reverse("checkins:call", args=[call.pk]), {**CALL, **LEFT, "do": "save"})

    assert 'value="Read their grant draft"' in page.content.decode()
    assert promised() == []


@pytest.mark.parametrize("wrong", [{"promised_for": "1066-10-14"}, {"text": "word " * 101}])
@pytest.mark.parametrize("page", ["call", "attach"])
def test_a_promise_that_cannot_be_made_stays_and_says_why(staff, sign_in, page, wrong):
    call = CheckInFactory(caller=staff)
    typed = {**CALL, **LEFT, **wrong, "do": "finish", "attach": "support"}

    answer = sign_in(staff).post(reverse(f"checkins:{page}", args=[call.pk]), typed, headers={"HX-Request": "true"})

    html = answer.content.decode()
    assert f'value="{typed["text"]}"' in html
    assert 'role="alert"' in html
    call.refresh_from_db()
    assert (call.state, promised()) == ("planned", [])


def test_they_wait_while_something_else_is_attached_or_taken_back(staff, sign_in):
    call, client = CheckInFactory(caller=staff), sign_in(staff)
    other, match = FollowUpFactory(checkin=call), OrganizationFactory()
    fragment = {"headers": {"HX-Request": "true"}}

    attached = client.post(
        reverse("checkins:attach", args=[call.pk]), {**LEFT, "attach": f"partner:{match.pk}"}, **fragment
    )
    undone = client.post(reverse("checkins:detach", args=[other.pk]), LEFT, **fragment)

    assert all('value="Read their grant draft"' in answer.content.decode() for answer in (attached, undone))
    assert promised() == [("connection", "", date(2026, 3, 27))]


def test_what_was_promised_leaves_the_field(staff, sign_in):
    call = CheckInFactory(caller=staff)

    answer = sign_in(staff).post(
        reverse("checkins:attach", args=[call.pk]), {**LEFT, "attach": "support"}, headers={"HX-Request": "true"}
    )

    assert "Read their grant draft" in answer.content.decode()
    assert 'value="Read their grant draft"' not in answer.content.decode()


def test_they_are_part_of_the_draft_until_they_are_promised(staff, sign_in):
    call, client = CheckInFactory(caller=staff), sign_in(staff)
    client.post(reverse("checkins:draft", args=[call.pk]), {**CALL, **LEFT}, headers={"X-Trellis-Save": "1"})

    opened = client.get(reverse("checkins:call", args=[call.pk]))
    client.post(reverse("checkins:attach", args=[call.pk]), {**LEFT, "attach": "support"}, headers={"HX-Request": "1"})
    opened_again = client.get(reverse("checkins:call", args=[call.pk]))

    assert 'value="Read their grant draft"' in opened.content.decode()
    assert 'value="Read their grant draft"' not in opened_again.content.decode()
