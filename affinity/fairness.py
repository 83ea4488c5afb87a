"""How the worst served are lifted, at the least price for all.

The highest floor that all can have is set by a few: those with little text, or few to meet. So the floor is asked for
the worst served only, and for others when they fall below it.
"""

import numpy as np

from affinity.model import Aim
from affinity.relaxation import relax
from affinity.settling import settle

WATCHED = 30  # people a floor is asked for at first
ASIDE = 1e-2  # what all affinity together counts beside the floor, while the highest one is sought
ROUNDS = 5  # of lifting those who fell below the floor when pairs became whole


def lifted(pool, limits, relaxed, served, pinned, share):
    """(whole plan, highest floor): nobody of `served` below `share` of it, if HiGHS finds such a plan.

    `pinned` is the satisfaction (n,) that people have already, by their pins.
    """
    count = len(limits.most)
    short = relaxed.prices.short * max(1, count)
    before = _satisfaction(relaxed.pairs, relaxed.taken, pinned)
    pairs = relaxed.pairs
    watched = served[np.argsort(before[served], kind="stable")[:WATCHED]]
    while True:
        total = ASIDE / max(1e-9, count * pool.highest)
        seek = Aim(total, watched, -pinned[watched], lift=1.0, top=np.inf)
        found = relax(pool, limits, short, seek, start=pairs)
        satisfied = _satisfaction(found.pairs, found.taken, pinned)
        fairest = float(satisfied[watched].min(initial=np.inf)) if len(watched) else 0.0
        fallen = np.setdiff1d(served[satisfied[served] < fairest - 1e-6], watched)
        if not len(fallen):
            break
        watched, pairs = np.union1d(watched, fallen), found.pairs
    floor = share * fairest
    for _ in range(ROUNDS):
        aim = Aim(1.0, watched, floor - pinned[watched], lift=short)
        fair = relax(pool, limits, short, aim, start=found.pairs)
        settled = settle(pool, fair, limits, aim)
        satisfied = _satisfaction(settled.pairs, np.ones(len(settled.pairs)), pinned)
        fallen = np.setdiff1d(served[satisfied[served] < floor - 1e-6], watched)
        if not len(fallen):
            break
        watched = np.union1d(watched, fallen)
    return settled, fairest


def _satisfaction(pairs, taken, pinned):
    worth = pairs.scores * taken
    count = len(pinned)
    return pinned + np.bincount(pairs.learners, worth, count) + np.bincount(pairs.teachers, worth, count)
