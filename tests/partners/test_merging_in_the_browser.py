"""Merge and undo at the desk; a handover from the partner's phone. Without any script of ours."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from partners import beat
from partners.models import Merge, Organization
from tests.factories import (
    ChallengeFactory,
    CheckInFactory,
    IntrapreneurFactory,
    OrganizationFactory,
    PersonFactory,
    TouchpointFactory,
)
from tests.test_accessibility import RULES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


def faults(page):
    found = [violation["id"] for violation in Axe().run(page, options=RULES).response["violations"]]
    return found + ["wider than the page"] * page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.fixture
def twice(staff):
    kept = OrganizationFactory(name="Harbor Museum", slug="harbor-museum", city="Baltimore", owner=staff)
    gone = OrganizationFactory(name="Harbour Museum", slug="harbour-museum", city="Annapolis", region="South")
    IntrapreneurFactory(person__organization=kept, person__name="Dana Whitfield")
    ChallengeFactory(organization=gone, text="Mentors leave after a year.")
    TouchpointFactory(organization=gone, summary="Saw the new hall.")
    CheckInFactory(organization=gone, caller=staff, held=True, notes="They asked for mentors.")
    return kept, gone


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, PHONE])
def test_two_records_are_merged_and_are_two_again(visit, staff, twice, size):
    page = visit(staff, "/partners/duplicates/", viewport=size)

    page.get_by_role("link", name="Merge Harbor Museum and Harbour Museum").click()
    expect(page.get_by_text("1 check-in")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Annapolis").check()
    page.get_by_role("button", name="Merge").click()

    expect(page.get_by_text("Is part of Harbor Museum since")).to_be_visible()
    page.goto("/partners/harbour-museum/")
    expect(page.get_by_role("heading", name="Harbor Museum", level=1)).to_be_visible()
    expect(page.get_by_text("Mentors leave after a year.").first).to_be_visible()
    expect(page.get_by_text("Saw the new hall.")).to_be_visible()

    page.goto(Merge.objects.get().get_absolute_url())
    page.get_by_role("button", name="Take it apart again").click()

    expect(page.get_by_text("Harbour Museum is a record of its own again.")).to_be_visible()
    page.goto("/partners/harbour-museum/")
    expect(page.get_by_text("Saw the new hall.")).to_be_visible()
    assert Organization.objects.get(slug="harbor-museum").city == "Baltimore"


def test_two_that_are_not_the_same_are_told_apart(visit, staff, twice):
    page = visit(staff, "/partners/duplicates/")

    page.get_by_role("button", name="Not a duplicate Harbor Museum and Harbour Museum").click()

    expect(page.get_by_text("You are not asked about them again.")).to_be_visible()
    page.get_by_role("button", name="Ask again about Harbor Museum and Harbour Museum").click()
    expect(page.get_by_text("1 pair to look at.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_intrapreneur_hands_over_from_their_phone(visit, partner, staff, scripts):
    lakeshore = partner.person.organization
    PersonFactory(organization=lakeshore, name="Ben Ode", email="ben@lakeshore.example.org")
    day = timezone.localdate() + timedelta(days=14)
    page = visit(partner, "/home/", viewport=PHONE, java_script_enabled=scripts)

    page.get_by_role("link", name="Name who follows you").click()
    page.get_by_label("Who will lead the work?").select_option("Ben Ode")
    page.get_by_label("From which day?").fill(day.isoformat())
    page.get_by_label("What should they know?").fill("The mentors meet on Tuesdays.")
    page.get_by_role("button", name="Name them").click()

    expect(page.get_by_text(f"Ben Ode leads the work from {day:%d %b %Y}.")).to_be_visible()
    beat.every_morning(day)
    page.reload()
    expect(page.get_by_text("You lead the network's work")).to_have_count(0)
    hub = visit(staff, lakeshore.get_absolute_url())
    expect(hub.get_by_text("Ben Ode became the intrapreneur")).to_be_visible()
    expect(hub.get_by_text("Welcome call planned")).to_be_visible()
