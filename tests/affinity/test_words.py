import pytest

from affinity.words import overlap, terms, words


def test_words_of_one_stem_meet():
    assert terms("Mentors") == terms("mentoring") == terms("mentor")


def test_words_that_say_nothing_do_not_count():
    assert words("We would like to keep our mentors") == ["mentors"]


@pytest.mark.parametrize(
    ("need", "offer", "score"),
    [
        ("our mentors", "mentors", 1.0),
        ("rural mentors", "urban mentors", 0.5),
        ("money", "mentors", 0.0),
        ("", "", 0.0),
    ],
)
def test_the_score_is_the_share_of_words_in_common(need, offer, score):
    assert overlap(terms(need), terms(offer))[0] == pytest.approx(score)
