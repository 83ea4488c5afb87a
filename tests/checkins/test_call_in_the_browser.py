"""No text is lost: the tab is killed, the network goes, the session ends, two tabs write."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from checkins.models import CallDraft
from tests.factories import CheckInFactory, StrengthFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def open_call(visit, user, **extra):
    checkin = CheckInFactory(caller=user, organization__name="Lakeshore Science Center")
    return checkin, visit(user, reverse("checkins:call", args=[checkin.pk]), **extra)


def kept(checkin):
    return CallDraft.objects.get(checkin=checkin).text["notes"]


def waiting(page):
    """What this tab still keeps because the server does not have it."""
    return page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('/calls/'))")


def test_what_is_typed_is_on_the_server_within_three_seconds(visit, staff):
    checkin, page = open_call(visit, staff)

    page.get_by_label("Notes").press_sequentially("Dana worried that mentors leave", delay=20)
    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=3000)

    assert kept(checkin) == "Dana worried that mentors leave"
    assert not waiting(page)


def test_a_killed_tab_loses_at_most_the_last_two_seconds(visit, staff):
    checkin, page = open_call(visit, staff)
    page.get_by_label("Notes").press_sequentially("Dana worried that mentors leave. ", delay=20)
    page.wait_for_timeout(2000)

    page.context.close()
    again = visit(staff, reverse("checkins:call", args=[checkin.pk]))

    assert again.get_by_label("Notes").input_value() == "Dana worried that mentors leave. "


def test_a_minute_without_network_loses_nothing(visit, staff):
    checkin, page = open_call(visit, staff)
    page.get_by_label("Notes").fill("Before. ")
    expect(page.locator("#saved")).to_contain_text("Saved at")

    page.context.set_offline(True)
    page.get_by_label("Notes").press_sequentially("During. ", delay=20)
    expect(page.locator("#saved")).to_contain_text("Not saved yet")
    page.wait_for_timeout(60_000)
    assert kept(checkin) == "Before. "
    page.context.set_offline(False)

    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=6000)
    assert kept(checkin) == "Before. During. "


def test_text_typed_offline_comes_back_after_a_reload(visit, staff):
    checkin, page = open_call(visit, staff)
    page.context.set_offline(True)
    page.get_by_label("Notes").fill("Typed in a tunnel")
    page.context.set_offline(False)

    page.route("**/draft/", lambda route: route.abort())
    page.reload()
    assert page.get_by_label("Notes").input_value() == "Typed in a tunnel"
    page.unroute("**/draft/")

    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=6000)
    assert kept(checkin) == "Typed in a tunnel"


def sign_in_in_a_new_tab(page, user):
    """By password: it is quicker to test than a mailed code, and changes the token of every form just the same."""
    user.set_password("correct horse battery")
    user.save()
    tab = page.context.new_page()
    tab.goto(reverse("account_login"))
    tab.get_by_label("Email").fill(user.email)
    tab.get_by_label("Password").fill("correct horse battery")
    tab.get_by_label("Password").press("Enter")
    tab.wait_for_url("**/calls/")


def test_after_the_session_ended_the_text_waits_until_one_has_signed_in_again(visit, staff):
    checkin, page = open_call(visit, staff)
    Session.objects.all().delete()

    page.get_by_label("Notes").fill("Typed while signed out")
    expect(page.locator("#signed-out")).to_be_visible(timeout=4000)
    assert not CallDraft.objects.exists()
    sign_in_in_a_new_tab(page, staff)

    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=9000)
    expect(page.locator("#signed-out")).to_be_hidden()
    assert kept(checkin) == "Typed while signed out"


def test_two_tabs_that_write_see_both_texts_and_keep_both(visit, staff):
    checkin, one = open_call(visit, staff)
    two = visit(staff, reverse("checkins:call", args=[checkin.pk]))
    one.get_by_label("Notes").fill("From the first")
    expect(one.locator("#saved")).to_contain_text("Saved at")

    two.get_by_label("Notes").fill("From the second")
    expect(two.locator("#conflict")).to_be_visible(timeout=4000)
    expect(two.locator("#conflict")).to_contain_text("From the first")
    assert kept(checkin) == "From the first"
    two.get_by_role("button", name="Keep both").click()

    expect(two.locator("#saved")).to_contain_text("Saved at", timeout=4000)
    assert kept(checkin) == "From the second\nFrom the first"


def test_signing_out_takes_what_waited_in_the_tab_with_it(visit, staff):
    _, page = open_call(visit, staff)
    page.route("**/draft/", lambda route: route.abort())
    page.get_by_label("Notes").fill("Confidential")
    assert waiting(page)

    page.get_by_role("button", name="Sign out").click()

    page.wait_for_url("**/accounts/**")
    assert not waiting(page)


def test_the_arrow_leads_from_the_challenge_to_the_matches_and_enter_attaches(visit, staff):
    StrengthFactory(text="Keeping mentors past the first year", organization__name="Riverside")
    checkin, page = open_call(visit, staff)

    page.get_by_label("What is hard right now?").press_sequentially("keeping mentors", delay=10)
    expect(page.locator("#suggestions")).to_contain_text("Riverside")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#promises")).to_contain_text("Introduction to Riverside")
    assert str(checkin.followups.get()) == "Introduction to Riverside"


def test_an_unanswered_call_takes_two_clicks(visit, staff):
    checkin, page = open_call(visit, staff)

    page.get_by_label("No answer").click()
    page.get_by_role("button", name="Finish").click()

    expect(page.locator("#messages")).to_contain_text("no answer")
    assert checkin.attempts.get().outcome == "no answer"


def test_an_attachment_that_does_not_reach_the_hub_says_so(visit, staff):
    StrengthFactory(text="Keeping mentors past the first year", organization__name="Riverside")
    checkin, page = open_call(visit, staff)
    page.get_by_label("What is hard right now?").fill("keeping mentors")
    page.route("**/promise/", lambda route: route.abort())

    page.get_by_role("button", name="Attach Riverside").click()

    expect(page.locator("#messages")).to_contain_text("nothing was changed")
    assert not checkin.followups.exists()
