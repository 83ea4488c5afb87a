from copy import copy
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from partners import actions, timeline
from partners.models import Organization
from tests.factories import (
    ChallengeFactory,
    IntrapreneurFactory,
    LetterFactory,
    OrganizationFactory,
    PersonFactory,
    StrengthFactory,
    TouchpointFactory,
)

pytestmark = pytest.mark.django_db

REACHES = ["staff", "match", "network", "public"]


def marked_sentences(organization, **fields):
    for reach in REACHES:
        StrengthFactory(organization=organization, reach=reach, text=f"Strength at {reach} reach.", **fields)
        ChallengeFactory(organization=organization, reach=reach, text=f"Challenge at {reach} reach.", **fields)


def found(answer, kind):
    return [reach for reach in REACHES if f"{kind} at {reach} reach." in answer.content.decode()]


def test_a_stranger_is_sent_to_sign_in(client):
    organization = OrganizationFactory()

    assert client.get(organization.get_absolute_url()).status_code == 302


def test_the_hub_reads_every_sentence(sign_in, staff):
    organization = OrganizationFactory()
    marked_sentences(organization)

    answer = sign_in(staff).get(organization.get_absolute_url())

    assert (found(answer, "Strength"), found(answer, "Challenge")) == (REACHES, REACHES)


def test_partners_read_what_all_partners_may(sign_in, partner):
    organization = OrganizationFactory()
    marked_sentences(organization)

    answer = sign_in(partner).get(organization.get_absolute_url())

    assert (found(answer, "Strength"), found(answer, "Challenge")) == (["network", "public"], ["network", "public"])


def test_even_about_their_own_organization_partners_read_no_confidence_of_the_hub(sign_in, partner, staff):
    marked_sentences(partner.person.organization, added_by=staff)

    answer = sign_in(partner).get(partner.person.organization.get_absolute_url())

    assert (found(answer, "Strength"), found(answer, "Challenge")) == (["network", "public"], ["network", "public"])


def test_partners_see_who_leads_the_work_but_not_how_to_reach_them(sign_in, partner, staff):
    ivo = PersonFactory(name="Ivo Novak", title="Dean", email="ivo@river.example.org", phone="+1 555 0100")
    IntrapreneurFactory(person=ivo)
    PersonFactory(organization=ivo.organization, name="Quiet Colleague")
    TouchpointFactory(organization=ivo.organization, summary="They are worried.")

    text = sign_in(partner).get(ivo.organization.get_absolute_url()).content.decode()

    assert "Ivo Novak, Dean" in text
    for secret in ("ivo@river", "555 0100", "Quiet Colleague", "worried", "Start call"):
        assert secret not in text


@pytest.mark.parametrize("state", ["prospect", "ended"])
def test_partners_do_not_find_who_is_not_active(sign_in, partner, state):
    organization = OrganizationFactory(**{state: True})

    assert sign_in(partner).get(organization.get_absolute_url()).status_code == 404


def test_the_record_shows_the_facts(sign_in, staff):
    role = IntrapreneurFactory(person__name="Ivo Novak", person__phone="+1 555 0100", person__organization__owner=staff)
    organization = role.organization
    organization.time_zone = "America/Chicago"
    organization.save()
    organization.previous_names.create(name="Old River Lab")
    PersonFactory(organization=organization, name="Lee Left", left_on=date(2025, 1, 1))

    answer = sign_in(staff).get(organization.get_absolute_url())

    text = answer.content.decode()
    for fact in ('href="tel:+1 555 0100"', "Old River Lab", "there now", "hub contact Ana Silva", "1 left"):
        assert fact in text


def test_the_timeline_tells_what_happened_newest_first(sign_in, staff):
    role = IntrapreneurFactory(person__name="Dana", person__email="Dana@lake.example.org", started_on=date(2024, 1, 15))
    organization = role.organization
    TouchpointFactory(organization=organization, happened_on=date(2025, 5, 1), summary="Saw the new lab.")
    TouchpointFactory(organization=organization, happened_on=date(2025, 5, 2), kind="call")
    LetterFactory(sent=True, to_email="dana@lake.example.org", subject="A checklist")
    LetterFactory(to_email="dana@lake.example.org", subject="A draft")

    page = sign_in(staff).get(organization.get_absolute_url()).context["timeline"]

    assert [(entry.kind, entry.text) for entry in page.entries if entry.kind != "change"] == [
        ("letter", ""),
        ("touchpoint", "Saw the new lab."),
        ("handover", ""),
    ]


def test_the_timeline_can_be_narrowed_in_the_address(sign_in, staff):
    organization = OrganizationFactory()
    TouchpointFactory(organization=organization)
    client = sign_in(staff)

    def kinds(query):
        return {entry.kind for entry in client.get(organization.get_absolute_url() + query).context["timeline"].entries}

    assert kinds("?kind=touchpoint") == {"touchpoint"}
    assert kinds("?kind=letter") == set()
    assert kinds("?kind=nonsense&before=yesterday") == {"change", "touchpoint"}
    assert kinds("?before=0001-01-01") == set()


