"""How well each person's offers answer each need, and which words say so."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from affinity import words
from affinity.vectors import Lexicon, directions

THEMES = 0.2  # what the low-rank part adds to the words
BLOCK = 4_000_000  # scores worked out at a time


@dataclass(frozen=True)
class Reason:
    """The offer that answers a need best, and the words (as it spells them) and topics that say so, heaviest first."""

    offer: str
    words: tuple[str, ...]
    topics: tuple[str, ...]
    score: float


class Affinities:
    """The scores of everybody's needs against everybody's offers, a block of rows at a time; only vectors are kept.

    `needs` and `offers` have the sentences of each person. A score is the third root of Σ cosine³ over a teacher's
    sentences (1: "they say just this"; a second good one adds a little), plus a share of the themes in common; of a
    learner's needs the best answered counts. `encoder.encode(list[str])`, an array with a row for each text, makes up
    `share` of the score; at 1 it replaces the words.
    """

    def __init__(self, needs, offers, *, corpus=None, topics=None, encoder=None, share=0.5):
        asked, told = [text for one in needs for text in one], [text for one in offers for text in one]
        self.shape = len(needs), len(offers)
        self._asked = np.cumsum([0, *map(len, needs)])
        self._told = np.repeat(np.arange(len(offers)), [len(one) for one in offers])
        self._share = share if encoder else 0
        lexicon = Lexicon([*asked, *told] if corpus is None else corpus, topics=topics)
        vectors = lexicon.corpus if corpus is None else lexicon.vectors([*asked, *told])
        themes = lexicon.themes(vectors)
        self._needs, self._sentences = vectors[: len(asked)], vectors[len(asked) :].T.tocsr()
        self._need_themes = THEMES * themes[: len(asked)]
        owners = sparse.csr_array(
            (np.ones(len(told), np.float32), (self._told, np.arange(len(told)))), shape=(len(offers), len(told))
        )
        self._themes = directions(owners @ themes[len(asked) :]).T if themes.size else themes[:0].T
        if encoder:
            self._encoded = [directions(np.asarray(encoder.encode(texts))) for texts in (asked, told)]

    def rows(self, start, stop):
        """float32 (stop - start, people with offers): the scores of these learners."""
        first, last = self._asked[start], self._asked[stop]
        scores = np.zeros((stop - start, self.shape[1]), np.float32)
        if first < last:
            asking = np.diff(self._asked[start : stop + 1])
            asked = self._scores(first, last)
            bounds = self._asked[start:stop][asking > 0] - first
            scores[asking > 0] = asked if (asking == 1).all() else np.maximum.reduceat(asked, bounds)
        return scores

    def blocks(self):
        """(first learner, scores) for all, some learners at a time."""
        size = max(1, BLOCK // max(1, self.shape[1]))
        for start in range(0, self.shape[0], size):
            yield start, self.rows(start, min(start + size, self.shape[0]))

    def _scores(self, first, last):
        scores = np.zeros((last - first, self.shape[1]), np.float32)
        if self._share < 1:
            cosines = self._needs[first:last] @ self._sentences
            scores = self._pooled(np.diff(cosines.indptr), cosines.indices, cosines.data)
            if self._themes.size:
                scores += np.maximum(self._need_themes[first:last] @ self._themes, 0)
        if self._share:
            asked, told = self._encoded
            cosines = np.maximum(asked[first:last] @ told.T, 0)
            sentences = np.tile(np.arange(len(told)), last - first)
            meant = self._pooled(np.full(last - first, len(told)), sentences, cosines.ravel())
            scores = (1 - self._share) * scores + self._share * meant
        return scores

    def _pooled(self, counts, sentences, cosines):
        """Rows of `counts` sentences as rows of people: Σ cosine³, and its third root by logarithms, which is fast."""
        people = self.shape[1]
        cells = np.repeat(np.arange(len(counts)) * people, counts)
        cells += self._told[sentences]
        sums = np.bincount(cells, weights=cosines * cosines * cosines, minlength=len(counts) * people)
        with np.errstate(divide="ignore"):
            return np.exp(np.log(sums.astype(np.float32)) / 3).reshape(len(counts), people)


def relevance(needs, offers, *, corpus=None, topics=None, encoder=None, share=0.5):
    """Scores (len(needs), len(offers)) from 0 up: how well the sentences of each person answer each need.

    `needs` are texts, `offers` the texts of each person. Words weigh by how rare they are in `corpus`, or else in all
    these texts. `topics` are names with their synonyms. Scores compare within one call, along rows and columns.
    """
    scores = Affinities([[need] for need in needs], offers, corpus=corpus, topics=topics, encoder=encoder, share=share)
    found = np.zeros(scores.shape)
    for start, rows in scores.blocks():
        found[start : start + len(rows)] = rows
    return found


def explain(need, offers, *, corpus=None, topics=None):
    """The `Reason` of the offer that answers a need best, or None if none of them says anything of it."""
    lexicon = Lexicon([need, *offers] if corpus is None else corpus, topics=topics)
    asked, told = lexicon.vectors([need]), lexicon.vectors(offers)
    cosines = (told @ asked.T).toarray().ravel()
    if not cosines.any():
        return None
    best = int(cosines.argmax())
    weights = lexicon.spelled(told[[best]].multiply(asked))
    heaviest = sorted(weights, key=lambda name: (-weights[name], name))
    spelling = {words.stem(word): word for word in reversed(words.words(offers[best]))}
    return Reason(
        offers[best],
        tuple(spelling.get(name, name) for name in heaviest if not name.startswith("#")),
        tuple(name.removeprefix("#") for name in heaviest if name.startswith("#")),
        float(cosines[best]),
    )
