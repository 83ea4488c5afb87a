"""Every page, light and dark, wide and narrow: axe objects to nothing (WCAG 2.2 AA), and nothing is too wide."""

from itertools import chain, product
from operator import attrgetter

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.site import address, patterns
from tests.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

SHARES = 4  # of the pages, so that several workers have something to do

# Who goes where, and about what in the world.
PAGES = {
    "stranger": [
        ("account_request_login_code", "-"),
        ("account_login", "-"),
        ("account_signup", "-"),
        ("account_reset_password", "-"),
    ],
    "partner": [
        ("partners:home", "-"),
        ("partners:held", "-"),
        ("partners:edit_details", "-"),
        ("partners:correct_organization", "-"),
        ("partners:name_successor", "-"),
        ("partners:directory", "-"),
        ("partners:find", "-"),
        ("partners:record", "harbor.organization"),
        ("partners:add_sentence", "lakeshore.strength"),
        ("partners:edit_sentence", "lakeshore.strength"),
        ("checkins:given", "-"),
        ("library:list", "-"),
        ("library:resource", "resource"),
        ("accounts:profile", "-"),
    ],
    "staff": [
        ("checkins:home", "-"),
        ("checkins:list", "-"),
        ("checkins:pool", "-"),
        ("checkins:trips", "-"),
        ("checkins:trip", "trip"),
        ("checkins:edit_trip", "trip"),
        ("checkins:call", "lakeshore.pending"),
        ("checkins:log_past", "lakeshore.organization"),
        ("checkins:review", "lakeshore.owed"),
        ("checkins:checkin", "lakeshore.closed"),
        ("checkins:reschedule", "lakeshore.pending"),
        ("checkins:hand_over", "lakeshore.pending"),
        ("checkins:give", "lakeshore.promise"),
        ("partners:directory", "-"),
        ("partners:find", "-"),
        ("partners:save_view", "-"),
        ("partners:edit_view", "view"),
        ("partners:bulk_change", "bulk"),
        ("partners:add", "-"),
        ("partners:record", "lakeshore.organization"),
        ("partners:timeline", "lakeshore.organization"),
        ("partners:brief", "lakeshore.organization"),
        ("partners:trash", "-"),
        ("partners:edit", "lakeshore.organization"),
        ("partners:add_touchpoint", "lakeshore.organization"),
        ("partners:hand_over", "lakeshore.organization"),
        ("partners:add_person", "lakeshore.organization"),
        ("partners:edit_person", "lakeshore.lead"),
        ("partners:person_held", "lakeshore.lead"),
        ("partners:import_start", "-"),
        ("partners:duplicates", "-"),
        ("partners:move_person", "lakeshore.colleague"),
        ("partners:merge", "lakeshore.organization"),
        ("partners:merge_person", "lakeshore.lead"),
        ("partners:merged", "merge"),
        ("partners:import_check", "run"),
        ("library:list", "-"),
        ("library:add", "-"),
        ("library:resource", "resource"),
        ("library:edit", "resource"),
        ("introductions:list", "-"),
        ("introductions:introduction", "introduction"),
        ("outbox:list", "-"),
        ("outbox:letter", "draft"),
        ("outbox:letter", "failed"),
        ("outbox:edit", "draft"),
        ("outbox:discard", "draft"),
        ("mfa_index", "-"),
    ],
    "overseer": [
        ("checkins:home", "-"),
        ("checkins:board", "-"),
        ("checkins:board_print", "-"),
        ("checkins:plan_start", "-"),
        ("checkins:plan", "plan"),
        ("checkins:plan", "waiting_plan"),
        ("checkins:plan", "applied_plan"),
        ("checkins:leave", "-"),
        ("partners:erase", "lakeshore.lead"),
        ("partners:changes", "-"),
        ("partners:readings", "-"),
        ("accounts:team", "-"),
        ("accounts:invite", "-"),
    ],
}


def thing(world, path):
    return None if path == "-" else attrgetter(path)(world)


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_can_be_read_by_everybody(visit, share):
    world = World()
    routes = {name: route for name, route, _ in patterns()}
    faults = []

    for actor, pages in PAGES.items():
        page = visit(world.actors[actor], "/accounts/login/", reduced_motion="reduce")
        for (name, path), width in product(pages[share::SHARES], [1280, 360]):
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(address(name, routes[name], thing(world, path)))
            page.wait_for_load_state("networkidle")
            found = set(chain.from_iterable(objections(page, theme) for theme in ("light", "dark")))
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.add("wider than the page")
            if answer.status != 200:
                found.add(f"answered {answer.status}")
            faults += [(actor, name, path, width, fault) for fault in found]

    assert faults == []


def objections(page, theme):
    """What axe has against the page as it looks on a light or dark device. The page follows without a new visit."""
    page.emulate_media(color_scheme=theme)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
    return [f"{violation['id']}, {theme}" for violation in Axe().run(page, options=RULES).response["violations"]]
