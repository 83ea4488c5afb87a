"""A proof that a plan is nearly the best: a bound that holds for any prices, whoever found them.

Let every person have a price for learning once more and one for teaching once more. Then no plan is worth more than
what pairs are worth above their two prices, plus what each person's best numbers of pairs pay at these prices (weak
Lagrangian duality). Floors that no plan can meet cost `short` a connection that is missing; the bound holds for all
plans that miss no more. Nothing here trusts a solver: `faults` judges a plan by the scores, the limits and the prices.
"""

from dataclasses import dataclass

import numpy as np

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Limits:
    """Per person: least to learn from, to teach and to meet in all, and most in all. Four integer arrays (n,)."""

    learn: np.ndarray
    teach: np.ndarray
    least: np.ndarray
    most: np.ndarray

    @classmethod
    def of(cls, count, at_least, at_most):
        """From single numbers or an array for each."""
        spread = [np.broadcast_to(np.asarray(bound, np.int64), (count,)).copy() for bound in (*at_least, at_most)]
        return cls(*spread)

    def missing(self, learn, teach):
        """The connections that people with so many pairs still lack."""
        sides = np.maximum(self.learn - learn, 0) + np.maximum(self.teach - teach, 0)
        return np.maximum(sides, self.least - learn - teach)

    def without(self, learn, teach):
        """What is left of them for people who already have so many pairs."""
        return Limits(
            np.maximum(self.learn - learn, 0),
            np.maximum(self.teach - teach, 0),
            np.maximum(self.least - learn - teach, 0),
            self.most - learn - teach,
        )


@dataclass(frozen=True)
class Prices:
    """Of learning and of teaching once more, arrays (n,) of any sign; and of a connection missing, a number ≥ 0.

    A score counts `total` times for all, and `stress` times, an array (n,), for each of its two people: this is how
    a floor under everybody's satisfaction enters the prices.
    """

    learn: np.ndarray
    teach: np.ndarray
    short: float
    stress: np.ndarray
    total: float = 1.0


def surplus(learners, teachers, scores, prices):
    """What each pair is worth above its two prices."""
    counts = prices.total + prices.stress[learners] + prices.stress[teachers]
    return scores * counts - prices.learn[learners] - prices.teach[teachers]


def numbered(learners, teachers, count):
    """One number for each two people, whoever of them learns."""
    return np.minimum(learners, teachers) * np.int64(count) + np.maximum(learners, teachers)


def upper_bound(learners, teachers, scores, prices, limits, missing=0):
    """No plan over these pairs is worth more, of all that lack at most `missing` connections.

    Of the two directions of a pair only the better counts, as no plan may use both.
    """
    value = surplus(learners, teachers, scores, prices)
    paying = value > 0
    _, places = np.unique(numbered(learners[paying], teachers[paying], len(limits.most)), return_inverse=True)
    best = np.zeros(places.max(initial=-1) + 1)
    np.maximum.at(best, places, value[paying])
    return float(best.sum()) + people_bound(prices, limits) + prices.short * missing


def people_bound(prices, limits):
    """Σ over people of the most that allowed numbers of pairs pay, less what the missing ones cost."""
    best = np.full(len(limits.most), -np.inf)
    top = int(limits.most.max(initial=0))
    for learn in range(top + 1):
        for teach in range(top + 1 - learn):
            pays = prices.learn * learn + prices.teach * teach - prices.short * limits.missing(learn, teach)
            best = np.where(learn + teach <= limits.most, np.maximum(best, pays), best)
    return float(best.sum())


def faults(plan, scores, *, organizations, at_least=(1, 1, 2), at_most=4, pinned=(), forbidden=()):
    """Everything that is wrong with a plan, as sentences; without one it keeps all rules and tells the truth."""
    n = scores.shape[0]
    limits, organizations = Limits.of(n, at_least, at_most), np.asarray(organizations)
    learners, teachers = np.asarray(plan.edges).reshape(-1, 2).T
    learn, teach = np.bincount(learners, minlength=n), np.bincount(teachers, minlength=n)
    pinned = np.array(sorted(map(tuple, pinned)), np.int64).reshape(-1, 2)
    pairs = scores.tocoo()
    given = {
        (i, j): float(score) for i, j, score in zip(pairs.row.tolist(), pairs.col.tolist(), pairs.data, strict=True)
    }
    used = list(zip(learners.tolist(), teachers.tolist(), strict=True))
    fixed = set(map(tuple, pinned.tolist()))
    barred = {frozenset(pair) for pair in forbidden}
    worth = np.array([given.get(pair, 0.0) for pair in used])
    satisfaction = np.bincount(learners, worth, n) + np.bincount(teachers, worth, n)
    told = np.zeros(n, np.int64)
    for one in plan.unmet:
        told[one.person] += one.missing

    allowed = organizations[pairs.row] != organizations[pairs.col]
    allowed &= ~np.isin(numbered(pairs.row, pairs.col, n), [min(pair) * n + max(pair) for pair in map(tuple, barred)])
    allowed &= ~np.isin(numbered(pairs.row, pairs.col, n), numbered(*pinned.T, n))
    left = limits.without(np.bincount(pinned[:, 0], minlength=n), np.bincount(pinned[:, 1], minlength=n))
    proven = sum(given.get(pair, 0.0) for pair in fixed) + upper_bound(
        pairs.row[allowed], pairs.col[allowed], pairs.data[allowed], plan.prices, left, int(told.sum())
    )
    slack = TOLERANCE * max(1.0, abs(plan.bound))
    wrong = {
        "A pair is used twice.": len({frozenset(pair) for pair in used}) < len(used),
        "A pair is used that is not allowed.": any(pair not in given and pair not in fixed for pair in used),
        "A forbidden pair is used.": any(frozenset(pair) in barred for pair in used),
        "Two people of one organization are paired.": (organizations[learners] == organizations[teachers]).any(),
        "A pinned pair is missing.": bool(fixed - set(used)),
        "Somebody has more pairs than allowed.": (learn + teach > limits.most).any(),
        "Somebody misses a floor, and the plan says otherwise.": (limits.missing(learn, teach) != told).any(),
        "The pairs are not worth what the plan says.": abs(worth.sum() - plan.objective) > slack,
        "Somebody's satisfaction is not what the plan says.": not np.allclose(satisfaction, plan.satisfaction),
        "The bound does not follow from the prices.": proven > plan.bound + slack,
    }
    return [sentence for sentence, is_so in wrong.items() if is_so]
