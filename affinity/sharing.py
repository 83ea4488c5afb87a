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
MOVED = 30  # ... for a call that has a day, and would not keep it
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

    A call that finds room in its own month, or less than half a gap away, keeps its day. `month` tells a day's month.
    """
    if not calls:
        return []
    places = np.array([days[(2 * number + 1) * len(days) // (2 * len(calls))] for number in range(len(calls))])
    keeps = _keeps(calls, places, days, month)
    _, chosen = linear_sum_assignment(_costs(calls, places, days[0], keeps))
    return [
        call.now if keeps[number, place] else int(places[place])
        for number, (call, place) in enumerate(zip(calls, chosen, strict=True))
    ]


def _keeps(calls, places, days, month):
    """Whether each call would keep its day, were it given each place: not if it is too soon, and the place is later."""
    theirs, half_a_gap = set(days), (days[-1] - days[0]) / (2 * len(calls))
    months = np.array([month(place) for place in places])
    return np.array(
        [
            np.full(len(places), call.fixed)
            if call.fixed or call.now not in theirs
            else ((months == month(call.now)) | (np.abs(places - call.now) <= half_a_gap))
            & ((places <= call.now) | (call.not_before <= call.now))
            for call in calls
        ]
    )


def _costs(calls, places, first, keeps):
    """What each call costs at each place."""
    now = np.array([places[0] if call.now is None else call.now for call in calls])[:, None]
    movable = np.array([call.now is not None for call in calls])[:, None]
    too_soon = np.maximum(np.array([call.not_before for call in calls])[:, None] - places, 0)
    waits = np.array([call.waiting for call in calls])[:, None] * (places - first)
    fixed = np.array([call.fixed for call in calls])[:, None]
    wished = TOO_SOON * too_soon + MOVED * (movable & ~keeps) + waits
    return np.where(fixed, FIXED * np.abs(places - now), wished)
