"""Pairs of a learner and a teacher with their scores, and a pool of all that are allowed."""

from dataclasses import dataclass

import numpy as np

from affinity.certificate import surplus

SOME = 8  # pairs of each learner and of each teacher to begin with


@dataclass(frozen=True)
class Pairs:
    """Who may learn from whom, and what it is worth: three arrays (pairs,)."""

    learners: np.ndarray
    teachers: np.ndarray
    scores: np.ndarray

    def __len__(self):
        return len(self.scores)

    def __getitem__(self, which):
        return Pairs(self.learners[which], self.teachers[which], self.scores[which])

    def arrays(self):
        return self.learners, self.teachers, self.scores

    def keys(self, count):
        """One number for each pair, different in the two directions."""
        return self.learners * np.int64(count) + self.teachers

    def joined(self, other, count):
        """All pairs of both, each once, by learner and teacher."""
        both = Pairs(
            np.concatenate([self.learners, other.learners]),
            np.concatenate([self.teachers, other.teachers]),
            np.concatenate([self.scores, other.scores]),
        )
        return both[np.unique(both.keys(count), return_index=True)[1]]

    def value(self, prices):
        return surplus(self.learners, self.teachers, self.scores, prices)

    def best(self, value, count):
        """A mask: the `count` pairs of each learner and of each teacher that are highest in `value`."""
        kept = np.zeros(len(self), bool)
        for owners in (self.learners, self.teachers):
            order = np.lexsort((-value, owners))
            place = np.arange(len(self)) - np.searchsorted(owners[order], owners[order])
            kept[order[place < count]] = True
        return kept


class Pool:
    """All allowed pairs, where they are few enough to be kept."""

    def __init__(self, pairs):
        self._pairs = pairs
        self.highest = float(pairs.scores.max(initial=0.0))

    def some(self):
        """Pairs to begin with."""
        return self._pairs[self._pairs.best(self._pairs.scores, SOME)]

    def above(self, prices, least=0.0):
        """All pairs worth more than `least` above their prices."""
        return self._pairs[self._pairs.value(prices) > least]

    def choices(self, count):
        """How many each person could learn from, and teach."""
        return tuple(np.bincount(side, minlength=count) for side in (self._pairs.learners, self._pairs.teachers))

    def worth(self, pairs):
        """What pairs of this pool are truly worth."""
        return pairs.scores


class Tilted:
    """A pool in which some pairs count for a little more: `tilt(learners, teachers)`, between 0 and `most`."""

    def __init__(self, pool, tilt, most):
        self._pool, self._tilt, self._most = pool, tilt, most
        self.highest, self.choices = pool.highest, pool.choices

    def some(self):
        return self._raised(self._pool.some())

    def above(self, prices, least=0.0):
        margin = self._most * (prices.total + 2 * prices.stress.max(initial=0.0))
        near = self._raised(self._pool.above(prices, least - margin))
        return near[near.value(prices) > least]

    def worth(self, pairs):
        lowered = pairs.scores - self._tilt(pairs.learners, pairs.teachers)
        return self._pool.worth(Pairs(pairs.learners, pairs.teachers, lowered))

    def _raised(self, pairs):
        raised = pairs.scores + self._tilt(pairs.learners, pairs.teachers)
        return Pairs(pairs.learners, pairs.teachers, raised)
