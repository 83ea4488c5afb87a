"""Who could help whom: how well an offer answers a need, and the best plan for all at once. Plain Python, no Django.

Functions are fetched when they are first used, so that `affinity.words` costs a process neither numpy nor scipy.
"""

from importlib import import_module

_PLACES = {
    "relevance": "scoring",
    "explain": "scoring",
    "Reason": "scoring",
    "assign": "assignment",
    "match": "matching",
    "Plan": "assignment",
    "Unmet": "assignment",
}
__all__ = [*_PLACES]


def __getattr__(name):
    if name not in _PLACES:
        raise AttributeError(f"module 'affinity' has no attribute {name!r}")
    return getattr(import_module(f"affinity.{_PLACES[name]}"), name)
