"""Who comes into question: the best pairs of every row and of every column, found a block at a time."""

import numpy as np
from scipy import sparse

WAITING = 1_000_000  # pairs gathered before they are sorted


def shortlist(shape, blocks, count):
    """CSR with the `count` best teachers of each learner and the `count` best learners of each teacher.

    A list of one side alone would leave out those whom nobody lists. `blocks` yields (first learner, scores); only
    scores above 0 count, and ties go to the lower number.
    """
    of_learners, of_teachers, waiting = [], [], 0
    least = np.zeros(shape[1], np.float32)  # what a learner must reach to come on a teacher's list
    for start, scores in blocks:
        of_learners.append(_best(scores, worst(scores.T, count)[:, None], start))
        of_teachers.append(_best(scores, least if least.any() else worst(scores, count), start))
        waiting += len(of_teachers[-1][0])
        if waiting > WAITING:
            of_teachers, waiting = [_first(of_teachers, 1, count)], 0
            kept = of_teachers[0]
            full = np.bincount(kept[1], minlength=shape[1]) >= count
            lowest = np.full(shape[1], np.inf, np.float32)
            np.minimum.at(lowest, kept[1], kept[2])
            least = np.where(full, lowest, least)
    rows, columns, values = _joined([_first(of_learners, 0, count), _first(of_teachers, 1, count)])
    _, once = np.unique(rows * np.int64(shape[1]) + columns, return_index=True)
    return sparse.csr_array((values[once], (rows[once], columns[once])), shape=shape)


def worst(scores, count):
    """The lowest score of each column that still belongs to its `count` best."""
    if len(scores) <= count:
        return np.zeros(scores.shape[1], scores.dtype)
    return np.partition(scores, -count, axis=0)[-count]


def _best(scores, least, start):
    """(rows, columns, values) of the scores above 0 and not below `least`."""
    rows, columns = np.divmod(np.flatnonzero((scores >= least) & (scores > 0)), scores.shape[1])
    return rows + start, columns, scores[rows, columns]


def _first(parts, axis, count):
    """The `count` best of each row (axis 0) or column (axis 1)."""
    pairs = _joined(parts)
    order = np.lexsort((pairs[1 - axis], -pairs[2], pairs[axis]))
    owners = pairs[axis][order]
    place = np.arange(len(owners)) - np.searchsorted(owners, owners)
    return tuple(part[order[place < count]] for part in pairs)


def _joined(parts):
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)
    return tuple(np.concatenate(part) for part in zip(*parts, strict=True))
