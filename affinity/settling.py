"""From pairs taken in part to whole ones: only what the prices leave open is decided, by a small exact search.

Whoever goes against the prices loses the difference: a plan with a pair far below them, or without one far above, is
worse than the bound by as much. So a few open pairs are searched, and if what is found is no further from the bound
than the pairs that were left out, then no plan is better.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from affinity.certificate import numbered
from affinity.model import Model
from affinity.pairs import Pairs

NEARLY = 1e-5  # of the bound: how near to it a plan is good enough, where it need not be proven the best
FAIRLY = 1e-3  # ... and where floors under everybody's satisfaction make it hard
PROVEN_UP_TO = 2_000  # people: beyond, what is found at once is good enough, and its gap is told
SECONDS = 60  # that a search may take
WIDER = 3  # times, what is left open next
SEARCHES = 8
OPEN = 2  # pairs for each person that are left open at first


@dataclass(frozen=True)
class Settled:
    """Whole pairs; what they are worth, less what is missing; and whether it is known that no plan is better."""

    pairs: Pairs
    worth: float
    optimal: bool


def settle(pool, relaxed, limits, aim):
    """The best whole plan, or one near it if there are many people or floors under their satisfaction."""
    count = len(limits.most)
    near = FAIRLY if len(aim.people) else NEARLY if count > PROVEN_UP_TO else 0.0
    doubts = np.sort(np.abs(relaxed.pairs.value(relaxed.prices)))
    reach = float(doubts[min(OPEN * count, len(doubts)) - 1]) + 1e-9 if len(doubts) else 0.0
    best = None
    for _ in range(SEARCHES):
        found = _searched(pool.above(relaxed.prices, -reach), relaxed.prices, reach, limits, aim, near)
        if found and (best is None or found.worth > best.worth):
            best = found
        apart = relaxed.bound - best.worth if best else np.inf
        if apart <= max(reach, near * abs(relaxed.bound)) or (found and not found.optimal):
            break
        reach = min(apart * (1 + 1e-6), WIDER * reach) if near else apart * (1 + 1e-6)
    return replace(best, optimal=best.optimal and bool(apart <= reach))


def _searched(near, prices, reach, limits, aim, tolerance):
    """The best plan that goes against the prices nowhere by more than `reach`; None if there is none."""
    count = len(limits.most)
    value = near.value(prices)
    numbers, two = np.unique(numbered(near.learners, near.teachers, count), return_inverse=True)
    best = np.zeros(len(numbers))
    np.maximum.at(best, two, value)
    kept = best[two] - value <= reach
    ways = np.bincount(two[kept], minlength=len(numbers))
    sure = kept & (best[two] > reach) & (ways[two] == 1)
    taken, left = near[sure], near[kept & ~sure]
    worth = np.bincount(taken.learners, taken.scores, count) + np.bincount(taken.teachers, taken.scores, count)
    learn, teach = (np.bincount(side, minlength=count) for side in (taken.learners, taken.teachers))
    model = Model(left, limits.without(learn, teach), aim.without(worth), numbers[ways > 1])
    found = milp(
        model.costs(prices.short),
        integrality=np.r_[np.ones(len(left)), np.zeros(3 * count + 1)],
        bounds=Bounds(model.lowest, model.highest),
        constraints=LinearConstraint(model.rows, ub=model.most),
        options={"time_limit": SECONDS, "mip_rel_gap": tolerance},
    )
    if found.x is None:
        return None
    chosen = left[found.x[: len(left)] > 0.5]
    return Settled(taken.joined(chosen, count), float(taken.scores.sum()) - found.fun, found.status == 0)
