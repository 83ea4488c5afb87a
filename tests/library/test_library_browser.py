import pytest

from tests.factories import ResourceFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_typing_narrows_the_list_and_says_how_many_are_left(visit, partner):
    for title in ("Night walks", "Night sounds", "Tides"):
        ResourceFactory(title=title)
    page = visit(partner, "/resources/")

    page.get_by_label("Search title, text and topics").press_sequentially("night")
    page.wait_for_url("**/resources/?q=night")

    assert page.get_by_role("status").filter(has_text="resources").inner_text() == "2 resources"
    page.get_by_role("link", name="Remove Words: night").click()
    assert page.get_by_role("link", name="Tides").is_visible()


def test_the_search_works_without_scripts(visit, partner):
    for title in ("Night walks", "Tides"):
        ResourceFactory(title=title)
    page = visit(partner, "/resources/", java_script_enabled=False)

    page.get_by_label("Search title, text and topics").fill("tides")
    page.get_by_role("button", name="Search").click()

    assert page.locator("#count").inner_text() == "1 resource"
