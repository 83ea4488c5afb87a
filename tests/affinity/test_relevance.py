import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from affinity import explain, relevance
from affinity.scoring import Affinities
from affinity.shortlists import shortlist
from tests.bench.people import people

OFFERS = [
    ["We keep mentors for years by calling them monthly.", "Our robotics league has 80 teams."],
    ["We recruit physics teachers for rural towns."],
    [],
]


def test_each_need_finds_who_answers_it():
    scores = relevance(["Our mentors leave.", "Rural schools without physics teachers", "Robots"], OFFERS)

    assert scores.shape == (3, 3)
    assert scores[0].argmax() == 0
    assert scores[1].argmax() == 1
    assert not scores[:, 2].any()


@pytest.mark.parametrize("need", ["", "Everything.", "we and you", "…", "\x00", "🙂"])
def test_a_need_that_says_nothing_is_answered_by_nobody(need):
    assert not relevance([need], OFFERS).any()


def test_nobody_offers_anything():
    assert relevance(["mentors"], [[], []]).tolist() == [[0, 0]]
    assert relevance([], OFFERS).shape == (0, 3)
    assert relevance(["mentors"], []).shape == (1, 0)


@pytest.mark.parametrize("text", ["наставники уходят", "導師離開學校", "मार्गदर्शक शिक्षक", "المرشدون يغادرون", "ครูพี่เลี้ยง"])
def test_a_text_in_any_script_finds_itself(text):
    scores = relevance([text, "mentors leave"], [[text], ["mentors leave"]])

    assert scores.argmax(axis=1).tolist() == [0, 1]
    assert scores[0, 0] == pytest.approx(1, abs=1e-5)


def test_a_very_long_text_counts_like_any_other():
    long = ("We call our mentors every month and keep them for years. " * 400)[:20_000]

    scores = relevance(["mentors", "chemistry"], [[long], ["chemistry"]])

    assert scores.argmax(axis=1).tolist() == [0, 1]


def test_a_sentence_more_never_takes_anything_away():
    few = relevance(["keeping mentors"], [["keeping mentors"]], corpus=["keeping mentors", "school buses"])
    more = relevance(
        ["keeping mentors"], [["keeping mentors", "school buses"]], corpus=["keeping mentors", "school buses"]
    )

    assert more[0, 0] == pytest.approx(few[0, 0])


def test_synonyms_of_a_topic_meet():
    topics = {"Induction": ["new teacher support", "beginning teachers"]}
    need, offer = "Induction is weak", "Help for beginning teachers"

    assert relevance([need], [[offer]]) == 0
    assert relevance([need], [[offer]], topics=topics) > 0


def test_an_encoder_joins_the_words_or_replaces_them():
    class Lengths:
        """Knows long from short."""

        def encode(self, texts):
            return np.array([[1.0, 0.0] if len(text) > 10 else [0.0, 1.0] for text in texts])

    needs, offers = ["a long need with mentors"], [["mentors"], ["quite another long text"]]

    joined = relevance(needs, offers, encoder=Lengths())
    alone = relevance(needs, offers, encoder=Lengths(), share=1)

    assert (joined > 0).all()
    assert alone.tolist() == [[0, 1]]


@given(
    needs=st.lists(st.text(max_size=30), max_size=4),
    offers=st.lists(st.lists(st.text(max_size=30), max_size=3), max_size=4),
)
def test_any_text_has_a_score(needs, offers):
    scores = relevance(needs, offers)

    assert scores.shape == (len(needs), len(offers))
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()


def test_a_block_at_a_time_is_the_same_as_all_at_once():
    some = people(150, seed=1)
    scores = Affinities(some.needs, some.offers)

    whole = scores.rows(0, 150)
    parts = np.concatenate([scores.rows(start, start + 50) for start in range(0, 150, 50)])

    assert np.allclose(whole, parts, atol=1e-6)


def test_the_best_answered_need_of_a_learner_counts():
    needs, corpus = ["mentors leave", "robots", "rural towns"], ["mentors leave", "robots", "rural towns", *OFFERS[0]]

    together = Affinities([needs], OFFERS, corpus=corpus).rows(0, 1)

    assert np.allclose(together, relevance(needs, OFFERS, corpus=corpus).max(axis=0), atol=1e-6)


def test_the_shortlist_has_the_best_of_both_sides():
    rng = np.random.default_rng(0)
    scores = rng.random((60, 50), np.float32) * (rng.random((60, 50)) < 0.8)

    found = shortlist(scores.shape, ((start, scores[start : start + 9]) for start in range(0, 60, 9)), 4).toarray()

    wanted = np.zeros_like(scores, bool)
    wanted[np.arange(60)[:, None], np.argsort(-scores, axis=1)[:, :4]] = True
    wanted[np.argsort(-scores, axis=0)[:4], np.arange(50)] = True
    assert np.array_equal(found, np.where(wanted, scores, 0))


def test_the_reason_names_the_sentence_and_its_words():
    reason = explain("Our mentors leave after one semester", OFFERS[0])

    assert reason.offer == OFFERS[0][0]
    assert reason.words == ("mentors",)
    assert reason.topics == ()
    assert 0 < reason.score < 1


def test_the_reason_names_the_topic_that_both_speak_of():
    reason = explain("Induction is weak", ["Help for beginning teachers"], topics={"Induction": ["beginning teachers"]})

    assert reason.topics == ("Induction",)


def test_without_a_word_in_common_there_is_no_reason():
    assert explain("mentors", ["school buses"]) is None
    assert explain("mentors", []) is None


def test_stems_alone_cost_a_process_no_numpy():
    code = "import sys, affinity.words; assert not {'numpy', 'scipy'} & sys.modules.keys()"

    subprocess.run([sys.executable, "-c", code], check=True)
