"""The best plan for all at once: who learns from whom, within everybody's limits, and how good it is at least."""

from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from affinity.certificate import Prices
from affinity.fairness import lifted
from affinity.model import Aim
from affinity.pairs import Pairs, Pool, Tilted
from affinity.relaxation import EXACT, TOTAL, relax
from affinity.requests import Request
from affinity.settling import settle

WOBBLE = 1e-7  # of the best score: decides between equals
BONUS = 0.1  # of the median score taken: what keeps an announced pair where others are hardly better
DEARER = (2, 16, 128)  # times the best score: what a missing connection costs, until none is missing needlessly


@dataclass(frozen=True)
class Unmet:
    """Somebody who has fewer connections than asked: how many to learn from, to teach, and in all; and why."""

    person: int
    learn: int
    teach: int
    missing: int
    why: str


@dataclass(frozen=True)
class Plan:
    """Who learns from whom: `edges` (k, 2), and what they are worth.

    No plan that leaves as few floors unmet is worth more than `bound`, which `prices` prove
    (`affinity.certificate.faults`); `optimal` says that the search proved this plan the best. `fairest` is the highest
    satisfaction that all could have at once, and `price` what lifting the worst served took from the objective.
    """

    edges: np.ndarray
    objective: float
    bound: float
    satisfaction: np.ndarray
    unmet: tuple[Unmet, ...]
    prices: Prices = field(repr=False)
    optimal: bool
    fairest: float | None = None
    price: float = 0.0

    @property
    def gap(self):
        """How much better a plan could be at most, as a share of the bound."""
        return max(0.0, (self.bound - self.objective) / self.bound) if self.bound > 0 else 0.0


def assign(
    scores,
    *,
    organizations,
    at_least=(1, 1, 2),
    at_most=4,
    pinned=(),
    forbidden=(),
    announced=(),
    fairness=0.0,
    seed=0,
):
    """The `Plan` of the highest total affinity.

    `scores` is a sparse matrix (learner, teacher); an absent entry is not allowed. `at_least` asks to learn from, to
    teach and to meet so many in all, `at_most` ends it; each is a number or one for each person. Never two people of
    one organization, a forbidden pair in either direction, or a pair in both. Pinned pairs are taken as they are,
    `announced` ones kept where others are hardly better. With `fairness` those who can be served have no less than this
    share of the highest satisfaction all could have. The same input gives the same plan; `seed` chooses among equals.
    """
    request = Request(organizations, at_least, at_most, pinned, forbidden, announced)
    matrix = sparse.csr_array(scores).astype(float)
    if matrix.shape != (request.count, request.count):
        raise ValueError(f"The scores are {matrix.shape[0]} × {matrix.shape[1]}, the people {request.count}.")
    if not np.isfinite(matrix.data).all():
        raise ValueError("A score is not a number.")
    matrix.sum_duplicates()
    matrix = matrix.tocoo()
    pairs = Pairs(matrix.row.astype(np.int64), matrix.col.astype(np.int64), matrix.data)
    keys = request.pinned[:, 0] * request.count + request.pinned[:, 1]
    worth = dict(zip(pairs.keys(request.count).tolist(), pairs.scores.tolist(), strict=True)) if len(keys) else {}
    pins = Pairs(*request.pinned.T, np.array([worth.get(key, 0.0) for key in keys.tolist()]))
    return planned(Pool(pairs[request.allows(pairs.learners, pairs.teachers)]), pins, request, fairness, seed)


def planned(pool, pins, request, fairness, seed):
    """The plan over a pool of allowed pairs, beside pinned ones."""
    if not 0 <= fairness <= 1:
        raise ValueError("fairness is a share between 0 and 1.")
    pool = _decided(pool, seed, request.count)
    relaxed, settled = _fewest_missing(pool, request)
    plan = _told(pool, pins, request, relaxed, settled)
    if len(request.announced) and (relaxed.taken > EXACT).any():
        liked = _favoured(pool, request, BONUS * float(np.median(relaxed.pairs.scores[relaxed.taken > EXACT])))
        kept = relax(liked, request.left, relaxed.prices.short)
        settled = replace(settle(liked, kept, request.left, TOTAL), optimal=False)
        plan = _told(liked, pins, request, relaxed, settled)
    if fairness:
        served = np.setdiff1d(np.flatnonzero(sum(pool.choices(request.count))), [one.person for one in plan.unmet])
        pinned = _satisfaction(pins, pins.scores, request.count)
        settled, fairest = lifted(pool, request.left, relaxed, served, pinned, fairness)
        fair = _told(pool, pins, request, relaxed, settled)
        plan = replace(fair, optimal=False, fairest=fairest, price=plan.objective - fair.objective)
    return plan


