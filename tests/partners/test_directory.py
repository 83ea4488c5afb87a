from datetime import date

import pytest
import time_machine
from django.urls import reverse

from partners.models import Organization, Tag
from tests.factories import (
    ChallengeFactory,
    IntrapreneurFactory,
    OrganizationFactory,
    PersonFactory,
    StrengthFactory,
    TopicFactory,
    TouchpointFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def names(answer):
    return [organization.name for organization in answer.context["page"]]


def ask(client, **params):
    return client.get("/partners/", params)


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/partners/").status_code == 302


def test_the_hub_sees_every_partner_with_hub_contact_and_last_contact(sign_in, staff):
    lake = OrganizationFactory(name="Lake", owner=staff)
    OrganizationFactory(name="Alum", ended=True)
    TouchpointFactory(organization=lake, happened_on=date(2026, 3, 1))

    answer = ask(sign_in(staff))

    assert names(answer) == ["Alum", "Lake"]
    assert b"1 Mar 2026" in answer.content
    assert answer.content.count(b"Ana Silva") >= 2


def test_partners_see_active_partners_with_shared_fields_only(sign_in, partner, staff):
    OrganizationFactory(name="Prospect", prospect=True)
    hidden = OrganizationFactory(name="Delta", owner=UserFactory(name="Secret Caller"))
    hidden.tags.add(Tag.objects.create(name="difficult"))
    TouchpointFactory(organization=hidden, happened_on=date(2026, 3, 1))

    answer = ask(sign_in(partner))

    assert names(answer) == ["Delta", "Lakeshore Science Center"]
    text = answer.content.decode()
    assert [
        word for word in ("Secret Caller", "difficult", "1 Mar 2026", "Last contact", "Add a partner") if word in text
    ] == []


def test_partners_cannot_search_by_what_the_hub_keeps_for_itself(sign_in, partner, staff):
    delta = OrganizationFactory(name="Delta", owner=staff)
    delta.tags.add(Tag.objects.create(name="difficult"))
    client = sign_in(partner)

    everyone = ["Delta", "Lakeshore Science Center"]
    assert names(ask(client, tag="difficult")) == everyone
    assert names(ask(client, owner=staff.pk, status="alumni")) == everyone
    assert names(ask(client, q="difficult")) == []


def test_a_topic_filter_tells_partners_nothing_about_confidences(sign_in, partner, staff):
    topic = TopicFactory(slug="mentoring")
    open_one = StrengthFactory(organization__name="Open", reach="network")
    told = ChallengeFactory(organization__name="Confided", reach="match")
    for sentence in (open_one, told):
        sentence.topics.add(topic)

    assert names(ask(sign_in(partner), topic="mentoring")) == ["Open"]
    assert names(ask(sign_in(staff), topic="mentoring")) == ["Confided", "Open"]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"q": "rivers"}, ["Riverside"]),
        ({"q": "side museum"}, []),
        ({"q": "old river"}, ["Riverside"]),
        ({"q": "akron"}, ["Lake"]),
        ({"q": "stem"}, ["Lake"]),
        ({"kind": "museum"}, ["Lake"]),
        ({"region": "Midwest"}, ["Lake"]),
        ({"status": "alumni"}, ["Gone"]),
        ({"tag": "STEM"}, ["Lake"]),
        ({"kind": "museum", "q": "river"}, []),
    ],
)
def test_search_and_filters_narrow_the_list(sign_in, staff, params, found):
    lake = OrganizationFactory(name="Lake", city="Akron", kind="museum", region="Midwest")
    lake.tags.add(Tag.objects.create(name="STEM"))
    OrganizationFactory(name="Riverside").previous_names.create(name="Old River Lab")
    OrganizationFactory(name="Gone", ended=True)

    assert names(ask(sign_in(staff), **params)) == found


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"contact": "overdue"}, ["Never", "Old"]),
        ({"contact": "due"}, ["Eleven months"]),
        ({"contact": "not-due"}, ["New"]),
        ({"contact": "never"}, ["Never"]),
        ({"contact": "this-year"}, ["New"]),
        ({"contact": "3-months"}, ["Eleven months", "Never", "Old"]),
        ({"contact": "6-months", "status": "active"}, ["Eleven months", "Never", "Old"]),
    ],
)
def test_the_list_is_narrowed_by_the_last_contact(sign_in, staff, params, found):
    OrganizationFactory(name="Never")
    days = {"Old": date(2025, 3, 15), "Eleven months": date(2025, 4, 10), "New": date(2026, 1, 2)}
    for name, day in days.items():
        TouchpointFactory(organization__name=name, happened_on=day)

    with time_machine.travel("2026-03-16"):
        assert names(ask(sign_in(staff), **params)) == found


