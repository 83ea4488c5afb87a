"""Finding rows by words that may be mistyped or not yet typed to the end. Plain Python: it knows no database."""

import re
import unicodedata
from bisect import bisect_left
from heapq import nsmallest

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_WORDS = 6  # of a question; more of them find nothing better
STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


def words(text):
    """The words of a text as they are compared: no case, no accents, no apostrophes."""
    text = text.casefold().replace("'", "").replace("’", "")
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
        text = text.casefold().translate(STROKES)
    return re.findall(r"\w+", text)


def whole(text):
    """An address is one word."""
    return text.casefold().split()


def mistakes_forgiven(word):
    """Letters that may be wrong, missing, added or swapped. In a number, every digit counts."""
    if len(word) < 4 or any(char.isdigit() for char in word):
        return 0
    return 1 if len(word) < 7 else 2


class Index:
    """Words → the rows that have them.

    What a row costs depends on the row and the question alone, never on other rows: leaving out those that somebody
    may not see tells nothing about them.
    """

    def __init__(self, split=words):
        self.split = split
        self.rows = {}  # key → its title, and what else it is found by
        self.holders = {}  # word → keys of the rows that have it
        self.forget_order()

    def __len__(self):
        return len(self.rows)

    def forget_order(self):
        self._sorted = None
        self._heads = {}

    def put(self, key, title, also=""):
        """Add a row, or write it anew."""
        self.drop(key)
        row = self.rows[key] = (" ".join(self.split(title)), " ".join(self.split(also)))
        for word in words_of(row):
            if word not in self.holders:
                self.holders[word] = []
                self.forget_order()
            self.holders[word].append(key)

    def drop(self, key):
        for word in words_of(self.rows.pop(key, ("", ""))):
            self.holders[word].remove(key)
            if not self.holders[word]:
                del self.holders[word]
                self.forget_order()

    def search(self, text, limit):
        """The keys of at most `limit` rows that have every word, best first.

        The very title comes first, then titles that begin so, words that begin so, and words with mistakes in them.
        """
        asked = self.split(text)[:MOST_WORDS]
        if not asked:
            return []
        costs = self.costs(asked[0])
        for word in asked[1:]:
            more = self.costs(word)
            costs = {key: costs[key] + more[key] for key in costs.keys() & more.keys()}
        question = " ".join(asked)

        def rank(key):
            title = self.rows[key][0]
            bonus = 0
            if title.startswith(question):
                bonus = 20 if title == question else 10
            return costs[key] - bonus, len(title), title, key

        return [key for *_, key in nsmallest(limit, map(rank, costs))]

    def costs(self, asked):
        """Row → how far its nearest word is from what is asked."""
        near = self.near(asked)
        found = {}
        for word in sorted(near, key=near.get):
            for key in self.holders[word]:
                found.setdefault(key, near[word])
        return found

    def near(self, asked):
        """Word → how far it is from what is asked: 0 is the same, below 1 begins with it, from 1 on has mistakes."""
        near = {}
        for word in self.beginning_with(asked):
            near[word] = 0 if word == asked else 0.5 - 0.4 * len(asked) / len(word)
        forgiven = mistakes_forgiven(asked)
        for length in range(len(asked) - 1, len(asked) + forgiven + 1) if forgiven else ():
            heads = self.heads(length)
            far = process.cdist([asked], heads, scorer=OSA.distance, score_cutoff=forgiven, dtype=np.uint8)[0]
            for at in np.flatnonzero(far <= forgiven):
                for word in self.beginning_with(heads[at]):
                    distance = int(far[at]) + (0 if word == heads[at] else 0.3)
                    near[word] = min(near.get(word, distance), distance)
        return near

    def in_order(self):
        if self._sorted is None:
            self._sorted = sorted(self.holders)
        return self._sorted

    def beginning_with(self, start):
        in_order = self.in_order()
        for at in range(bisect_left(in_order, start), len(in_order)):
            if not in_order[at].startswith(start):
                return
            yield in_order[at]

    def heads(self, length):
        """How words begin: what somebody who is still typing can be compared with."""
        if length not in self._heads:
            self._heads[length] = list({word[:length] for word in self.holders})
        return self._heads[length]


def words_of(row):
    title, also = row
    return {*title.split(), *also.split()}
