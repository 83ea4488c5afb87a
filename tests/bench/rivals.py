"""Simpler ways to bring people together, to show what the plan is worth: of candidates, those chosen."""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

MOST = 4


def greedy(pairs, count, order=None):
    """The best pair first, while both have room for it."""
    order = np.lexsort((pairs.teachers, pairs.learners, -pairs.scores)) if order is None else order
    met, used, chosen = [0] * count, set(), []
    learners, teachers = pairs.learners.tolist(), pairs.teachers.tolist()
    for at in order.tolist():
        one, two = learners[at], teachers[at]
        both = (one, two) if one < two else (two, one)
        if met[one] < MOST and met[two] < MOST and both not in used:
            used.add(both)
            met[one] += 1
            met[two] += 1
            chosen.append(at)
    return pairs[np.array(chosen, np.int64)]


def at_random(pairs, count):
    """Any pair, while both have room for it."""
    return greedy(pairs, count, np.random.default_rng(0).permutation(len(pairs)))


def separate_caps(pairs, count):
    """One or two to learn from and one or two to teach: a flow, whose relaxation is whole by itself."""
    n, m = count, len(pairs)
    sides = [
        sparse.csr_array((np.ones(m), (side, np.arange(m))), shape=(n, m)) for side in (pairs.learners, pairs.teachers)
    ]
    lacks, none = sparse.eye_array(n), sparse.csr_array((n, n))
    rows = sparse.vstack(
        [
            sparse.hstack([-sides[0], -lacks, none]),
            sparse.hstack([-sides[1], none, -lacks]),
            sparse.hstack([sides[0], none, none]),
            sparse.hstack([sides[1], none, none]),
        ]
    )
    found = linprog(
        np.r_[-pairs.scores, np.full(2 * n, 10 * pairs.scores.max())],
        A_ub=rows,
        b_ub=np.r_[np.full(2 * n, -1), np.full(2 * n, MOST / 2)],
        bounds=np.column_stack([np.zeros(m + 2 * n), np.r_[np.ones(m), np.full(2 * n, np.inf)]]),
        method="highs",
    )
    return pairs[found.x[:m] > 0.5]


RIVALS = {"greedy": greedy, "random": at_random, "separate caps, 2 + 2": separate_caps}
