"""Two people with two browsers, and one who deleted too much."""

import pytest

from accounts import record
from partners.models import Touchpoint
from tests.factories import OrganizationFactory, TouchpointFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_the_second_writer_sees_both_texts_and_saves_again(visit, staff, overseer):
    lake = OrganizationFactory(name="Lake", slug="lake", region="South")
    first, second = (visit(user, "/partners/lake/edit/") for user in (overseer, staff))

    first.get_by_label("Region").fill("Midwest")
    first.get_by_role("button", name="Save").click()
    first.wait_for_url("**/partners/lake/")
    second.get_by_label("Region").fill("Great Lakes")
    second.get_by_role("button", name="Save").click()

    row = second.get_by_role("row").filter(has_text="Region")
    assert row.get_by_role("cell").all_inner_texts() == ["Midwest", "Great Lakes"]
    assert "Olu Overseer saved this" in second.get_by_role("main").inner_text()
    lake.refresh_from_db()
    assert lake.region == "Midwest"

    second.get_by_role("button", name="Save").click()
    second.wait_for_url("**/partners/lake/")

    lake.refresh_from_db()
    assert lake.region == "Great Lakes"
    second.get_by_text("change by Ana Silva").first.click()
    assert second.locator("del", has_text="Midwest").first.is_visible()


def test_what_was_deleted_is_restored_from_the_trash(visit, staff):
    touch = TouchpointFactory(summary="A walk through their lab", logged_by=staff)
    record.delete(touch, Touchpoint.objects.all(), by=staff)
    page = visit(staff, "/trash/")

    page.get_by_role("button", name="A walk through their lab").click()

    assert "is back" in page.get_by_role("status").inner_text()
    assert Touchpoint.objects.get().summary == "A walk through their lab"
    assert page.get_by_text("Nothing was deleted.").is_visible()


def test_the_brief_has_a_button_that_prints(visit, staff):
    OrganizationFactory(slug="lake")
    page = visit(staff, "/partners/lake/brief/")
    page.evaluate("window.print = () => { document.title = 'printed' }")

    page.get_by_role("button", name="Print").click()

    assert page.title() == "printed"
