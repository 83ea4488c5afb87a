"""From people and their sentences to a plan: scores are worked out as they are asked for, and never kept whole."""

import numpy as np
from scipy import sparse

from affinity.assignment import planned
from affinity.pairs import Pairs
from affinity.requests import Request
from affinity.scoring import Affinities
from affinity.shortlists import shortlist, worst

CANDIDATES = 16  # of each learner and of each teacher, to begin with
ROUNDED = 1e-5  # what float32 may be off by
A_ROUND = 50  # pairs of one learner that a round brings to light; more are in the next


class Meetings:
    """The pool of all pairs of people with a score above 0 that a request allows, worked out anew each time."""

    def __init__(self, scores, request):
        self._scores, self._organizations = scores, request.organizations
        one, other = np.divmod(np.concatenate([request.barred, request.fixed]), request.count)
        ones = np.ones(2 * len(one), bool)
        barred = np.concatenate([one, other]), np.concatenate([other, one])
        self._barred = sparse.csr_array((ones, barred), shape=scores.shape)
        self._choices = np.zeros((2, request.count), np.int64)
        some = shortlist(scores.shape, self._counted(), CANDIDATES).tocoo()
        self._some = Pairs(some.row.astype(np.int64), some.col.astype(np.int64), some.data.astype(float))
        self.highest = float(self._some.scores.max(initial=0.0))

    def some(self):
        return self._some

    def above(self, prices, least=0.0):
        """All pairs worth more than `least` above their prices; for a learner who has very many, the best `A_ROUND`."""
        found = [self._some[:0]]
        learn, teach, stress = (part.astype(np.float32) for part in (prices.learn, prices.teach, prices.stress))
        for start, scores in self._allowed():
            these = slice(start, start + len(scores))
            value = scores * (np.float32(prices.total) + stress[these, None] + stress)
            value -= learn[these, None]
            value -= teach
            value[scores <= 0] = -np.inf
            reached = value > least - ROUNDED
            if reached.sum() > A_ROUND * len(scores):
                reached &= value >= worst(value.T, A_ROUND)[:, None]
            learners, teachers = np.nonzero(reached)
            found.append(Pairs(learners + start, teachers, scores[learners, teachers].astype(float)))
        pairs = Pairs(*map(np.concatenate, zip(*(part.arrays() for part in found), strict=True)))
        return pairs[pairs.value(prices) > least]

    def choices(self, count):
        """How many each person could learn from, and teach."""
        return tuple(self._choices)

    def worth(self, pairs):
        return pairs.scores

    def _allowed(self):
        """Blocks of scores, in which a pair that is not allowed has 0."""
        for start, scores in self._scores.blocks():
            scores[self._organizations[start : start + len(scores), None] == self._organizations] = 0
            barred = self._barred[start : start + len(scores)].tocoo()
            scores[barred.row, barred.col] = 0
            yield start, scores

    def _counted(self):
        for start, scores in self._allowed():
            self._choices[0, start : start + len(scores)] = (scores > 0).sum(1)
            self._choices[1] += (scores > 0).sum(0)
            yield start, scores


def match(
    needs,
    offers,
    *,
    organizations,
    at_least=(1, 1, 2),
    at_most=4,
    pinned=(),
    forbidden=(),
    announced=(),
    fairness=0.0,
    seed=0,
    corpus=None,
    topics=None,
    encoder=None,
    share=0.5,
):
    """The `affinity.Plan` of people by what each needs and offers, lists of sentences; its bound is over all pairs.

    The other arguments are those of `relevance` and of `assign`. Two people may meet if the one offers anything of what
    the other needs: a score above 0.
    """
    request = Request(organizations, at_least, at_most, pinned, forbidden, announced)
    if not len(needs) == len(offers) == request.count:
        raise ValueError(f"{len(needs)} people have needs, {len(offers)} have offers, {request.count} an organization.")
    scores = Affinities(needs, offers, corpus=corpus, topics=topics, encoder=encoder, share=share)
    worth = [float(scores.rows(learner, learner + 1)[0, teacher]) for learner, teacher in request.pinned.tolist()]
    return planned(Meetings(scores, request), Pairs(*request.pinned.T, np.array(worth)), request, fairness, seed)
