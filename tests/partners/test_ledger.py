"""All changes of all apps, and who read what was told in confidence: for whoever answers for the hub."""

import re
from datetime import date
from itertools import pairwise

import pytest
import time_machine

from accounts import record
from checkins import actions as checkins
from outbox import actions as outbox
from partners import actions, ledger
from partners.models import Organization, Reading, Touchpoint
from tests.factories import CheckInFactory, LetterFactory, OrganizationFactory, TouchpointFactory, UserFactory

PAGE, READINGS = "/changes/", "/changes/readings/"


def told(**look):
    return [
        (line.kind, [(change.what, change.before, change.after) for change in line.changes])
        for line in ledger.lines(**look)[0]
    ]


def test_a_change_of_any_app_is_told_from_and_to(staff, overseer, sign_in):
    lake = actions.add_organization(name="Lake", by=staff)
    call = CheckInFactory(organization=lake, caller=staff)
    letter = LetterFactory(subject="Hello")
    actions.edit(lake, {"owner": overseer}, seen=actions.version(lake), by=staff)
    checkins.reschedule(call, due_on=date(2026, 4, 15), by=overseer)
    outbox.edit(letter, subject="Welcome", text="Hello.", by=staff)

    page = sign_in(overseer).get(PAGE)

    lines = {line.kind: line for line in page.context["lines"][:3]}
    assert [(change.what, change.before, change.after) for change in lines["letter"].changes] == [
        ("Subject", "Hello", "Welcome"),
        ("Text", "Hello.", "Hello.\n"),
    ]
    moved = lines["check-in"].changes[0]
    assert (moved.what, moved.before, moved.after) == ("Due on", "31 Mar 2026", "15 Apr 2026")
    assert (lines["check-in"].by, lines["check-in"].organization) == (overseer, lake)
    assert [(change.what, change.before, change.after) for change in lines["organization"].changes] == [
        ("Hub contact", "", "Olu Overseer")
    ]
    assert "Welcome" in page.content.decode()


def test_a_long_text_is_shown_from_where_it_differs(staff):
    call = CheckInFactory(held=True, notes="word " * 200 + "before")
    record.edit(call, {"notes": "word " * 200 + "after"}, seen=record.version(call), by=staff)

    [(_, [(what, before, after)]), *_] = told(kind="checkins.checkin")

    assert (what, before[0], before[-6:], after[-5:]) == ("Notes", "…", "before", "after")
    assert len(before) < 60


def test_the_list_is_narrowed_in_the_address(staff, overseer, sign_in):
    with time_machine.travel("2026-01-05"):
        lake = actions.add_organization(name="Lake", by=staff)
    with time_machine.travel("2026-02-05"):
        call = CheckInFactory(organization=lake)
        checkins.attach(call, kind="support", by=overseer, text="Read their plan")
        actions.touch(OrganizationFactory(name="Shore"), kind="visit", on=date(2026, 2, 5), by=staff)
    client = sign_in(overseer)

    def shown(**look):
        return {(line.kind, line.name) for line in client.get(PAGE, look).context["lines"]}

    promise, visit = ("follow-up", "Read their plan"), ("organization", "Shore")
    assert shown(by=overseer.pk) == {promise}
    assert shown(kind="checkins.followup") == {promise}
    assert promise in shown(partner="lake")
    assert visit not in shown(partner="lake")
    assert shown(until="2026-01-31", kind="partners.organization") == {("organization", "Lake")}
    assert shown(since="2026-02-01", kind="partners.organization") == {visit}
    assert shown(by="nobody", kind="partners.organization") == {visit}
    assert shown(by="x", kind="y", since="z") == shown()


def test_older_pages_follow_without_a_gap_or_a_repeat(overseer, sign_in):
    OrganizationFactory.create_batch(70)
    TouchpointFactory.create_batch(60)
    Organization.history.update(history_date="2026-01-05T12:00Z")  # as an import writes them: all at once
    Touchpoint.history.update(history_date="2026-01-05T12:00Z")
    client, seen, query = sign_in(overseer), [], ""

    while query is not None:
        page = client.get(f"{PAGE}?{query}")
        seen += [(line.kind, line.name, line.at) for line in page.context["lines"]]
        query = page.context["older"] or None

    everything = sum(model.history.count() for model in record.models())
    assert len(seen) == everything
    assert all(newer[2] >= older[2] for newer, older in pairwise(seen))


