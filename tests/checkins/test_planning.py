"""What a suggested plan says: who, when, and why."""

from collections import Counter
from datetime import date

import pytest

from checkins import planning
from checkins.models import Capacity, Leave
from tests.factories import (
    CallDraftFactory,
    CheckInFactory,
    OrganizationFactory,
    RoundFactory,
    TouchpointFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
JANUARY = date(2026, 1, 5)


@pytest.fixture
def ana():
    return UserFactory(name="Ana Silva")


@pytest.fixture
def ben():
    return UserFactory(name="Ben Ode")


def suggest(today=JANUARY):
    return planning.suggest(RoundFactory(), today=today)


def the_line(today=JANUARY):
    [line], _ = suggest(today)
    return line


def held(organization, caller, year):
    day = date(year, 5, 5)
    return CheckInFactory(organization=organization, caller=caller, held=True, held_on=day, due_on=day)


def test_loads_differ_by_one_at_most_for_each_unit_of_capacity(ana, ben):
    Capacity.objects.create(round=RoundFactory(), caller=ana, units=1)
    OrganizationFactory.create_batch(10)

    lines, told = suggest()

    loads = Counter(line.caller for line in lines)
    assert loads[ana] + loads[ben] == 10
    assert loads[ana] in (3, 4)
    assert {load["name"]: load["after"] for load in told["loads"]} == {"Ana Silva": loads[ana], "Ben Ode": loads[ben]}


def test_who_called_already_this_year_gets_fewer(ana, ben):
    for organization in OrganizationFactory.create_batch(2):
        held(organization, ana, 2026)
    OrganizationFactory.create_batch(2)

    lines, _ = suggest(date(2026, 6, 1))

    assert {line.caller for line in lines} == {ben}


def test_only_active_partners_without_a_call_this_year_are_planned(ana):
    OrganizationFactory(prospect=True)
    OrganizationFactory(ended=True)
    held(OrganizationFactory(), ana, 2026)
    waiting = OrganizationFactory()

    lines, _ = suggest(date(2026, 6, 1))

    assert [line.organization for line in lines] == [waiting]


def test_a_partner_goes_to_somebody_new_to_them(ana, ben):
    held(OrganizationFactory(owner=ana), ana, 2025)

    line = the_line()

    assert (line.caller, line.why) == (ben, "New to Ben")


def test_nobody_keeps_a_partner_for_a_third_year(ana, ben):
    partner = OrganizationFactory(owner=ana, language="es")
    ana.languages = "es"
    ana.save()
    for caller, year in [(ana, 2024), (ana, 2025), (ben, 2023)]:
        held(partner, caller, year)
    CheckInFactory(organization=partner, caller=ana, due_on=date(2026, 5, 5))

    [line], told = suggest()

    assert (line.caller, line.why) == (ben, "Ana Silva has called them two years running")
    assert [wish["why"] for wish in told["refused"] if wish["wish"] == "Called in their language"] == [
        "Ana Silva did in both of the last two years."
    ]


def test_where_nobody_else_is_there_the_rule_gives_way_and_that_is_said(ana):
    partner = OrganizationFactory()
    held(partner, ana, 2024)
    held(partner, ana, 2025)

    [line], told = suggest()

    assert (line.caller, line.why) == (ana, "Ana Silva again, for want of anybody else")
    assert {"wish": "Another caller after two years", "why": "Nobody who takes calls could."}.items() <= told[
        "refused"
    ][0].items()


def test_a_language_is_spoken_where_somebody_speaks_it(ana, ben):
    ben.languages = "fr, es"
    ben.save()
    OrganizationFactory(language="es")

    assert the_line().why == "New to Ben; speaks Spanish"


def test_a_wish_that_cannot_be_met_says_why(ana):
    OrganizationFactory(name="Casa", language="es")

    _, told = suggest()

    assert [(wish["name"], wish["wish"], wish["why"]) for wish in told["refused"]] == [
        ("Casa", "Called in their language", "Nobody who takes calls could.")
    ]


def test_a_wish_that_others_need_more_says_so(ana, ben):
    ben.languages = "es"
    ben.save()
    OrganizationFactory.create_batch(2, language="es")

    _, told = suggest()

    assert [wish["why"] for wish in told["refused"]] == ["Ben Ode could, but others need that call more."]


def test_a_wish_that_weighs_less_says_than_what(ana, ben):
    partner = OrganizationFactory(owner=ana)
    held(partner, ana, 2025)
    CheckInFactory(organization=partner, caller=ana)

    _, told = suggest()

    assert [wish["why"] for wish in told["refused"]] == [
        "Ben Ode could, but this weighs more: called by their hub contact; with whoever had the call."
    ]


def test_a_clock_that_is_near_is_preferred(ana, ben):
    ana.time_zone, ben.time_zone = "America/Los_Angeles", "America/New_York"
    ana.save()
    ben.save()
    OrganizationFactory(time_zone="America/Denver")

    assert (the_line().caller, the_line().why) == (ana, "New to Ana; near time zone")


def test_the_hub_contact_is_preferred(ana, ben):
    OrganizationFactory(owner=ben)

    assert the_line().why == "New to Ben; their hub contact"


@pytest.mark.parametrize(
    "fixed",
    [
        {"by_hand": True},
        {"state": "scheduled", "scheduled_at": "2026-02-03T10:00Z"},
        {"opened_at": "2026-01-04T10:00Z"},
        {"reserved_until": date(2026, 1, 9)},
        {"purpose": "welcome"},
    ],
)
def test_what_somebody_decided_or_began_stays_and_counts(ana, ben, fixed):
    CheckInFactory(caller=ana, due_on=date(2026, 1, 7), **fixed)
    OrganizationFactory()

    lines, told = suggest()

    assert [line.caller for line in lines] == [ben]
    assert told["fixed"] == 1


def test_a_call_with_a_draft_stays(ana, ben):
    CallDraftFactory(checkin=CheckInFactory(caller=ana))

    assert suggest()[0] == []


def test_the_calls_of_somebody_who_left_go_to_others(ana):
    gone = UserFactory(name="Zoe Gone", is_active=False)
    CheckInFactory(caller=gone, by_hand=True, due_on=date(2026, 7, 2))

    line = the_line()

    assert (line.was_caller, line.caller) == (gone, ana)
    assert line.why == "Zoe Gone makes no calls any more; new to Ana"


def test_days_spread_over_the_year_and_fall_on_working_days(ana):
    OrganizationFactory.create_batch(12)

    days = [line.due_on for line in suggest()[0]]

    assert Counter(day.month for day in days) == dict.fromkeys(range(1, 13), 1)
    assert {day.weekday() for day in days} <= {0, 1, 2, 3, 4}


def test_nobody_is_to_call_while_away(ana):
    Leave.objects.create(caller=ana, starts_on=date(2026, 1, 1), ends_on=date(2026, 11, 30))
    OrganizationFactory.create_batch(5)

    assert {line.due_on.month for line in suggest()[0]} == {12}


def test_who_is_away_to_the_end_gets_no_calls(ana, ben):
    Leave.objects.create(caller=ana, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    CheckInFactory(caller=ana, due_on=date(2026, 7, 2))

    assert the_line().why == "Ana Silva takes no calls; new to Ben"


def test_a_day_of_leave_moves_the_call(ana):
    CheckInFactory(caller=ana, due_on=date(2026, 7, 2))
    Leave.objects.create(caller=ana, starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 3))

    line = the_line()

    assert (line.due_on.month, line.why) == (7, "Ana is away on 2 Jul")


def test_who_was_touched_lately_is_called_later_and_who_waits_longest_first(ana):
    visited, forgotten, called = (OrganizationFactory(name=name) for name in ("Visited", "Forgotten", "Called"))
    TouchpointFactory(organization=visited, happened_on=date(2025, 12, 20))
    TouchpointFactory(organization=called, happened_on=date(2025, 2, 1), kind="call")

    lines = sorted(suggest()[0], key=lambda line: line.due_on)

    assert [line.organization for line in lines] == [forgotten, called, visited]
    assert lines[2].why == "New to Ana; later: visited on 20 Dec"


def test_a_call_planned_soon_after_a_visit_moves(ana):
    checkin = CheckInFactory(caller=ana, due_on=date(2026, 2, 2))
    TouchpointFactory(organization=checkin.organization, happened_on=date(2026, 1, 4))

    line = the_line()

    assert line.due_on >= date(2026, 4, 4)
    assert line.why == "Moved: visited on 4 Jan"


def test_a_plan_that_was_followed_asks_for_nothing_new(ana, ben):
    OrganizationFactory.create_batch(9)
    round = RoundFactory()
    for line in suggest()[0]:
        CheckInFactory(organization=line.organization, round=round, caller=line.caller, due_on=line.due_on)

    assert suggest()[0] == []


def test_next_year_waits_for_the_calls_of_this_one(ana):
    CheckInFactory(caller=ana, due_on=date(2026, 12, 15))
    free = OrganizationFactory()

    lines, _ = planning.suggest(RoundFactory(year=2027), today=date(2026, 11, 22))

    assert [(line.organization, line.due_on.year) for line in lines] == [(free, 2027)]


def test_without_anybody_to_call_that_is_said(ana):
    Capacity.objects.create(round=RoundFactory(), caller=ana, units=0)
    OrganizationFactory()

    assert suggest() == ([], {"partners": 1, "nobody": True})


@pytest.mark.parametrize("count", [1, 5])
def test_planning_costs_the_same_however_many_there_are(ana, ben, django_assert_num_queries, count):
    for organization in OrganizationFactory.create_batch(count, time_zone="America/Denver"):
        TouchpointFactory(organization=organization)
        held(organization, ana, 2025)
        CheckInFactory(organization=organization, caller=ana)
    round = RoundFactory()

    with django_assert_num_queries(8):
        planning.suggest(round, today=JANUARY)
