"""A year's plan: the hub's wishes weighed for `affinity.sharing`, and its answer as lines that say why."""

from checkins.planning.suggesting import suggest

__all__ = ["suggest"]