@pytest.mark.parametrize(
    "before", ["nonsense", "2026-13-45 x 1", "2026-01-01 x 1", "2026-01-01T00:00:00+00:00 x 9e9", " "]
)
def test_a_place_nobody_knows_is_the_beginning(overseer, sign_in, before):
    assert sign_in(overseer).get(PAGE, {"before": before}).status_code == 200
    assert sign_in(overseer).get(READINGS, {"before": before}).status_code == 200


@pytest.mark.parametrize("url", [PAGE, READINGS])
def test_only_the_overseer_reads_it(url, client, partner, staff, admin_user, sign_in):
    assert client.get(url).status_code == 302
    assert [sign_in(user).get(url).status_code for user in (partner, staff, admin_user)] == [403, 403, 200]


@pytest.mark.parametrize("count", [2, 6])
def test_the_list_costs_the_same_however_long_it_is(overseer, staff, sign_in, django_assert_num_queries, count):
    client = sign_in(overseer)
    for _ in range(count):
        lake = OrganizationFactory()
        actions.edit(lake, {"owner": staff}, seen=actions.version(lake), by=staff)

    with django_assert_num_queries(5 + len(record.models())):
        client.get(PAGE)


def test_a_look_is_logged_once_a_reader_partner_page_and_day(staff, overseer, partner, sign_in):
    lake = partner.person.organization
    call = CheckInFactory(organization=lake, held=True, caller=staff)
    pending = CheckInFactory(organization=lake, caller=staff)
    client = sign_in(staff)
    addresses = [
        lake.get_absolute_url(),
        f"{lake.get_absolute_url()}timeline/",
        f"{lake.get_absolute_url()}brief/",
        call.get_absolute_url(),
        f"/calls/{call.pk}/review/",
        pending.get_absolute_url(),
        "/partners/export/",
    ]

    for url in addresses * 2:
        assert client.get(url).status_code == 200
    sign_in(partner).get(lake.get_absolute_url())

    assert {(look.reader, look.what) for look in Reading.objects.filter(organization=lake)} == {
        (staff, what) for what in ("record", "brief", "call", "export")
    }
    assert Reading.objects.filter(organization=lake).count() == 4
    rows = sign_in(overseer).get(READINGS, {"partner": "lakeshore"}).context["readings"]
    assert {look.what for look in rows} == {"record", "brief", "call", "export"}


def test_the_next_day_is_another_look(staff):
    lake = OrganizationFactory()

    for day in (date(2026, 3, 16), date(2026, 3, 16), date(2026, 3, 17)):
        actions.read(lake, what="record", by=staff, today=day)

    assert Reading.objects.count() == 2


def test_readings_are_paged_and_narrowed(overseer, staff, sign_in):
    for lake in OrganizationFactory.create_batch(60):
        actions.read(lake, what="record", by=staff)
    actions.read(lake, what="brief", by=UserFactory())
    client = sign_in(overseer)

    first = client.get(READINGS, {"by": staff.pk})
    rest = client.get(f"{READINGS}?{first.context['older']}")

    assert (len(first.context["readings"]), len(rest.context["readings"])) == (50, 10)
    assert not {look.pk for look in first.context["readings"]} & {look.pk for look in rest.context["readings"]}
    assert not re.search("brief", "".join(look.what for look in rest.context["readings"]))


@pytest.mark.parametrize("count", [1, 5])
def test_readings_cost_the_same_however_many_they_are(overseer, staff, sign_in, django_assert_num_queries, count):
    client = sign_in(overseer)
    for lake in OrganizationFactory.create_batch(count):
        actions.read(lake, what="record", by=staff)

    with django_assert_num_queries(4):
        client.get(READINGS)
