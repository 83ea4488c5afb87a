"""Invented people who need and offer something, from a seed: as many as a bench asks for."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

TOPICS, WORDS_A_TOPIC, COMMON = 120, 150, 2_000
_SYLLABLES = [consonant + vowel for consonant in "bcdfghklmnprstvwz" for vowel in "aeiou"]


@dataclass(frozen=True)
class People:
    """`needs` and `offers` are lists of sentences for each person, `organizations` numbers (n,)."""

    needs: list
    offers: list
    organizations: np.ndarray


def people(count, *, seed=0, needs=2, offers=4):
    """Clustered as a network is: topics of their own words, and what many need is not what many offer.

    Each person has 1 to `needs` needs and 1 to `offers` offers of 8 to 14 words, two thirds of them of one topic and
    the others of everyday; Zipf popularity within and among topics. Organizations have 1 to 12 people.
    """
    rng = np.random.default_rng(seed)
    vocabulary = _vocabulary(rng, TOPICS * WORDS_A_TOPIC + COMMON)
    demand, supply = rng.permutation(_zipf(TOPICS, 0.8)), rng.permutation(_zipf(TOPICS, 0.8))
    sizes = rng.integers(1, 13, count)
    organizations = np.repeat(np.arange(count), sizes)[:count]
    return People(
        _said(rng, vocabulary, demand, rng.integers(1, needs + 1, count)),
        _said(rng, vocabulary, supply, rng.integers(1, offers + 1, count)),
        rng.permutation(organizations),
    )


def _zipf(count, power):
    weights = 1 / np.arange(1, count + 1) ** power
    return weights / weights.sum()


def _vocabulary(rng, count):
    """Different words of three to five syllables."""
    words = {}
    while len(words) < count:
        words["".join(rng.choice(_SYLLABLES, rng.integers(3, 6)))] = True
    return np.array(list(words))


def _said(rng, vocabulary, popularity, counts):
    """For each person as many sentences as `counts` says."""
    total, length = int(counts.sum()), 14
    topics = rng.choice(TOPICS, (total, 1), p=popularity)
    own = topics * WORDS_A_TOPIC + rng.choice(WORDS_A_TOPIC, (total, length), p=_zipf(WORDS_A_TOPIC, 0.7))
    common = TOPICS * WORDS_A_TOPIC + rng.choice(COMMON, (total, length), p=_zipf(COMMON, 1.0))
    words = vocabulary[np.where(rng.random((total, length)) < 2 / 3, own, common)]
    ends = rng.integers(8, length + 1, total)
    sentences = [" ".join(row[:end]) for row, end in zip(words.tolist(), ends.tolist(), strict=True)]
    starts = np.cumsum([0, *counts])
    return [sentences[start:end] for start, end in pairwise(starts)]
