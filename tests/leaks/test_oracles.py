"""What is not shown is not told by a search either: looking for it is like looking for what does not exist."""

import re

import pytest
from django.urls import reverse

from tests.leaks.readers import EVERYTHING, READERS
from tests.world import mark

pytestmark = pytest.mark.django_db

NOWHERE = "xq-occurs-in-no-text"
SEARCHES = [("partners:find", "q"), ("partners:directory", "q"), ("partners:directory", "tag"), ("library:list", "q")]


def page(site, actor, name, query):
    """The page that answers, without the words asked for and without what is new on each page."""
    with site.visit(actor, "GET", reverse(name), query) as answer:
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.body)
    for words in query.values():
        text = text.replace(words, NOWHERE)
    return text


@pytest.mark.parametrize("actor", ["partner", "other"])
@pytest.mark.parametrize(("name", "field"), SEARCHES)
def test_a_search_finds_nothing_by_a_text_one_may_not_read(site, actor, name, field):
    secret = sorted(EVERYTHING - READERS[actor])
    nothing = page(site, actor, name, {field: NOWHERE})

    told = [text for text in secret if page(site, actor, name, {field: mark(text)}) != nothing]

    assert told == []


def test_a_search_finds_by_a_text_one_may_read(site):
    by_summary = page(site, "partner", "library:list", {"q": mark("resource summary")})

    assert by_summary != page(site, "partner", "library:list", {"q": NOWHERE})


@pytest.mark.parametrize("field", ["status", "owner", "tag"])
def test_the_filters_of_the_hub_do_nothing_for_a_partner(site, field):
    values = {"status": "prospect", "owner": str(site.world.ben.pk), "tag": mark("harbor tag")}
    everything = page(site, "partner", "partners:directory", {})

    with site.visit("partner", "GET", reverse("partners:directory"), {field: values[field]}) as answer:
        filtered = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.body)

    assert filtered == everything
