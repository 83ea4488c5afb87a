"""Quick find answers with nothing that its reader may not read elsewhere, whatever is asked."""

import pytest
from django.urls import reverse

from tests.leaks.readers import EVERYTHING, READERS
from tests.world import mark, marks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("actor", ["other", "partner", "staff"])
def test_asking_for_any_text_shows_no_other_above_the_readers_reach(site, actor):
    told = {}

    for text in sorted(EVERYTHING):
        with site.visit(actor, "GET", reverse("partners:find"), {"q": mark(text)}) as answer:
            beside = marks(answer.body) - {text}  # the page repeats the question
        if not beside <= READERS[actor]:
            told[text] = beside

    assert told == {}


@pytest.mark.parametrize("query", ["lakeshore", "science center", "robotics", "colleague", "zq", "springfield", "@"])
@pytest.mark.parametrize("actor", ["other", "partner"])
def test_no_question_shows_a_partner_more_than_they_may_read(site, actor, query):
    with site.visit(actor, "GET", reverse("partners:find"), {"q": query}) as answer:
        assert marks(answer.body) <= READERS[actor]
