"""Texts as vectors: stems and pairs of stems, the topics they speak of, and the themes behind the words."""

import re
import unicodedata
from collections import defaultdict

import numpy as np
from scipy import sparse

from affinity import words

THEMES = 64  # rank of the low-rank part
FEW = 100  # fewer texts show no themes, only themselves
MANY = 10_000  # more of them add time, not themes
PAIR = 1 << 31  # a pair of stems is a number above it, a topic a number below 0
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def stems(text):
    """The stems of a text in their order; a script without spaces gives pairs of its letters."""
    found = []
    for word in words.words(unicodedata.normalize("NFKC", text)):
        if _UNSPACED.search(word):
            found += [word[at : at + 2] for at in range(len(word) - 1)]
        else:
            found.append(words.stem(word))
    return found


class Lexicon:
    """What words weigh among the texts of a corpus: tf-idf of stems, pairs of neighbours and topics, tf sublinear.

    `topics` are names with their synonyms: a text speaks of a topic if one of these occurs in it with all its words.
    `corpus` keeps the vectors of its texts: CSR float32 (texts, features), rows of length 1, or 0 if nothing is said.
    """

    def __init__(self, texts, *, topics=None):
        self._topics = list(topics or {})
        self._names = defaultdict(list)
        for number, topic in enumerate(self._topics):
            for name in filter(None, (frozenset(stems(name)) for name in [topic, *topics[topic]])):
                self._names[min(name)].append((name, -1 - number))
        self._numbers = {}
        coded = self._coded(texts, grow=True)
        self._codes = np.unique(coded[1])
        counts = self._counts(*coded, len(texts))
        spread = np.bincount(counts.indices, minlength=len(self._codes))
        self._rarity = (np.log((1 + len(texts)) / (1 + spread)) + 1).astype(np.float32)
        self.corpus = self._weighed(counts)
        self._common = np.flatnonzero((self._codes < PAIR) & (spread > 1))
        self._themes = self._found_themes() if len(texts) >= FEW and len(self._common) > THEMES else None

    def vectors(self, texts):
        """CSR as `corpus`, of other texts; what the corpus does not know does not count."""
        return self._weighed(self._counts(*self._coded(texts), len(texts)))

    def themes(self, vectors):
        """Rows of length 1 in the low-rank space: float32 (n, THEMES); no columns if the corpus has too few texts."""
        if self._themes is None:
            return np.zeros((vectors.shape[0], 0), np.float32)
        return directions(vectors[:, self._common] @ self._themes)

    def spelled(self, vector):
        """{stem, or "#" and a topic: weight} of a vector of one row; a pair counts for both its stems."""
        names = list(self._numbers)
        weights = defaultdict(float)
        vector = vector.tocoo()
        for code, weight in zip(self._codes[vector.col].tolist(), vector.data.tolist(), strict=True):
            if code < 0:
                weights[f"#{self._topics[-1 - code]}"] += weight
            for stem in [code] if 0 <= code < PAIR else divmod(code - PAIR, PAIR) if code >= PAIR else []:
                weights[names[stem]] += weight
        return weights

    def _found_themes(self):
        """The directions in which texts differ most: (common features, THEMES), by subspace iteration.

        From single stems and topics that occur twice, in at most `MANY` texts: rare words and pairs show no theme.
        """
        rng = np.random.default_rng(0)
        some = self.corpus[np.sort(rng.permutation(self.corpus.shape[0])[:MANY])][:, self._common]
        themes = rng.standard_normal((some.shape[1], THEMES), np.float32)
        for _ in range(5):
            themes = some.T @ (some @ themes)
            values, turned = np.linalg.eigh(themes.T @ themes)
            themes = themes @ (turned / np.sqrt(np.maximum(values, 1e-6 * values[-1])))
        return themes

    def _weighed(self, counts):
        """The counts as tf-idf, in rows of length 1."""
        counts.data = (1 + np.log(counts.data)) * self._rarity[counts.indices]
        owners = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        lengths = np.sqrt(np.bincount(owners, weights=counts.data**2, minlength=counts.shape[0]))
        counts.data /= lengths[owners].astype(np.float32)
        return counts

    def _coded(self, texts, *, grow=False):
        """(text, code) of everything that counts in the texts, each as often as it occurs: two int64 arrays."""
        lengths, singles, topics = [], [], []
        for number, text in enumerate(texts):
            said = stems(text)
            if self._names:
                topics += [(number, topic) for topic in self._spoken_of(frozenset(said))]
            if grow:
                for stem in said:
                    self._numbers.setdefault(stem, len(self._numbers))
            singles += [self._numbers.get(stem, -1) for stem in said]
            lengths.append(len(said))
        owners = np.repeat(np.arange(len(lengths)), lengths)
        singles = np.array(singles, np.int64)
        known = singles >= 0
        paired = (owners[:-1] == owners[1:]) & known[:-1] & known[1:]
        pairs = PAIR + singles[:-1] * PAIR + singles[1:]
        topics = np.array(topics, np.int64).reshape(-1, 2)
        return (
            np.concatenate([owners[known], owners[:-1][paired], topics[:, 0]]),
            np.concatenate([singles[known], pairs[paired], topics[:, 1]]),
        )

    def _spoken_of(self, said):
        """The codes of the topics of which a name occurs with all its words."""
        return {code for stem in said & self._names.keys() for name, code in self._names[stem] if name <= said}

    def _counts(self, owners, codes, count):
        """CSR of how often each text has each code; codes the corpus does not know are left out."""
        columns = np.searchsorted(self._codes, codes)
        if len(self._codes):
            known = self._codes[np.minimum(columns, len(self._codes) - 1)] == codes
            owners, columns = owners[known], columns[known]
        ones = np.ones(len(owners), np.float32)
        return sparse.csr_array((ones, (owners, columns)), shape=(count, len(self._codes)))


def directions(rows):
    """Dense rows as float32 of length 1; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros(rows.shape, np.float32), where=lengths > 0, casting="unsafe")
