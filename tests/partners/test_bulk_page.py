"""The form below the directory: ticked or all that match, and what came of it."""

import pytest

from partners import actions
from partners.models import BulkChange, Organization
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


def send(client, **fields):
    return client.post("/partners/bulk/", {"which": "ticked", "count": 1, "once": "a form", **fields})


def test_the_ticked_ones_are_changed_and_one_button_takes_it_back(sign_in, staff):
    lake = OrganizationFactory(name="Lake")
    OrganizationFactory(name="Mill")
    client = sign_in(staff)

    url = send(client, pick=[lake.pk], kind="tag", tag=" New  tag ").url
    tagged = set(Organization.objects.filter(tags__name="New tag"))
    receipt = client.get(url).content.decode()
    client.post(f"{url}undo/")

    assert tagged == {lake}
    assert "Tag “New tag” added" in receipt
    assert "Undo for all 1" in receipt
    assert not Organization.objects.filter(tags__name="New tag").exists()


def test_all_that_match_are_those_of_the_filter_not_those_of_the_page(sign_in, staff):
    OrganizationFactory.create_batch(51, kind="museum")
    OrganizationFactory(kind="company")

    send(sign_in(staff), which="all", kind="status", status="prospect", query="kind=museum", count=51)

    assert set(Organization.objects.filter(status="prospect").values_list("kind", flat=True)) == {"museum"}
    assert len(BulkChange.objects.get().lines) == 51


def test_another_number_than_was_shown_is_asked_about_again(sign_in, staff):
    OrganizationFactory.create_batch(2, kind="museum")
    client = sign_in(staff)
    fields = {"which": "all", "kind": "status", "status": "prospect", "query": "kind=museum"}

    asked = send(client, **fields, count=1)
    nothing = BulkChange.objects.count()
    send(client, **fields, count=asked.context["bulk"].data["count"])

    assert "2 match now; it was 1 when you looked." in asked.content.decode()
    assert '<input type="hidden" name="count" value="2"' in asked.content.decode()
    assert nothing == 0
    assert Organization.objects.filter(status="prospect").count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "tag", "tag": "Rural"}, "Nobody is ticked."),
        ({"kind": "tag", "tag": " ", "pick": [1]}, "Say which tag."),
        ({"kind": "tag", "tag": "x" * 81, "pick": [1]}, "at most 80 characters"),
        ({"kind": "assign", "pick": [1]}, "Choose the hub contact."),
        ({"kind": "status", "pick": [1]}, "Choose the status."),
        ({"kind": "status", "status": "active", "pick": ["9" * 30, "x"]}, "Nobody is ticked."),
        ({"kind": "delete", "pick": [1]}, "Select a valid choice."),
        ({"kind": "tag", "tag": "Rural", "pick": [1], "count": "many"}, "Enter a whole number."),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_chosen_stays(sign_in, staff, fields, sentence):
    answer = send(sign_in(staff), **fields)

    text = answer.content.decode()
    assert (answer.status_code, BulkChange.objects.count()) == (200, 0)
    assert sentence in text
    assert ('name="pick" value="1"' in text) == (fields.get("pick") == [1])


def test_what_failed_and_what_the_undo_left_is_listed(sign_in, staff):
    OrganizationFactory(name="Ended", ended=True)
    lake = OrganizationFactory(name="Lake", status="alumni")
    client = sign_in(staff)

    url = send(client, which="all", kind="status", status="active", count=2).url
    failed = client.get(url).content.decode()
    Organization.objects.filter(pk=lake.pk).update(status="prospect")
    left = client.post(f"{url}undo/", follow=True).content.decode()
    again = client.post(f"{url}undo/", follow=True).content.decode()

    assert "1 changed, 1 could not be" in failed
    assert "<strong>Ended</strong>: An end date goes with the status alumni." in failed
    assert "<strong>Lake</strong>: was changed since." in left
    assert "Nothing was changed now." in again


def test_a_page_that_waits_asks_again_and_can_be_left(sign_in, staff):
    change = BulkChange.objects.create(kind="status", value="active", asked=[1, 2], made_by=staff, once="x")
    client = sign_in(staff)

    page = client.get(change.get_absolute_url()).content.decode()
    fragment = client.get(change.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()

    assert "You can leave this page" in page
    assert 'hx-trigger="every 2s"' in fragment
    assert "<html" not in fragment
    assert actions.undo_many(change, by=staff) is False


def test_partners_change_nothing(sign_in, partner):
    lake = OrganizationFactory()

    assert send(sign_in(partner), pick=[lake.pk], kind="tag", tag="x").status_code == 403
    assert not BulkChange.objects.exists()
