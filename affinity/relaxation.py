"""The linear relaxation: plans in which pairs may be taken in part, and the prices that prove how good a plan can be.

HiGHS solves it over few pairs; its prices then say which of all the others would make it better, and these come in
(column generation), until there are none: the prices hold for all pairs. That no two people may be paired both ways is
asked of those who are (row generation).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from affinity.certificate import Prices, numbered, upper_bound
from affinity.model import NOBODY, Aim, Model
from affinity.pairs import Pairs

EXACT = 1e-7
BAND = 0.1  # of the highest score: so far below their prices pairs come in too, or prices would swing back to them
COMING_IN = 8  # pairs of each learner and of each teacher that come in at a time
TOTAL = Aim()


@dataclass(frozen=True)
class Relaxation:
    """How much of each of `pairs` is `taken`, and the prices; they prove `bound`, less what missing ones cost."""

    pairs: Pairs
    taken: np.ndarray
    prices: Prices
    bound: float
    missing: float


def relax(pool, limits, short, aim=TOTAL, start=None):
    """The best relaxed plan over all pairs of a pool, with prices that prove it. `short`: what a missing one costs."""
    count = len(limits.most)
    pairs, both_ways = pool.some() if start is None else start, NOBODY
    band = BAND * pairs.scores.max(initial=0.0)
    while True:
        model = Model(pairs, limits, aim, both_ways)
        found = linprog(
            model.costs(short),
            A_ub=model.rows,
            b_ub=model.most,
            bounds=np.column_stack([model.lowest, model.highest]),
            method="highs",
        )
        taken, prices = found.x[: len(pairs)], model.prices(-found.ineqlin.marginals, short)
        near = pool.above(prices, -band)
        value = near.value(prices)
        above = near[value > 0]
        bound = upper_bound(*above.arrays(), prices, limits)
        bound -= aim.floor @ prices.stress[aim.people]
        new = ~np.isin(above.keys(count), pairs.keys(count))
        twice = _taken_twice(pairs, taken, both_ways, count)
        if not len(twice) and (not new.any() or bound + found.fun <= EXACT * max(1.0, abs(bound))):
            return Relaxation(pairs, taken, prices, bound, model.lacking(found.x))
        both_ways = np.union1d(both_ways, twice)
        pairs = pairs.joined(near[near.best(value, COMING_IN)], count)


def _taken_twice(pairs, taken, known, count):
    """The numbers of two people whose pair is taken more than once in its two directions, of those not `known`."""
    numbers, places = np.unique(numbered(pairs.learners, pairs.teachers, count), return_inverse=True)
    return np.setdiff1d(numbers[np.bincount(places, taken, len(numbers)) > 1 + EXACT], known)
