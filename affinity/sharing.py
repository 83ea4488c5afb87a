"""Sharing calls out: who calls whom, as an exact optimum with its proof, and on which of their days.

Plain arrays: a row is an organization, a column a caller. What the wishes are, and what they weigh, the caller of
these functions knows.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import coo_array, vstack

NOBODY = -1
AT_FIRST = 8  # pairs of each row that the solver looks at before any others

# What a call on another day than the best one costs, in days of waiting.
TOO_SOON = 4  # ... for each day before they may be called again
OTHER_MONTH = 30  # ... than the one it is due in now
FIXED = 10_000  # ... for each day away from where a fixed call is


@dataclass(frozen=True)
class Sharing:
    """`callers` has the column of each row's caller; `bound` is what no sharing with such loads can exceed."""

    callers: np.ndarray
    gain: int
    bound: int
    unavoidable: np.ndarray
    """The rows that got a caller to avoid, because there was no other way."""

    @property
    def gap(self):
        return self.bound - self.gain


def loads(count, units, held):
    """The fewest and the most calls of each caller, when `count` more are given to whoever has least for their units.

    Loads within these limits differ by at most one call a unit, but for what somebody `held` beyond that before.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        after = np.where(units[:, None] > 0, (held[:, None] + np.arange(count)) / units[:, None], np.inf)
    last = np.partition(after.ravel(), count - 1)[count - 1]
    return (after < last).sum(axis=1), (after <= last).sum(axis=1)


def share(gains, units, held, avoid):
    """The sharing that breaks the fewest pairs to `avoid`, and among those has the greatest sum of `gains`.

    `gains` are whole numbers. It is a transportation problem, so the simplex method ends in whole numbers too, and
    its prices, rounded, prove the optimum in exact arithmetic: any prices give a true bound.
    """
    rows = len(gains)
    nothing = np.zeros(0, int)
    if not rows or not units.any():
        return Sharing(np.full(rows, NOBODY), 0, 0, nothing)
    fewest, most = loads(rows, units, held)
    worst = rows * int(np.ptp(gains)) + 1  # no sum of wishes is worth one broken pair
    worth = np.where(avoid, gains - worst, gains).astype(np.int64)

    callers, prices = _transport(worth, fewest, most)

    gain = int(worth[np.arange(rows), callers].sum())
    bound = int((worth - prices).max(axis=1).sum() + np.maximum(prices * fewest, prices * most).sum())
    return Sharing(callers, gain, bound, np.flatnonzero(avoid[np.arange(rows), callers]))


def _transport(worth, fewest, most):
    """Each row to one column, each column within its limits: the columns, and a price for a place in each.

    Rows that are worth the same everywhere are one row, sent out several times. The solver sees the best pairs of each
    row; then those that its prices show to be better, until there is none. That is the optimum over all pairs.
    """
    kinds, kind_of, sent = np.unique(worth, axis=0, return_inverse=True, return_counts=True)
    seen = np.zeros(kinds.shape, bool)
    np.put_along_axis(seen, np.argsort(-kinds, axis=1, kind="stable")[:, :AT_FIRST], True, axis=1)
    places = np.concatenate([np.repeat(np.arange(len(most)), fewest), np.flatnonzero(most > fewest)])
    seen[np.repeat(np.arange(len(kinds)), sent), places[: len(worth)]] = True  # one sharing that is possible
    while True:
        numbers, prices = _solve(kinds, seen, sent, fewest, most)
        net = kinds - prices
        better = net > np.where(seen, net, net.min() - 1).max(axis=1, keepdims=True)
        if not better.any():
            break
        seen |= better
    callers = np.empty(len(worth), int)
    callers[np.argsort(kind_of, kind="stable")] = np.repeat(np.nonzero(seen)[1], numbers)
    return callers, prices


def _solve(worth, seen, sent, fewest, most):
    """How often each pair that is `seen` is chosen, and the prices: by HiGHS."""
    row, column = np.nonzero(seen)
    cells, ones = np.arange(len(row)), np.ones(len(row))
    each_row = coo_array((ones, (row, cells)), shape=(len(sent), len(row))).tocsr()
    each_column = coo_array((ones, (column, cells)), shape=(len(most), len(row))).tocsr()
    found = linprog(
        -worth[seen],
        A_eq=each_row,
        b_eq=sent,
        A_ub=vstack([each_column, -each_column]),
        b_ub=np.concatenate([most, -fewest]),
        method="highs-ds",
    )
    at_most, at_least = np.split(found.ineqlin.marginals, 2)
    return np.rint(found.x).astype(int), np.rint(at_least - at_most).astype(np.int64)


@dataclass(frozen=True)
class Call:
    """A call to be put on a day, all days as numbers: from when on, for how long they wait, and where it is now."""

    not_before: int
    waiting: float
    now: int | None = None
    fixed: bool = False


def spread(calls, days, month):
    """A day for each call of one caller, evenly over their `days`: the longest waiting first.

    A call that finds room in the month it is due in keeps its day. `month` tells the month of a day.
    """
    if not calls:
        return []
    places = [days[(2 * number + 1) * len(days) // (2 * len(calls))] for number in range(len(calls))]
    cost = np.array([[_cost(call, day, days[0], month) for day in places] for call in calls])
    _, chosen = linear_sum_assignment(cost)
    return [_day(call, places[place], days, month) for call, place in zip(calls, chosen, strict=True)]


def _cost(call, day, first, month):
    if call.fixed:
        return FIXED * abs(day - call.now)
    moved = call.now is not None and month(day) != month(call.now)
    return TOO_SOON * max(call.not_before - day, 0) + OTHER_MONTH * moved + call.waiting * (day - first)


def _day(call, place, days, month):
    keeps = call.fixed or (call.now in days and month(call.now) == month(place))
    return call.now if keeps else place
