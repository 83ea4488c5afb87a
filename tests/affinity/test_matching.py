import numpy as np
import pytest
from scipy import sparse

from affinity import assign, match, relevance
from affinity.certificate import faults
from affinity.scoring import Affinities
from tests.bench.people import people


@pytest.fixture(scope="module")
def some():
    return people(120, seed=2)


@pytest.fixture(scope="module")
def scores(some):
    """All scores at once, as float32 like those that are matched by."""
    return sparse.csr_array(Affinities(some.needs, some.offers).rows(0, 120).astype(float))


def test_the_plan_is_as_good_as_over_all_pairs_at_once(some, scores):
    forbidden, pinned = [(0, 1)], [(2, 100)]

    plan = match(some.needs, some.offers, organizations=some.organizations, forbidden=forbidden, pinned=pinned)

    whole = assign(scores, organizations=some.organizations, forbidden=forbidden, pinned=pinned)
    assert plan.optimal
    assert plan.objective == pytest.approx(whole.objective, abs=1e-4)
    found = faults(plan, scores, organizations=some.organizations, forbidden=forbidden, pinned=pinned)
    assert found == []


def test_who_said_nothing_is_named_and_padded_with_nobody(some):
    needs, offers = [list(one) for one in some.needs], [list(one) for one in some.offers]
    needs[7], offers[8] = ["Everything."], []

    plan = match(needs, offers, organizations=some.organizations)

    assert [(one.person, one.learn, one.teach, one.why) for one in plan.unmet] == [
        (7, 1, 0, "Nobody may teach them."),
        (8, 0, 1, "Nobody may learn from them."),
    ]


def test_fairness_works_over_texts_too(some, scores):
    plain = match(some.needs, some.offers, organizations=some.organizations)
    fair = match(some.needs, some.offers, organizations=some.organizations, fairness=0.95)

    assert fair.satisfaction.min() >= 0.95 * fair.fairest - 1e-6
    assert fair.satisfaction.min() > plain.satisfaction.min()
    assert 0 <= fair.price <= 0.02 * plain.objective
    assert faults(fair, scores, organizations=some.organizations) == []


def test_one_hundredth_leaving_moves_few_announced_pairs_and_none_that_was_sent():
    some = people(300, seed=4)
    corpus = [text for one in some.needs + some.offers for text in one]
    before = match(some.needs, some.offers, organizations=some.organizations, corpus=corpus)
    gone = {3, 77, 150}
    needs = [[] if person in gone else one for person, one in enumerate(some.needs)]
    offers = [[] if person in gone else one for person, one in enumerate(some.offers)]
    announced = {edge for edge in map(tuple, before.edges.tolist()) if not gone & set(edge)}
    sent = sorted(announced)[:100]

    after = match(needs, offers, organizations=some.organizations, corpus=corpus, announced=announced, pinned=sent)

    moved = announced - set(map(tuple, after.edges.tolist()))
    assert not moved & set(sent)
    assert len(moved) <= 0.02 * len(announced)
    assert {one.person for one in after.unmet} == gone


def test_needs_and_offers_are_of_the_same_people():
    with pytest.raises(ValueError, match="1 people have needs, 2 have offers, 2 an organization"):
        match([["mentors"]], [["mentors"], []], organizations=[0, 1])


def test_one_attendee_meets_nobody():
    plan = match([["mentors"]], [["mentors"]], organizations=["Acme"])

    assert plan.edges.tolist() == []
    assert len(plan.unmet) == 1


def test_scores_of_a_need_are_those_of_relevance(some):
    corpus = [text for one in some.needs + some.offers for text in one]

    whole = Affinities(some.needs, some.offers).rows(5, 6)[0]

    assert np.allclose(whole, relevance(some.needs[5], some.offers, corpus=corpus).max(axis=0), atol=1e-5)
