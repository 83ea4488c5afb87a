"""Every page with nonsense in its address: ignored or refused in a sentence, never a crash."""

import pytest
from django.contrib import admin

from tests.fuzz.payloads import LONG, PICKED, TEXTS, WORST, quoted, urlencoded
from tests.roles.table import ALLAUTH, OURS, lines
from tests.site import address, find, patterns

pytestmark = pytest.mark.django_db

ROUTES = {name: route for name, route, _ in patterns()}
RUN = ['<script>alert("zq', "<img src=x onerror", "70100"]
LONG_LINE = LONG[:100_000]  # more than a server lets through

# What any of our pages reads from its address.
ASKED = ["q", "page", "kind", "region", "status", "topic", "owner", "tag", "state", "year", "caller", "find", "before"]
ASKED += ["challenges", "next", "withdrawn", "name", "website", "who", "due", "known", "met"]
# One by one, where one that is nonsense could hide what the next would do.
LISTS = {
    "partners:directory": ["q", "page", "kind", "region", "status", "topic", "owner", "tag"],
    "partners:timeline": ["kind", "before"],
    "partners:record": ["kind", "before"],
    "partners:add": ["name", "website"],
    "checkins:list": ["state", "year", "caller", "page"],
    "checkins:pool": ["who", "due", "region", "kind", "known", "met", "page"],
    "checkins:board": ["who", "due", "region", "kind", "known", "met", "page"],
    "checkins:calendar": ["caller"],
    "checkins:trip": ["page"],
    "checkins:suggestions": ["find", "challenges"],
    "library:list": ["q", "kind", "topic", "withdrawn", "page"],
    "introductions:list": ["page"],
    "outbox:list": ["q", "state", "page"],
    "accounts:sign_in_again": ["next"],
    "accounts:team": ["page"],
}
ADMIN_ASKED = ["q", "p", "o", "e", "all", "_facets", "_changelist_filters", "_popup", "_to_field", "id", "id__exact"]

# Neither is a number of anything, and some are no path at all.
NUMBERS = [
    "1" + "0" * 30,
    "9" * 5000,
    "0",
    "9223372036854775808",
    "-1",
    "1.5",
    "abc",
    "%00",
    "%ED%A0%80",
    "..%2f..",
    "%0d%0a",
]
SLUGS = ["%00", "%ED%A0%80", "a" * 5000, "..%2f..", "%F0%9F%A7%AA", "{{7}}", "%3Cscript%3E", "a%0d%0ab"]


def ask(site, actor, url, **headers):
    """What went wrong, if anything did."""
    with site.visit(actor, "GET", url, headers=headers) as answer:
        if answer.status_code >= 500:
            return [f"{actor} {url[:200]}: {answer.exc_info[1]!r}"]
        return [f"{actor} {url[:200]}: {run} on the page" for run in RUN if run in answer.body]


PAGES = {
    name: (name, thing, "partner" if partner == "200" else "overseer")
    for name, thing, methods, other, partner, *_ in lines(OURS)
    if "GET" in methods
}


@pytest.mark.parametrize(("name", "thing", "actor"), PAGES.values())
def test_our_pages_take_any_query(lenient_site, name, thing, actor):
    url = address(name, ROUTES[name], find(lenient_site.world, thing))
    queries = [urlencoded([(asked, text) for asked in ASKED]) for text in {**TEXTS, **PICKED}.values()]
    queries += [urlencoded([(asked, text)]) for asked in LISTS.get(name, []) for text in {**WORST, **PICKED}.values()]
    queries += [f"{asked}={LONG_LINE}" for asked in LISTS.get(name, [])]
    queries += ["&".join(f"{asked}=1&{asked}=2&{asked}[]=3&{asked}" for asked in ASKED), "%ED%A0%80=%00&&&=&%"]

    wrong = [each for query in queries for each in ask(lenient_site, actor, f"{url}?{query}")]
    if name in LISTS:
        fragment = {"HX-Request": "true", "HX-Current-URL": "http://[nowhere/%00"}
        wrong += [
            each for query in queries[::3] for each in ask(lenient_site, "overseer", f"{url}?{query}", **fragment)
        ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", [line[0] for line in lines(ALLAUTH)])
def test_the_pages_around_the_door_take_any_query(lenient_site, name):
    url = address(name, ROUTES[name], lenient_site.world.ana)

    wrong = [
        each
        for text in {**WORST, **PICKED, "an address": "//eve.example.org"}.values()
        for actor in ("stranger", "overseer")
        for each in ask(lenient_site, actor, f"{url}?next={quoted(text)}&email={quoted(text)}&code={quoted(text)}")
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "model", sorted(admin.site._registry, key=lambda model: model._meta.label), ids=lambda model: model._meta.label
)
def test_the_lists_of_the_admin_take_any_query(lenient_site, model):
    url = f"/admin/{model._meta.label_lower.replace('.', '/')}/"
    filters = [str(item[0] if isinstance(item, tuple) else item) for item in admin.site._registry[model].list_filter]
    asked = [*ADMIN_ASKED, *filters, *(f"{name}__exact" for name in filters), *(f"{name}__year" for name in filters)]

    wrong = [
        each
        for name in asked
        for text in (WORST["NUL"], WORST["a huge number"], WORST["HTML"])
        for each in ask(lenient_site, "admin", f"{url}?{urlencoded([(name, text)])}")
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "route", sorted({route for _, route, _ in patterns() if "<" in route and "admin" not in route})
)
def test_an_address_of_nothing_leads_nowhere(lenient_site, route):
    wrong = []
    for part, values in (("<int:pk>", NUMBERS), ("<slug:slug>", SLUGS), ("<sentence:model>", ["opinion", "%00"])):
        for value in values if part in route else ():
            url = "/" + route.replace(part, value).replace("<int:pk>", "1").replace(
                "<slug:slug>", "lakeshore-science-center"
            )
            url = url.replace("<sentence:model>", "strength")
            for actor in ("stranger", "partner", "overseer"):
                for method in ("GET", "POST"):
                    with lenient_site.visit(actor, method, url) as answer:
                        if answer.status_code >= 500:
                            wrong.append(f"{method} {url[:200]} as {actor}: {answer.exc_info[1]!r}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("number", NUMBERS)
def test_nor_does_one_of_the_admin(lenient_site, number):
    for page in ("change/", "history/", "delete/", ""):
        assert ask(lenient_site, "admin", f"/admin/outbox/letter/{number}/{page}") == []
        assert ask(lenient_site, "admin", f"/admin/partners/person/{number}/history/{number}/") == []
    assert ask(lenient_site, "admin", f"/admin/r/{number}/{number}/") == []
    asked = f"app_label={number}&model_name=person&field_name={number}&term={number}&page={number}"
    assert ask(lenient_site, "admin", f"/admin/autocomplete/?{asked}") == []
    person = f"app_label=partners&model_name=person&field_name=organization&term={number}"
    assert ask(lenient_site, "admin", f"/admin/autocomplete/?{person}&page=1") == []
