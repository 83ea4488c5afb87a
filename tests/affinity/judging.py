"""The judged sets of `judged/`: their loss, and the plain scorers that ours is shown beside."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np

from affinity import relevance

JUDGED = Path(__file__).parent / "judged"


@dataclass(frozen=True)
class Question:
    need: str
    offers: tuple
    ratings: np.ndarray


def questions(name):
    """The needs of a set, each with its offers and their ratings."""
    found = []
    for block in (JUDGED / name).read_text(encoding="utf-8").strip().split("\n\n"):
        need, *offers = block.splitlines()
        ratings = np.array([int(offer[0]) for offer in offers])
        found.append(Question(need.removeprefix("# "), tuple(offer[2:] for offer in offers), ratings))
    return found


def topics():
    with (JUDGED / "topics.csv").open(encoding="utf-8", newline="") as file:
        return {row["topic"]: row["synonyms"].split("; ") for row in csv.DictReader(file)}


def losses(asked, scorer):
    """(weight in the wrong order, weight in all) of each question: an array (n, 2)."""
    offers = [offer for question in asked for offer in question.offers]
    scores = np.asarray(scorer([question.need for question in asked], offers))
    found, start = [], 0
    for row, question in zip(scores, asked, strict=True):
        mine = row[start : start + len(question.offers)]
        start += len(mine)
        first, second = np.triu_indices(len(mine), 1)
        apart = question.ratings[first] - question.ratings[second]
        tied = np.isclose(mine[first], mine[second])
        agreed = np.where(tied, 0, np.sign(mine[first] - mine[second]) * np.sign(apart))
        found.append((float((np.abs(apart) * (1 - agreed) / 2).sum()), float(np.abs(apart).sum())))
    return np.array(found)


def interval(found, draws=2000):
    """(loss, lower, upper): a 95 % bootstrap over questions."""
    rng = np.random.default_rng(0)
    drawn = found[rng.integers(0, len(found), (draws, len(found)))].sum(1)
    return found[:, 0].sum() / found[:, 1].sum(), *np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975])


def tokens(text):
    return re.findall(r"\w+", text.lower())


def plain_tfidf(needs, offers):
    """Cosine of words as they stand, weighted by ln((1 + n) / (1 + df)) + 1."""
    texts = [Counter(tokens(text)) for text in [*needs, *offers]]
    spread = Counter(word for text in texts for word in text)
    number = {word: column for column, word in enumerate(spread)}
    vectors = np.zeros((len(texts), len(number)))
    for row, text in enumerate(texts):
        for word, count in text.items():
            vectors[row, number[word]] = count * (log((1 + len(texts)) / (1 + spread[word])) + 1)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors[: len(needs)] @ vectors[len(needs) :].T


def bm25(needs, offers, k=1.5, b=0.75):
    """Okapi BM25 over words as they stand."""
    texts = [Counter(tokens(offer)) for offer in offers]
    lengths = np.array([text.total() for text in texts])
    spread = Counter(word for text in texts for word in text)
    scores = np.zeros((len(needs), len(offers)))
    for row, need in enumerate(needs):
        for word in set(tokens(need)):
            rarity = log(1 + (len(texts) - spread[word] + 0.5) / (spread[word] + 0.5))
            counts = np.array([text[word] for text in texts])
            scores[row] += rarity * counts * (k + 1) / (counts + k * (1 - b + b * lengths / lengths.mean()))
    return scores


def ours(needs, offers):
    return relevance(needs, [[offer] for offer in offers])


def ours_with_topics(needs, offers):
    return relevance(needs, [[offer] for offer in offers], topics=topics())


SCORERS = {"plain TF-IDF": plain_tfidf, "BM25": bm25, "relevance": ours, "relevance with topics": ours_with_topics}
