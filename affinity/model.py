"""A plan as rows and columns: the same for the relaxation and for whole pairs."""

from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from affinity.certificate import Prices, numbered

NOBODY = np.zeros(0, np.int64)


@dataclass(frozen=True)
class Aim:
    """What is sought: the total affinity, `total` times, and that the `people` named fare no worse than their `floor`.

    All floors are raised or lowered alike, by `top` at most; each unit counts `lift` times.
    """

    total: float = 1.0
    people: np.ndarray = field(default_factory=lambda: NOBODY)
    floor: np.ndarray = field(default_factory=lambda: NOBODY.astype(float))
    lift: float = 0.0
    top: float = 0.0

    def without(self, satisfaction):
        """What is left to do for people who already have so much of it."""
        return replace(self, floor=self.floor - satisfaction[self.people])


class Model:
    """Columns: pairs; what each person lacks of learning, of teaching and in all; how far all floors are raised.

    Rows, each "at most": learning, teaching, most, least in all, nobody both ways, satisfaction. `both_ways` are the
    numbers of two people of whom the fifth is asked.
    """

    def __init__(self, pairs, limits, aim, both_ways=NOBODY):
        self.limits, self.aim, self._pairs = limits, aim, pairs
        n, m = len(limits.most), len(pairs)
        self._more = np.flatnonzero(limits.least > limits.learn + limits.teach)  # the others' fourth row says nothing
        learns, teaches = _incidence(pairs.learners, n), _incidence(pairs.teachers, n)
        meets, lacks, none = learns + teaches, sparse.eye_array(n, format="csr"), sparse.csr_array((n, n))
        numbers = numbered(pairs.learners, pairs.teachers, n)
        asked = np.flatnonzero(np.isin(numbers, both_ways))
        both = _incidence(np.searchsorted(both_ways, numbers[asked]), len(both_ways), asked, m)
        served = sparse.csr_array(meets * pairs.scores[None, :])[aim.people]
        groups = [
            ([-learns, -lacks, none, none], -limits.learn),
            ([-teaches, none, -lacks, none], -limits.teach),
            ([meets, none, none, none], limits.most),
            ([part[self._more] for part in (-meets, -lacks, -lacks, -lacks)], -limits.least[self._more]),
            ([both, sparse.csr_array((len(both_ways), 3 * n))], np.ones(len(both_ways))),
            ([-served, sparse.csr_array((len(aim.people), 3 * n))], -aim.floor),
        ]
        rows = sparse.vstack([sparse.hstack(parts) for parts, _ in groups])
        lift = np.repeat([0, 1], [rows.shape[0] - len(aim.people), len(aim.people)])[:, None]
        self.rows = sparse.hstack([rows, sparse.csr_array(lift.astype(float))], format="csc")
        self.most = np.concatenate([bound for _, bound in groups])
        self.ends = np.cumsum([len(bound) for _, bound in groups])[:-1]
        self.lowest = np.r_[np.zeros(m + 3 * n), -np.inf if aim.lift else 0.0]
        self.highest = np.r_[np.ones(m), np.full(3 * n, np.inf), aim.top]

    def costs(self, short):
        """What each column costs, for a solver that looks for the least."""
        n = len(self.limits.most)
        return np.r_[-self.aim.total * self._pairs.scores, np.full(3 * n, short), -self.aim.lift]

    def lacking(self, columns):
        """How many connections a solution is short of."""
        return float(columns[len(self._pairs) : -1].sum())

    def prices(self, duals, short):
        """`Prices` from what the solver says each row is worth."""
        n = len(self.limits.most)
        learn, teach, most, some_least, _, some_stress = np.split(duals, self.ends)
        least, stress = np.zeros(n), np.zeros(n)
        least[self._more], stress[self.aim.people] = some_least, some_stress
        return Prices(most - least - learn, most - least - teach, short, stress, self.aim.total)


def _incidence(owners, count, columns=None, width=None):
    columns = np.arange(len(owners)) if columns is None else columns
    shape = count, len(owners) if width is None else width
    return sparse.csr_array((np.ones(len(owners)), (owners, columns)), shape=shape)
