from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from affinity import assign
from affinity.certificate import Limits, faults


def instance(n, seed, *, density=0.6, per_organization=3):
    """Random scores on a grid, so that there are ties, and organizations of up to `per_organization`."""
    rng = np.random.default_rng(seed)
    scores = np.round(rng.random((n, n)), 2) * (rng.random((n, n)) < density)
    np.fill_diagonal(scores, 0)
    return sparse.csr_array(scores), rng.integers(0, max(1, n // per_organization), n)


def everything(scores, organizations, limits):
    """(missing, total) of the best plan, by trying all: for each set of pairs of people, each direction."""
    n = len(organizations)
    dense = scores.toarray()
    best = (np.inf, 0)
    found = [(np.zeros(n, int), np.zeros(n, int), 0.0)]
    for one, other in combinations(range(n), 2):
        if organizations[one] == organizations[other]:
            continue
        more = []
        for learn, teach, total in found:
            for learner, teacher in ((one, other), (other, one)):
                if dense[learner, teacher] and (learn + teach)[[one, other]].max() < limits.most.min():
                    learns, teaches = learn.copy(), teach.copy()
                    learns[learner] += 1
                    teaches[teacher] += 1
                    more.append((learns, teaches, total + dense[learner, teacher]))
        found += more
    for learn, teach, total in found:
        missing = limits.missing(learn, teach).sum()
        best = min(best, (missing, -total))
    return best[0], -best[1]


@settings(max_examples=40, deadline=None)
@given(n=st.integers(2, 5), seed=st.integers(0, 10_000), at_most=st.integers(2, 3))
def test_the_plan_is_the_best_of_all_plans(n, seed, at_most):
    scores, organizations = instance(n, seed, per_organization=1)

    plan = assign(scores, organizations=organizations, at_most=at_most)

    missing, total = everything(scores, organizations, Limits.of(n, (1, 1, 2), at_most))
    assert sum(one.missing for one in plan.unmet) == missing
    assert plan.objective == pytest.approx(total, abs=1e-5)
    assert plan.bound >= total - 1e-6
    assert faults(plan, scores, organizations=organizations, at_most=at_most) == []


@settings(max_examples=40, deadline=None)
@given(
    n=st.integers(1, 30),
    seed=st.integers(0, 10_000),
    floors=st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 4)),
    room=st.integers(0, 2),
    density=st.sampled_from([0.05, 0.3, 1.0]),
    data=st.data(),
)
def test_every_plan_keeps_all_rules_and_proves_its_worth(n, seed, floors, room, density, data):
    scores, organizations = instance(n, seed, density=density)
    at_most = max(floors[0] + floors[1], floors[2]) + room
    people = st.integers(0, n - 1)
    forbidden = (
        data.draw(st.lists(st.tuples(people, people).filter(lambda pair: pair[0] != pair[1]), max_size=4))
        if n > 1
        else []
    )
    limits = {"at_least": floors, "at_most": at_most, "forbidden": forbidden}

    plan = assign(scores, organizations=organizations, seed=seed, **limits)

    assert faults(plan, scores, organizations=organizations, **limits) == []
    assert plan.objective <= plan.bound + 1e-6
    again = assign(scores, organizations=organizations, seed=seed, **limits)
    assert np.array_equal(plan.edges, again.edges)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 4))
def test_pins_are_kept_and_the_rest_is_planned_around_them(seed, count):
    scores, organizations = instance(20, seed, per_organization=2)
    rng = np.random.default_rng(seed)
    order = rng.permutation(20)
    pinned = [
        (one, two) for one, two in order.reshape(-1, 2)[:count].tolist() if organizations[one] != organizations[two]
    ]

    plan = assign(scores, organizations=organizations, pinned=pinned)

    assert set(pinned) <= set(map(tuple, plan.edges.tolist()))
    assert faults(plan, scores, organizations=organizations, pinned=pinned) == []


def test_the_order_of_entries_does_not_matter():
    scores, organizations = instance(25, 3)
    entries = scores.tocoo()
    order = np.random.default_rng(0).permutation(entries.nnz)
    shuffled = sparse.coo_array((entries.data[order], (entries.row[order], entries.col[order])), shape=scores.shape)

    assert np.array_equal(
        assign(scores, organizations=organizations).edges, assign(shuffled, organizations=organizations).edges
    )


def test_bounds_may_differ_from_person_to_person():
    scores, _ = instance(12, 1, density=1.0)
    organizations = np.arange(12)
    learn, most = np.array([2] * 6 + [0] * 6), np.array([5] * 6 + [3] * 6)

    plan = assign(scores, organizations=organizations, at_least=(learn, 1, 2), at_most=most)

    assert plan.unmet == ()
    assert (np.bincount(plan.edges[:, 0], minlength=12) >= learn).all()
    assert (np.bincount(plan.edges.ravel(), minlength=12) <= most).all()


def test_one_large_organization_leaves_out_as_many_as_the_others_have_no_room_for():
    n, inside = 40, 30
    scores = sparse.csr_array(np.random.default_rng(0).random((n, n)))
    organizations = np.array([0] * inside + list(range(1, n - inside + 1)))

    plan = assign(scores, organizations=organizations)

    assert sum(one.missing for one in plan.unmet) == 2 * inside - 4 * (n - inside)
    assert {one.why for one in plan.unmet if one.person < inside} == {
        "30 of 40 people are of one organization and ask for 60 connections; the 10 others have room for 40."
    }


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_anybody_is_there(n):
    plan = assign(sparse.csr_array((n, n)), organizations=range(n))

    assert plan.edges.shape == (0, 2)
    assert len(plan.unmet) == n


