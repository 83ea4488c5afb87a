"""Words that carry meaning, so that "mentors" meets "mentoring"."""

import re
from functools import lru_cache

import snowballstemmer

_STOP = frozenset(
    "a about after again all also am an and any are as at be because been before being both but by can cannot could"
    " did do does doing done down each every everything few first for from get gets getting go good had has have having"
    " he her here him his how i if in into is it its just keep last like lot make makes many me more most much my need"
    " needs new no not now of off often on once one only or other our out over own past people really right same she so"
    " some still such than that the their them then there these they thing things this those through to too under until"
    " up us use used using very want was way we well were what when where which while who whom why will with within"
    " without work working would year years you your".split()
)
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word):
    return _stemmer.stemWord(word)


def words(text):
    """The telling words of a text in their order, casefolded."""
    return [word for word in re.findall(r"\w+", text.casefold()) if len(word) > 1 and word not in _STOP]


def terms(text):
    """The stems of a text's telling words: a frozenset."""
    return frozenset(stem(word) for word in words(text))


def overlap(needed, offered):
    """How much of what is needed is offered: (score between 0 and 1, the stems they share).

    The score is the cosine of the two sets: |shared| / sqrt(|needed| · |offered|).
    """
    shared = needed & offered
    return (len(shared) / (len(needed) * len(offered)) ** 0.5 if shared else 0.0), shared
