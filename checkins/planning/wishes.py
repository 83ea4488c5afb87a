"""What the hub wishes for each pair of a partner and a caller, and why a plan could not grant some of it."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np


@dataclass(frozen=True)
class Wish:
    """`granted` by which pairs (a row a partner, a column a caller), `wanted` by which rows, and what it weighs."""

    name: str
    weight: int
    granted: np.ndarray
    wanted: np.ndarray


class Wishes:
    """Rotation is no wish: pairs to `avoid` are those that talked in both of the last two years."""

    def __init__(self, situation):
        self.partners, self.callers = situation.organizations, situation.callers
        self.units = np.array([situation.units[caller.pk] for caller in self.callers], int)
        self.held = np.array([situation.fixed[caller.pk] for caller in self.callers], int)
        self.avoid = self._pairs(situation.two_years)
        self.speaks = self._speaks()
        self.new = self._wish("New to their caller", 8, ~self._pairs(situation.heard))
        self.contact = self._wish(
            "Called by their hub contact", 5, self._table(lambda partner, caller: partner.owner_id == caller.pk)
        )
        self.near = self._near(situation.starts_on)
        planned = {(pk, call.caller_id) for pk, call in situation.pending.items()}
        self.as_planned = self._wish("With whoever had the call", 4, self._pairs(planned))

    @property
    def all(self):
        return [self.speaks, self.new, self.contact, self.near, self.as_planned]

    @cached_property
    def gains(self):
        return sum(wish.weight * wish.granted.astype(int) for wish in self.all)

    def _table(self, granted):
        rows = [[granted(partner, caller) for caller in self.callers] for partner in self.partners]
        return np.array(rows, bool).reshape(len(self.partners), len(self.callers))

    def _pairs(self, pairs):
        return self._table(lambda partner, caller: (partner.pk, caller.pk) in pairs)

    @staticmethod
    def _wish(name, weight, granted):
        return Wish(name, weight, granted, granted.any(axis=1))

    def _speaks(self):
        spoken = {caller.pk: set(caller.speaks) for caller in self.callers}
        wanted = np.array([partner.language not in ("", "en") for partner in self.partners], bool)
        granted = self._table(lambda partner, caller: partner.language in spoken[caller.pk])
        return Wish("Called in their language", 12, granted, wanted)

    def _near(self, day):
        """Within an hour of each other's clock, as it goes when the plan starts."""
        noon = datetime.combine(day, time(12))
        zones = {caller.zone.key for caller in self.callers} | {partner.time_zone for partner in self.partners} - {""}
        clock = {zone: ZoneInfo(zone).utcoffset(noon).total_seconds() for zone in zones}
        granted = self._table(
            lambda partner, caller: (
                partner.time_zone != "" and abs(clock[partner.time_zone] - clock[caller.zone.key]) <= 3600
            )
        )
        return self._wish("In a near time zone", 3, granted)


def granted(wishes, callers):
    """Of each wish, how many have it and how many were granted it; `callers` has the column of each row's caller."""
    rows = np.arange(len(callers))
    return [
        {"wish": wish.name, "granted": int(wish.granted[rows, callers].sum()), "of": int(wish.wanted.sum())}
        for wish in wishes.all
    ]


def refused(wishes, sharing):
    """The partners who keep a caller after two years, or get none who is new to them or speaks their language."""
    rows = np.arange(len(sharing.callers))
    missed = [(row, "Another caller after two years", ~wishes.avoid[row]) for row in sharing.unavoidable]
    for wish in (wishes.speaks, wishes.new):
        refusals = ~wish.granted[rows, sharing.callers] & (wish.wanted | (wish is wishes.new))
        missed += [(row, wish.name, wish.granted[row]) for row in np.flatnonzero(refusals)]
    return [
        {
            "organization": wishes.partners[row].pk,
            "name": str(wishes.partners[row]),
            "wish": name,
            "why": _why(wishes, row, granting, sharing.callers[row]),
        }
        for row, name, granting in sorted(missed, key=lambda miss: miss[:2])
    ]


def _why(wishes, row, granting, chosen):
    """Nobody could; or they did for two years; or they are needed more elsewhere; or another wish weighs more."""
    taking = granting & (wishes.units > 0)
    could = np.flatnonzero(taking & ~wishes.avoid[row])
    if not taking.any():
        return "Nobody who takes calls could."
    if not len(could):
        return f"{_names(wishes, taking.nonzero()[0])} did in both of the last two years."
    gains = wishes.gains[row]
    better = could[(gains[could] > gains[chosen]) | wishes.avoid[row, chosen]]
    if len(better):
        return f"{_names(wishes, better)} could, but others need that call more."
    weightier = "; ".join(wish.name.lower() for wish in wishes.all if wish.granted[row, chosen])
    return f"{_names(wishes, could)} could, but this weighs more: {weightier}."


def _names(wishes, columns):
    names = [str(wishes.callers[column]) for column in columns[:3]]
    if len(columns) > 3:
        return f"{', '.join(names)} and {len(columns) - 3} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
