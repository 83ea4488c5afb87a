"""Quick find by keyboard, without JavaScript, and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.factories import PersonFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_by_keyboard_alone_with_a_mistake(visit, staff, partner):
    page = visit(staff, "/calls/")

    page.keyboard.press("Control+k")
    expect(page.get_by_label("Find a partner, a person")).to_be_focused()
    page.keyboard.type("laekshore")
    expect(page.locator("#find-count")).to_have_text("3 found for “laekshore”")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#find").get_by_role("link", name="Lakeshore Science Center").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    page.wait_for_url("**/partners/lakeshore-science-center/")


def test_the_slash_opens_it_outside_fields_until_it_is_switched_off(visit, staff):
    page = visit(staff, "/resources/")
    dialog = page.locator("#find")

    page.locator("#id_q").press("/")
    expect(page.locator("#id_q")).to_have_value("/")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(dialog).to_be_visible()
    page.get_by_label("The key / opens this too").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")

    expect(dialog).to_be_hidden()


def test_a_call_is_started_from_it(visit, staff, partner):
    page = visit(staff, "/resources/")

    page.keyboard.press("Control+k")
    page.keyboard.type("call lakeshore")
    page.get_by_role("button", name="Start a call with Lakeshore").click()

    page.wait_for_url("**/calls/*/live/")


def test_without_javascript_the_head_of_the_page_asks(visit, staff, partner):
    page = visit(staff, "/calls/", java_script_enabled=False)

    page.get_by_role("searchbox", name="Find").fill("whitfield")
    page.get_by_role("searchbox", name="Find").press("Enter")

    expect(page.get_by_role("main").get_by_role("status")).to_have_text("1 found for “whitfield”")
    page.get_by_role("link", name="Dana Whitfield").click()
    page.wait_for_url("**/partners/lakeshore-science-center/#people")


def test_on_a_phone_it_fits(visit, partner):
    for number in range(9):
        PersonFactory(name=f"Whitfield with a long family name {number}", organization=partner.person.organization)
    page = visit(partner, "/home/", viewport={"width": 360, "height": 740})

    expect(page.get_by_role("searchbox", name="Find")).to_be_in_viewport()
    page.keyboard.press("Control+k")
    page.keyboard.type("whitfield")
    expect(page.locator("#find-count")).to_contain_text("found")

    box = page.locator("#find").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