def test_all_of_one_organization_are_told_why():
    scores, _ = instance(5, 0)

    plan = assign(scores, organizations=[7] * 5)

    assert {one.why for one in plan.unmet} == {
        "5 of 5 people are of one organization and ask for 10 connections; the 0 others have room for 0."
    }


def test_who_has_nothing_to_teach_is_named():
    scores, _ = instance(12, 4, density=1.0, per_organization=1)
    scores = scores.toarray()
    scores[:, 5] = 0

    plan = assign(sparse.csr_array(scores), organizations=np.arange(12))

    assert [(one.person, one.learn, one.teach, one.why) for one in plan.unmet] == [
        (5, 0, 1, "Nobody may learn from them.")
    ]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"at_most": 1}, "Person 0 may have 1 connections at most, fewer than at_least asks."),
        ({"at_least": (-1, 0, 0)}, "No limit can be below 0."),
        ({"at_least": (1, 1)}, "at_least has three parts: to learn from, to teach, in all."),
        ({"at_most": [4, 4]}, "A limit is one number, or one for each of the 6 people."),
        ({"pinned": [(0, 1), (1, 0)]}, "Two people are pinned in both directions; a pair is used once."),
        ({"pinned": [(0, 1)], "forbidden": [(1, 0)]}, "A pair is both pinned and forbidden."),
        ({"pinned": [(0, 5)]}, "Two people of one organization are pinned to each other."),
        ({"pinned": [(0, 6)]}, "pinned names a person who is not there: there are 6."),
        ({"forbidden": [(2, 2)]}, "forbidden pairs a person with themselves."),
        ({"pinned": [3]}, "pinned has pairs of a learner and a teacher, by their numbers."),
        (
            {"pinned": [(0, 1), (0, 2), (0, 3)], "at_most": 2},
            "Person 0 is pinned to more people than their 2 connections.",
        ),
        ({"fairness": 2}, "fairness is a share between 0 and 1."),
    ],
)
def test_a_contradiction_is_one_sentence(asked, sentence):
    scores, _ = instance(6, 0)

    with pytest.raises(ValueError, match=r"^.*$") as fault:
        assign(scores, organizations=[0, 1, 2, 3, 4, 0], **asked)

    assert str(fault.value) == sentence


def test_scores_that_are_none_are_refused():
    with pytest.raises(ValueError, match="A score is not a number"):
        assign(sparse.csr_array([[0, np.nan], [1, 0]]), organizations=[0, 1])
    with pytest.raises(ValueError, match="2 × 2, the people 3"):
        assign(sparse.csr_array((2, 2)), organizations=[0, 1, 2])


def test_a_tampered_plan_or_bound_is_found_out():
    scores, organizations = instance(30, 5)
    plan = assign(scores, organizations=organizations)
    dropped, doubled = plan.edges[1:], np.vstack([plan.edges, plan.edges[:1, ::-1]])
    dearer = replace(plan.prices, learn=plan.prices.learn + 0.1)

    def found(**changed):
        return faults(replace(plan, **changed), scores, organizations=organizations)

    assert found() == []
    assert "The pairs are not worth what the plan says." in found(edges=dropped)
    assert "A pair is used twice." in found(edges=doubled)
    assert found(objective=plan.objective + 0.01) == ["The pairs are not worth what the plan says."]
    assert found(bound=plan.objective - 0.01) == ["The bound does not follow from the prices."]
    assert found(prices=dearer) == ["The bound does not follow from the prices."]
    assert "Somebody's satisfaction is not what the plan says." in found(satisfaction=plan.satisfaction * 2)
    assert faults(plan, scores, organizations=organizations, at_most=3)
    assert "A forbidden pair is used." in faults(
        plan, scores, organizations=organizations, forbidden=[tuple(plan.edges[0][::-1])]
    )


def test_fairness_lifts_the_worst_served_and_tells_its_price():
    scores, organizations = instance(40, 8, density=0.2)

    plain = assign(scores, organizations=organizations)
    fair = assign(scores, organizations=organizations, fairness=0.95)

    served = np.setdiff1d(np.arange(40), [one.person for one in plain.unmet])
    assert 0.95 * fair.fairest - 1e-6 <= fair.satisfaction[served].min() <= fair.fairest + 1e-6
    assert fair.price == pytest.approx(plain.objective - fair.objective)
    assert faults(fair, scores, organizations=organizations) == []


def test_announced_pairs_stay_when_somebody_leaves():
    scores, organizations = instance(60, 9, density=1.0)
    before = assign(scores, organizations=organizations)
    without = scores.toarray()
    without[0], without[:, 0] = 0, 0

    fresh = assign(sparse.csr_array(without), organizations=organizations)
    kept = assign(sparse.csr_array(without), organizations=organizations, announced=before.edges)

    def moved(plan):
        return len(
            {edge for edge in map(tuple, before.edges.tolist()) if 0 not in edge} - set(map(tuple, plan.edges.tolist()))
        )

    assert moved(kept) <= moved(fresh)
    assert faults(kept, sparse.csr_array(without), organizations=organizations) == []
    assert kept.gap < 0.01