def test_an_empty_timeline_says_what_to_do(sign_in, staff):
    organization = OrganizationFactory()
    organization.history.all().delete()

    answer = sign_in(staff).get(organization.get_absolute_url())

    assert b"No contact yet." in answer.content


def test_older_entries_follow_without_gap_or_repetition(sign_in, staff):
    organization = OrganizationFactory()
    organization.history.all().delete()
    days = [date(2025, month, day) for month in range(1, 13) for day in (3, 3, 9)]
    for number, day in enumerate(days):
        TouchpointFactory(organization=organization, happened_on=day, summary=f"Visit {number}")
    client = sign_in(staff)
    url, seen = f"{organization.get_absolute_url()}timeline/", []

    query = "?"
    while query:
        page = client.get(url + query).context["timeline"]
        seen += [entry.text for entry in page.entries]
        query = f"?before={page.older}" if page.older else ""

    assert sorted(seen) == sorted(f"Visit {number}" for number in range(36))


def test_the_timeline_is_the_hubs(sign_in, partner):
    url = f"{partner.person.organization.get_absolute_url()}timeline/"

    assert sign_in(partner).get(url).status_code == 403


def test_a_timeline_for_a_partner_holds_only_what_they_may_read(partner, staff):
    role = partner.person.intrapreneur_roles.get()
    role.note = "The last one was difficult."
    role.save()
    TouchpointFactory(organization=role.organization, summary="They are worried.")
    LetterFactory(sent=True, to_email=partner.email, subject="A checklist")
    PersonFactory(organization=role.organization, email="ben@lake.example.org")
    LetterFactory(sent=True, to_email="ben@lake.example.org", subject="For Ben alone")

    entries = timeline.entries(role.organization, user=partner)

    assert [(entry.kind, entry.text) for entry in entries] == [("letter", ""), ("handover", "")]
    assert "A checklist" in entries[0].title


def test_edits_of_one_sitting_fold_into_one_line(sign_in, staff):
    organization = actions.add_organization(name="Lake", by=staff)
    actions.edit(organization, {"city": "Akron"}, seen=actions.version(organization), by=staff)
    actions.edit(organization, {"city": "Chicago", "kind": "museum"}, seen=actions.version(organization), by=staff)

    [entry] = sign_in(staff).get(organization.get_absolute_url()).context["timeline"].entries

    assert entry.title == "4 changes by Ana Silva"
    assert {(change.what, change.before, change.after) for change in entry.changes} == {
        ("Partner added", "", "Lake"),
        ("City", "", "Akron"),
        ("City", "Akron", "Chicago"),
        ("Kind", "other", "museum or science center"),
    }


def test_edits_further_apart_or_by_somebody_else_are_lines_of_their_own(staff, overseer):
    organization = OrganizationFactory()
    Organization.history.all().delete()
    for minute, by in ((0, staff), (9, staff), (18, overseer), (19, staff), (30, staff)):
        with time_machine.travel(f"2026-03-16T15:{minute:02}:00Z"):
            actions.edit(organization, {"city": f"City {minute}"}, seen=actions.version(organization), by=by)

    entries = timeline.entries(organization, user=staff, kinds={"change"})

    assert [(entry.by, len(entry.changes)) for entry in entries] == [(staff, 1), (staff, 1), (overseer, 1), (staff, 1)]


def test_ten_years_of_changes_page_back_to_the_first(staff):
    organization = OrganizationFactory(city="0")
    line = organization.history.get()
    lines = []
    for number in range(1, 400):
        line.pk, line.history_type, line.city = None, "~", str(number)
        line.history_date = datetime(2016, 1, 1, 12, tzinfo=UTC) + timedelta(days=9 * number)
        lines.append(copy(line))
    Organization.history.bulk_create(lines)
    Organization.history.filter(history_type="+").update(history_date=datetime(2016, 1, 1, tzinfo=UTC))

    seen, before = [], None
    while True:
        page = timeline.page(organization, user=staff, kinds={"change"}, before=before)
        seen += [entry.changes[0].after for entry in page.entries]
        if not page.older:
            break
        before = page.older

    assert seen == [str(number) for number in range(399, 0, -1)] + [organization.name]


def test_what_partners_change_is_shown_to_the_hub(sign_in, partner, staff):
    dana = partner.person
    actions.edit(dana, {"phone": "+1 555 0199"}, seen=actions.version(dana), by=partner)

    answer = sign_in(staff).get(dana.organization.get_absolute_url())

    [correction] = answer.context["corrections"]
    assert correction.title == "1 change by Dana Whitfield"
    assert [(change.what, change.after) for change in correction.changes] == [("Dana Whitfield: phone", "+1 555 0199")]


@pytest.mark.parametrize("count", [1, 5])
def test_the_record_costs_the_same_however_full_it_is(sign_in, staff, django_assert_num_queries, count):
    client = sign_in(staff)
    organization = IntrapreneurFactory().organization
    PersonFactory.create_batch(count, organization=organization)
    StrengthFactory.create_batch(count, organization=organization, added_by=staff)
    ChallengeFactory.create_batch(count, organization=organization)
    TouchpointFactory.create_batch(count, organization=organization, logged_by=staff)

    with django_assert_num_queries(29):
        client.get(organization.get_absolute_url())
