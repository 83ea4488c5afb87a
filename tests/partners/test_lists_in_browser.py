import re
from pathlib import Path

import pytest

from partners.models import Organization
from tests.factories import IntrapreneurFactory, OrganizationFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def network(staff):
    for name in ("Harbor Museum", "Lake Museum"):
        museum = OrganizationFactory(name=name, kind="museum", city="Akron", state="OH")
        IntrapreneurFactory(person__organization=museum)
    OrganizationFactory(name="Mill Works", kind="company")


def names(page):
    return page.locator("tbody th a").all_inner_texts()


def test_a_view_is_kept_many_are_changed_and_the_file_comes_in_unchanged(visit, staff, network, tmp_path):
    page = visit(staff, "/partners/")

    page.get_by_role("combobox", name="Kind").select_option("museum")
    page.wait_for_url("**kind=museum**")
    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name").fill("Museums")
    page.get_by_label("open the directory with it").check()
    page.get_by_role("button", name="Save this view").click()
    page.goto("/partners/")
    assert page.locator("nav[aria-label=Views] [aria-current]").inner_text() == "Museums"
    assert names(page) == ["Harbor Museum", "Lake Museum"]

    page.get_by_text("Change several at once").click()
    page.get_by_label("All 2 matching").check()
    page.locator("#bulk").get_by_label("Tag").fill("=Rural")
    page.get_by_role("button", name="Add this tag").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Tag “=Rural” added"
    assert Organization.objects.filter(tags__name="=Rural").count() == 2
    page.get_by_role("link", name="Back to the list").click()

    page.get_by_text("Export", exact=True).click()
    page.get_by_label("Everything on record").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert re.fullmatch(r"partners-\d{4}-\d\d-\d\d\.xlsx", file.name)

    page.goto("/partners/import/")
    page.get_by_label("CSV or Excel file").set_input_files(Path(file))
    page.get_by_role("button", name="Check this file").click()
    assert "0 new, 0 changed, 2 unchanged, 0 set aside" in page.locator("main").inner_text()
    assert "There is nothing to import" in page.locator("main").inner_text()


def test_everything_works_on_a_phone_by_keyboard_and_without_scripts(visit, staff, network):
    page = visit(staff, "/partners/?q=", java_script_enabled=False, viewport={"width": 360, "height": 740})

    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("combobox", name="Kind").select_option("museum")
    page.get_by_role("button", name="Search").press("Enter")
    page.get_by_label("Tick Lake Museum").focus()
    page.keyboard.press("Space")
    page.get_by_text("Change several at once").press("Enter")
    page.locator("#bulk").get_by_label("Status").select_option("prospect")
    page.get_by_role("button", name="Set this status").press("Enter")

    assert page.get_by_role("heading", level=1).inner_text() == "Status: prospect"
    assert list(Organization.objects.filter(status="prospect").values_list("name", flat=True)) == ["Lake Museum"]
    page.get_by_role("button", name="Undo for all 1").press("Enter")
    assert not Organization.objects.filter(status="prospect").exists()
