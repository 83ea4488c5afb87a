import pytest

from partners.importing import formulas

LIVE = ["=1+1", "+1 312 555", "-2+3", "@SUM(1)", " =1", "\t=1", "\r=1", "\n=1", "\0=1", "\u00a0=1", "＝1+1", "\tplain"]
HARMLESS = ["-121.49", "+5", "1=1", "mail@example.org", "A - B", "", "'quoted'"]


@pytest.mark.parametrize("text", LIVE)
def test_nothing_that_could_be_run_leaves_as_it_is_and_it_comes_back_as_it_was(text):
    out = formulas.defuse(text)

    assert out == "'" + text
    assert formulas.restore(out) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text):
    assert formulas.defuse(text) == text
    assert formulas.restore(text) == text


@pytest.mark.parametrize("text", ["'=1", "''=1", "'-5"])
def test_an_apostrophe_of_ones_own_survives_the_round_trip(text):
    assert formulas.restore(formulas.defuse(text)) == text
