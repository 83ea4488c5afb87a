"""Planning the year in a real browser: suggest, look, apply, undo; on a phone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from checkins import tasks
from checkins.models import CheckIn, Plan
from tests.factories import CheckInFactory, OrganizationFactory, PlanFactory, UserFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def partners(overseer, staff):
    gone = UserFactory(name="Zoe Gone", is_active=False)
    CheckInFactory(organization__name="Lakeshore Science Center", caller=gone)
    OrganizationFactory(name="Harbor Museum")


@pytest.mark.parametrize(
    "context", [{}, {"java_script_enabled": False}, {"viewport": {"width": 360, "height": 740}}], ids=str
)
def test_the_year_is_planned_looked_at_applied_and_undone(visit, overseer, partners, context):
    page = visit(overseer, "/calls/", **context)
    page.get_by_role("link", name="Plan the year").first.click()
    page.get_by_label("Ana Silva").fill("1")
    page.get_by_role("button", name="Save shares").click()
    expect(page.get_by_label("Ana Silva")).to_have_value("1")

    page.get_by_role("button", name="Suggest a plan").click()
    row = page.get_by_role("row", name=re.compile("Lakeshore"))
    expect(row).to_contain_text("Zoe Gone makes no calls any more; new to")
    page.get_by_role("button", name="Apply 2 changes").click()
    expect(page.get_by_role("status")).to_contain_text("2 changes applied.")
    assert CheckIn.objects.filter(caller__name="Zoe Gone").count() == 0
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Everything is as it was before.")).to_be_visible()
    assert [str(checkin.caller) for checkin in CheckIn.objects.all()] == ["Zoe Gone"]


def test_the_page_of_a_plan_in_the_making_shows_it_when_it_is_there(visit, overseer, partners):
    plan = PlanFactory(waiting=True)
    page = visit(overseer, plan.get_absolute_url())
    expect(page.get_by_role("status")).to_contain_text("Looking for the best way to share the calls.")

    tasks.work_out(plan.pk, plan.round.starts_on)

    expect(page.get_by_role("button", name="Apply 2 changes")).to_be_visible()
    assert Plan.objects.get().is_ready
