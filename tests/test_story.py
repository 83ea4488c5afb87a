"""The whole way: from two spreadsheets to a closed call, and the partner sees what they were given."""

import pytest
from celery import current_app
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from checkins.models import CheckIn
from partners.models import Organization
from tests.factories import IntrapreneurFactory, PersonFactory, ResourceFactory, UserFactory
from tests.partners.importing.spreadsheets import ADVICE, CIVIC, csv_of

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def worker():
    """Tasks run when they are asked for, after the commit, as a quick worker would."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


def bring_in(page, name, rows):
    page.goto(reverse("partners:import_start"))
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "text/csv", "buffer": csv_of(rows)})
    page.get_by_role("button", name="Check this file").click()
    page.get_by_role("button", name="Import ").click()


def go_to(page, name, role="button"):
    """Tab until the focus is on it: the keyboard is all there is."""
    wanted = page.get_by_role(role, name=name).first
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_from_a_spreadsheet_to_a_closed_call(visit, staff):
    page = visit(staff)
    bring_in(page, "civic.csv", CIVIC)
    expect(page.locator("main")).to_contain_text("Imported civic.csv")
    bring_in(page, "advice.csv", ADVICE)
    expect(page.locator("main")).to_contain_text("Imported advice.csv")
    assert Organization.objects.count() == 7 + 3
    uptown = Organization.objects.get(name="Uptown Makers")
    dana = UserFactory(partner=True, name="Dana Whitfield", email="dana@uptown.example.org")
    IntrapreneurFactory(person=PersonFactory(organization=uptown, name=dana.name, email=dana.email, user=dana))
    ResourceFactory(title="Teacher preparation checklist", summary="For teachers in their first year.")

    page.goto(uptown.get_absolute_url())
    go_to(page, "Start call")
    page.keyboard.press("Enter")
    page.wait_for_url("**/live/")
    go_to(page, "What is hard right now?", role="textbox")
    page.keyboard.type("Teacher preparation takes two summers")
    expect(page.locator("#suggestions")).to_contain_text("Mountain STEM")
    expect(page.locator("#suggestions")).to_contain_text("Teacher preparation checklist")
    page.keyboard.press("ArrowDown")
    while "checklist" not in page.evaluate("document.activeElement.innerText"):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#promises")).to_contain_text("Teacher preparation checklist")
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**/review/")
    expect(page.locator("main")).to_contain_text("nothing given back yet")
    go_to(page, "Finish and write the letter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/outbox/*/")
    go_to(page, "Approve and send")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("sent")

    checkin = CheckIn.objects.get(organization=uptown)
    assert checkin.is_closed
    assert [letter.to for letter in mail.outbox] == [["Dana Whitfield <dana@uptown.example.org>"]]

    home = visit(dana, viewport={"width": 360, "height": 740})
    expect(home.locator("main")).to_contain_text("Teacher preparation checklist")
    home.get_by_role("button", name="Yes").click()
    expect(home.locator("main")).to_contain_text("it helped")
    checkin.closed_by.refresh_from_db()
    assert checkin.closed_by.landed == "yes"


def test_the_whole_call_works_without_javascript(visit, staff, partner):
    ResourceFactory(title="Mentor checklist", summary="For mentors in their first year.")
    page = visit(staff, partner.person.organization.get_absolute_url(), java_script_enabled=False)

    page.get_by_role("button", name="Start call").first.click()
    page.get_by_label("What is hard right now?").fill("Mentors leave")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name="Attach Mentor checklist").click()
    assert page.get_by_label("What is hard right now?").input_value() == "Mentors leave"
    page.get_by_role("button", name="Finish", exact=True).click()
    page.get_by_role("button", name="Finish and write the letter").click()
    page.get_by_role("button", name="Approve and send").click()

    assert CheckIn.objects.get().is_closed