def _decided(pool, seed, count):
    """The pool with ties decided, by a little that depends on the seed."""
    learner, teacher = np.random.default_rng(seed).random((2, count))
    most = WOBBLE * pool.highest
    return Tilted(pool, lambda learners, teachers: most * learner[learners] * teacher[teachers], most)


def _favoured(pool, request, bonus):
    """The pool with a bonus for announced pairs."""
    announced = request.announced[:, 0] * request.count + request.announced[:, 1]
    return Tilted(
        pool, lambda learners, teachers: bonus * np.isin(learners * request.count + teachers, announced), bonus
    )


def _fewest_missing(pool, request):
    """A relaxed and a whole plan: first as few connections missing as can be, then the highest total."""
    least = None
    for times in DEARER:
        relaxed = relax(pool, request.left, times * max(1e-3, pool.highest))
        settled = settle(pool, relaxed, request.left, TOTAL)
        missing = int(request.left.missing(*_met(settled.pairs, request.count)).sum())
        if missing and least is None:
            least = relax(pool, request.left, 1.0, Aim(total=0.0), start=relaxed.pairs).missing
        if not missing or missing <= np.ceil(least - EXACT * request.count):
            break
    return relaxed, settled


def _told(pool, pins, request, relaxed, settled):
    """The plan with everything it says of itself; `relaxed` proves its bound."""
    count, limits = request.count, request.limits
    worth = np.concatenate([pool.worth(settled.pairs), pins.scores])
    pairs = Pairs(*(np.concatenate(two) for two in zip(settled.pairs.arrays(), pins.arrays(), strict=True)))
    order = np.argsort(pairs.keys(count))
    pairs, worth = pairs[order], worth[order]
    learn, teach = _met(pairs, count)
    missing = limits.missing(learn, teach)
    return Plan(
        edges=np.column_stack([pairs.learners, pairs.teachers]),
        objective=float(worth.sum()),
        bound=relaxed.bound + float(pins.scores.sum()) + relaxed.prices.short * int(missing.sum()),
        satisfaction=_satisfaction(pairs, worth, count),
        unmet=tuple(_unmet(pool, request, learn, teach, missing)),
        prices=relaxed.prices,
        optimal=settled.optimal,
    )


def _unmet(pool, request, learn, teach, missing):
    """Everybody who has fewer connections than asked, with the reason that lies nearest."""
    if not missing.any():
        return
    count, limits = request.count, request.limits
    teachers, learners = pool.choices(count)
    asked = limits.missing(np.zeros(count, int), np.zeros(count, int))
    sizes, needs = np.bincount(request.organizations), np.bincount(request.organizations, asked).astype(int)
    room = limits.most.sum() - np.bincount(request.organizations, limits.most).astype(int)
    for person in np.flatnonzero(missing).tolist():
        home = request.organizations[person]
        lacks = max(limits.learn[person] - learn[person], 0), max(limits.teach[person] - teach[person], 0)
        if needs[home] > room[home]:
            why = (
                f"{sizes[home]} of {count} people are of one organization and ask for {needs[home]} connections;"
                f" the {count - sizes[home]} others have room for {room[home]}."
            )
        elif lacks[0] and teachers[person] < limits.learn[person]:
            why = f"Only {teachers[person]} people may teach them." if teachers[person] else "Nobody may teach them."
        elif lacks[1] and learners[person] < limits.teach[person]:
            why = (
                f"Only {learners[person]} people may learn from them."
                if learners[person]
                else "Nobody may learn from them."
            )
        else:
            why = "Those they may meet are needed by others who have as few to choose from."
        yield Unmet(person, *map(int, lacks), int(missing[person]), why)


def _met(pairs, count):
    return tuple(np.bincount(side, minlength=count) for side in (pairs.learners, pairs.teachers))


def _satisfaction(pairs, worth, count):
    return np.bincount(pairs.learners, worth, count) + np.bincount(pairs.teachers, worth, count)
