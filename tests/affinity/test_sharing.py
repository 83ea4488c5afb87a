"""Sharing calls out: checked against every sharing there is, where there are few."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from affinity.sharing import NOBODY, Call, loads, share, spread

few = st.integers(0, 3)


@st.composite
def problems(draw, rows=4, columns=3):
    rows, columns = draw(st.integers(1, rows)), draw(st.integers(1, columns))

    def table(values):
        return np.array(draw(st.lists(values, min_size=rows * columns, max_size=rows * columns))).reshape(rows, columns)

    units = draw(st.lists(few, min_size=columns, max_size=columns).filter(any))
    held = draw(st.lists(few, min_size=columns, max_size=columns))
    return table(st.integers(-3, 9)), np.array(units), np.array(held), table(st.booleans())


def every_sharing(gains, units, held):
    """All that one could do within the limits."""
    fewest, most = loads(len(gains), units, held)
    for callers in product(range(len(units)), repeat=len(gains)):
        given = np.bincount(callers, minlength=len(units))
        if (fewest <= given).all() and (given <= most).all():
            yield np.array(callers)


@settings(deadline=None)
@given(problems())
def test_no_sharing_is_better(problem):
    gains, units, held, avoid = problem
    rows = np.arange(len(gains))

    found = share(gains, units, held, avoid)

    best = max((-avoid[rows, each].sum(), gains[rows, each].sum()) for each in every_sharing(gains, units, held))
    assert (-len(found.unavoidable), gains[rows, found.callers].sum()) == best
    assert found.gap == 0


@settings(deadline=None)
@given(problems(rows=30, columns=6))
def test_loads_differ_by_one_call_a_unit_at_most(problem):
    gains, units, held, avoid = problem

    after = held + np.bincount(share(gains, units, held, avoid).callers, minlength=len(units))

    for one, other in product(np.flatnonzero(after > held), np.flatnonzero(units)):
        assert (after[one] - 1) * units[other] <= after[other] * units[one]
    assert ((after == held) | (units > 0)).all()


@settings(deadline=None)
@given(problems())
def test_the_bound_is_true_and_reached(problem):
    gains, units, held, avoid = problem

    found = share(gains, units, held, np.zeros_like(avoid))

    everything = [gains[np.arange(len(gains)), each].sum() for each in every_sharing(gains, units, held)]
    assert found.gain == max(everything) == found.bound


def test_the_same_question_has_the_same_answer():
    chance = np.random.default_rng(3)
    gains, avoid = chance.integers(0, 9, (200, 20)), chance.random((200, 20)) < 0.1
    units, held = chance.integers(1, 4, 20), chance.integers(0, 5, 20)

    first, second = (share(gains, units, held, avoid) for _ in range(2))

    assert (first.callers == second.callers).all()
    assert (first.gap, list(first.unavoidable)) == (0, [])


def test_a_pair_to_avoid_is_kept_only_where_there_is_no_other_way():
    gains = np.array([[9, 0], [9, 0], [0, 0]])
    avoid = np.array([[True, False], [True, True], [False, False]])

    found = share(gains, np.array([1, 1]), np.array([0, 0]), avoid)

    assert list(found.unavoidable) == [1]
    assert found.callers[0] == 1


@pytest.mark.parametrize("units", [[], [0, 0]])
def test_without_anybody_nobody_calls(units):
    table = np.zeros((2, len(units)), int)

    found = share(table, np.array(units, int), np.zeros(len(units), int), table > 0)

    assert list(found.callers) == [NOBODY, NOBODY]


def test_nothing_to_share_is_no_trouble():
    table = np.zeros((0, 2), int)

    assert share(table, np.array([1, 1]), np.array([4, 0]), table > 0).gain == 0


DAYS = range(100)


def decade(day):
    return day // 10


def test_calls_are_spread_evenly_and_who_waits_longest_comes_first():
    calls = [Call(not_before=0, waiting=waiting) for waiting in (1, 3, 2, 4, 0)]

    assert spread(calls, DAYS, decade) == [70, 30, 50, 10, 90]


def test_who_was_touched_lately_comes_later():
    assert spread([Call(70, 4), Call(0, 1)], DAYS, decade) == [75, 25]


def test_a_call_keeps_its_day_where_there_is_room_in_its_month():
    assert spread([Call(0, 1, now=78), Call(0, 4, now=21)], DAYS, decade) == [78, 21]


def test_a_month_that_is_too_full_gives_some_away():
    days = spread([Call(0, waiting, now=5) for waiting in (1, 2, 3)], DAYS, decade)

    assert sorted(days) == [5, 50, 83]


def test_a_fixed_call_stays_and_the_others_go_around_it():
    assert spread([Call(0, 0, now=22, fixed=True), Call(0, 1)], DAYS, decade) == [22, 75]


def test_a_single_call_keeps_its_day_wherever_it_is():
    assert spread([Call(0, 3, now=91)], DAYS, decade) == [91]


def test_a_day_that_is_not_theirs_is_not_kept():
    days = [day for day in DAYS if day != 24]

    assert spread([Call(0, 1, now=24), Call(0, 1, now=74)], days, decade) == [25, 74]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 9)), max_size=12))
def test_a_plan_that_was_followed_asks_for_nothing_new(facts):
    calls = [Call(not_before, waiting) for not_before, waiting in facts]

    first = spread(calls, DAYS, decade)
    again = spread(
        [Call(call.not_before, call.waiting, now=day) for call, day in zip(calls, first, strict=True)], DAYS, decade
    )

    assert again == first
