"""Words that carry meaning, so that "mentors" meets "mentoring"."""

import re
from functools import lru_cache

import snowballstemmer

# Words that say nothing of the matter: grammar, numbers, calendar, and the small talk of calls.
_STOP = frozenset(
    "a about after again all also always am an and another any anyone anything are as ask asked asks at be because"
    " been before being between both but by call called came can cannot come comes could day days did do does doing"
    " done down during each eight every everybody everything few find finds first five for found four from gave get"
    " gets getting give given gives go good had half has have having he help helped helps her here him his how"
    " hundred hundreds i if in into is it its just keep know known last leave leaves left like lot make makes many"
    " me month months more most much my need needs never new next nine no nobody not nothing now number numbers of"
    " off often on once one only or other our out over own part past people percent put really right said same say"
    " says second see seen seven she six so some somebody someone something start started starts still such take"
    " taken takes tell tells ten than that the their them then there these they thing things third this those"
    " thousand three through time times to today told too took two under until up us use used using very want was"
    " way we week weeks well were what when where which while who whom why will with within without work working"
    " would year years you your".split()
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