def test_the_list_is_narrowed_to_records_that_lack_something(sign_in, staff):
    led = IntrapreneurFactory(person__organization__name="Led", person__organization__owner=staff)
    PersonFactory(organization=led.organization)
    PersonFactory(
        organization=IntrapreneurFactory(person__organization__name="Left").organization, left_on=date(2025, 5, 5)
    )
    OrganizationFactory(name="Empty", owner=staff)
    client = sign_in(staff)

    gaps = {gap: names(ask(client, gap=gap)) for gap in ("intrapreneur", "people", "hub-contact")}

    assert gaps == {"intrapreneur": ["Empty"], "people": ["Left"], "hub-contact": ["Left"]}


@pytest.mark.parametrize(
    "params",
    [
        {"kind": "spaceship", "region": "Atlantis", "status": "x", "topic": "none", "owner": "abc", "tag": "no"},
        {"owner": "9" * 30, "page": "9" * 30, "view": "9" * 30, "deleted": "9" * 30},
        {"contact": "soon", "gap": "money", "view": "all", "deleted": "x"},
        {"page": "-1", "q": "   "},
    ],
)
def test_nonsense_in_the_address_is_left_out(sign_in, staff, params):
    OrganizationFactory(name="Lake")

    answer = ask(sign_in(staff), **params)

    assert names(answer) == ["Lake"]
    assert answer.context["filters"].chips() == []


def test_each_active_filter_can_be_taken_away(sign_in, staff):
    OrganizationFactory(name="Lake", kind="museum", region="Midwest", owner=staff)

    chips = ask(sign_in(staff), kind="museum", region="Midwest", owner=staff.pk, page=2).context["filters"].chips()

    assert [(chip.label, chip.value, chip.without) for chip in chips] == [
        ("Kind", "museum or science center", f"?region=Midwest&owner={staff.pk}"),
        ("Region", "Midwest", f"?kind=museum&owner={staff.pk}"),
        ("Hub contact", "Ana Silva", "?kind=museum&region=Midwest"),
    ]


def test_an_empty_result_says_what_to_take_away(sign_in, staff):
    OrganizationFactory(name="Lake", kind="museum")

    answer = ask(sign_in(staff), q="rural", kind="museum")

    assert "Remove search “rural”" in answer.content.decode()


def test_a_fragment_carries_the_count_and_a_clean_address(sign_in, staff):
    OrganizationFactory(name="Lake")

    answer = sign_in(staff).get("/partners/", {"q": "lake", "kind": ""}, headers={"HX-Request": "true"})

    assert answer.headers["HX-Push-Url"] == "/partners/?q=lake"
    assert b"<html" not in answer.content
    assert b'hx-swap-oob="innerHTML:#count"' in answer.content
    assert b"1 partner\n" in answer.content


def test_fifty_stand_on_a_page(sign_in, staff):
    OrganizationFactory.create_batch(51)
    client = sign_in(staff)

    assert len(names(ask(client))) == 50
    assert len(names(ask(client, page=2))) == 1


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_however_long_it_is(sign_in, staff, django_assert_num_queries, count):
    client = sign_in(staff)
    for role in IntrapreneurFactory.create_batch(count):
        TouchpointFactory(organization=role.organization)
    Organization.objects.update(owner=staff)

    with django_assert_num_queries(13):
        ask(client)


def test_the_directory_is_at_its_address():
    assert reverse("partners:directory") == "/partners/"
