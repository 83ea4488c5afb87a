"""A mark in every text, then every page as everybody: nobody reads above their reach, and their own is there."""

import pytest

from tests.leaks.readers import READERS
from tests.roles.table import OURS, lines
from tests.site import address, find, patterns
from tests.world import marks

pytestmark = pytest.mark.django_db

ROUTES = {name: route for name, route, _ in patterns()}
ACTORS = ["stranger", "closed", "other", "partner", "staff", "overseer", "admin"]

# Searches and filters that could bring out what they look for. They hold no whole mark: a page repeats what was typed.
WORDS = ["robotics evenings for schools", "zq-harbor", "zq-lakeshore", "zq"]
QUERIES = {
    "partners:directory": [{"q": words} for words in WORDS]
    + [{"topic": "robotics"}, {"status": "prospect"}, {"status": "alumni"}, {"region": "Northeast"}],
    "partners:timeline": [{"kind": kind} for kind in ("call", "follow-up", "introduction", "letter", "change")]
    + [{"before": "2100-01-01"}, {"before": "2026-03-01"}],
    "partners:changes": [{"partner": words} for words in WORDS] + [{"kind": "partners.strength"}, {"by": "nobody"}],
    "partners:readings": [{"partner": "harbor"}],
    "partners:add": [{"name": "Harbor Science Center"}, {"website": "lakeshore.example.org"}],
    "checkins:list": [{"state": state} for state in ("overdue", "pending", "held", "owed")] + [{"year": "2026"}],
    "checkins:suggestions": [{key: words} for key in ("challenges", "find") for words in WORDS],
    "checkins:review": [{"find": words} for words in WORDS],
    "library:list": [{"q": words} for words in WORDS] + [{"topic": "robotics"}, {"kind": "tool"}, {"withdrawn": "yes"}],
    "outbox:list": [{"state": state} for state in ("draft", "approved", "doubt", "failed", "sent")]
    + [{"q": words} for words in WORDS],
}
# Pages that answer htmx with a fragment.
FRAGMENTS = {*QUERIES, "checkins:given", "checkins:home", "partners:record"}


def pages(world):
    """(name, address) of every page of ours, about everything of its kind there is."""
    for name, thing, methods, *_ in lines(OURS):
        if "GET" in methods:
            thing = find(world, thing)
            things = type(thing)._base_manager.all() if thing else [None]
            yield from {(name, address(name, ROUTES[name], each)) for each in things}


def crawl(site, actor):
    """All marks this actor reads anywhere: {mark: where}."""
    found = {}
    for name, url in sorted(set(pages(site.world))):
        for query in [{}, *QUERIES.get(name, [])]:
            for headers in [{}, {"HX-Request": "true"}][: 1 + (name in FRAGMENTS)]:
                with site.visit(actor, "GET", url, query, headers=headers) as answer:
                    for mark in marks(answer.body):
                        found.setdefault(mark, f"{url} {query or ''}")
    return found


@pytest.mark.parametrize("actor", ACTORS)
def test_everybody_reads_what_is_theirs_to_read_and_nothing_else(site, actor):
    found = crawl(site, actor)

    assert {mark: where for mark, where in found.items() if mark not in READERS[actor]} == {}
    assert READERS[actor] - set(found) == set()
