"""A call passes on with a reason, and the reason is read where the call is."""

import pytest
from playwright.sync_api import expect

from checkins.models import CheckIn
from tests.factories import CheckInFactory, UserFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 360])
def test_from_my_calls_to_a_colleagues(visit, staff, width):
    ben = UserFactory(name="Ben Ode")
    checkin = CheckInFactory(caller=staff, organization__name="Harbor Museum")
    page = visit(staff, "/calls/", viewport={"width": width, "height": 800})

    page.get_by_role("link", name="Hand over Harbor Museum").click()
    page.get_by_label("Who takes this call?").select_option("Ben Ode")
    page.get_by_label("Why").fill("He knows them")
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("Ben Ode has the call with Harbor Museum now.")).to_be_visible()
    page.goto(f"/calls/{checkin.pk}/")

    expect(page.get_by_text("Ana Silva → Ben Ode")).to_be_visible()
    expect(page.get_by_text("He knows them")).to_be_visible()
    assert [(each.caller, each.by_hand) for each in CheckIn.objects.all()] == [(ben, True)]
