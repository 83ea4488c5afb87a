"""Our own judged sets: what the words, and the topics beside them, are worth on short sentences."""

import numpy as np
import pytest

from tests.affinity.judging import SCORERS, interval, losses, questions


def loss(name, scorer):
    return interval(losses(questions(name), SCORERS[scorer]), draws=1)[0]


def test_each_set_is_large_enough_and_rated_from_0_to_3():
    for name in ("survey.txt", "puns.txt"):
        ratings = np.concatenate([question.ratings for question in questions(name)])

        assert len(ratings) >= 200
        assert set(ratings.tolist()) == {0, 1, 2, 3}


def test_the_loss_is_0_for_the_ratings_themselves_and_half_for_saying_nothing():
    asked = questions("survey.txt")
    ratings = np.concatenate([question.ratings for question in asked])

    assert interval(losses(asked, lambda needs, offers: np.tile(ratings, (len(needs), 1))))[0] == 0
    assert interval(losses(asked, lambda needs, offers: np.zeros((len(needs), len(offers)))))[0] == 0.5
    assert interval(losses(asked, lambda needs, offers: np.tile(-ratings, (len(needs), 1))))[0] == 1


def test_relevance_orders_short_sentences_better_than_plain_words():
    found = {scorer: loss("survey.txt", scorer) for scorer in SCORERS}

    assert found["relevance"] < min(found["plain TF-IDF"], found["BM25"]) - 0.05
    assert found["relevance"] < 0.21
    assert found["relevance with topics"] == pytest.approx(found["relevance"], abs=0.02)


def test_topics_help_most_where_the_words_mislead():
    assert loss("puns.txt", "relevance with topics") < loss("puns.txt", "relevance") - 0.03
