"""What is asked of a plan, checked: limits, and pairs that must be or must not be. A fault is one sentence."""

import numpy as np

from affinity.certificate import Limits, numbered


class Request:
    """Everything but the scores. `pinned` and `announced` are (k, 2) arrays; `left` what pins leave of the limits."""

    def __init__(self, organizations, at_least, at_most, pinned, forbidden, announced):
        organizations = np.asarray(organizations)
        self.count = count = len(organizations)
        self.organizations = np.unique(organizations, return_inverse=True)[1]
        if len(at_least) != 3:
            raise ValueError("at_least has three parts: to learn from, to teach, in all.")
        try:
            self.limits = limits = Limits.of(count, at_least, at_most)
        except ValueError:
            raise ValueError(f"A limit is one number, or one for each of the {count} people.") from None
        if any((bound < 0).any() for bound in (limits.learn, limits.teach, limits.least)):
            raise ValueError("No limit can be below 0.")
        over = np.maximum(limits.learn + limits.teach, limits.least) > limits.most
        if over.any():
            person = int(over.argmax())
            raise ValueError(
                f"Person {person} may have {limits.most[person]} connections at most, fewer than at_least asks."
            )
        self.pinned = self._people(pinned, "pinned")
        self.announced = self._people(announced, "announced")
        self.barred = np.unique(numbered(*self._people(forbidden, "forbidden").T, count))
        self.fixed = self._fixed()
        learn, teach = (np.bincount(side, minlength=count) for side in self.pinned.T)
        if (learn + teach > limits.most).any():
            person = int((learn + teach - limits.most).argmax())
            raise ValueError(f"Person {person} is pinned to more people than their {limits.most[person]} connections.")
        self.left = limits.without(learn, teach)

    def allows(self, learners, teachers):
        """A mask: pairs that are neither settled by a pin nor ruled out."""
        numbers = numbered(learners, teachers, self.count)
        apart = self.organizations[learners] != self.organizations[teachers]
        return apart & ~np.isin(numbers, self.barred) & ~np.isin(numbers, self.fixed)

    def _people(self, pairs, name):
        try:
            pairs = np.array(sorted({(int(learner), int(teacher)) for learner, teacher in pairs}), np.int64).reshape(
                -1, 2
            )
        except (TypeError, ValueError):
            raise ValueError(f"{name} has pairs of a learner and a teacher, by their numbers.") from None
        if ((pairs < 0) | (pairs >= self.count)).any():
            raise ValueError(f"{name} names a person who is not there: there are {self.count}.")
        if (pairs[:, 0] == pairs[:, 1]).any():
            raise ValueError(f"{name} pairs a person with themselves.")
        return pairs

    def _fixed(self):
        numbers = numbered(*self.pinned.T, self.count)
        if len(np.unique(numbers)) < len(numbers):
            raise ValueError("Two people are pinned in both directions; a pair is used once.")
        if np.isin(numbers, self.barred).any():
            raise ValueError("A pair is both pinned and forbidden.")
        if (self.organizations[self.pinned[:, 0]] == self.organizations[self.pinned[:, 1]]).any():
            raise ValueError("Two people of one organization are pinned to each other.")
        return numbers
