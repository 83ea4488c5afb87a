"""Every address x every method x everybody: the answer that stands in the table, and nothing changed by a refusal."""

import pytest
from django.contrib import admin
from django.urls import Resolver404, resolve, reverse

from tests.leaks.readers import READERS
from tests.roles import admin_table
from tests.roles.bodies import body
from tests.roles.table import ALLAUTH, OURS, SHORT, lines
from tests.site import address, find, patterns
from tests.world import marks

pytestmark = pytest.mark.django_db

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"]
SIGNED_IN = ["other", "partner", "staff", "overseer", "admin"]
SHUT_OUT = ["stranger", "closed"]
DENIALS = {"403", "404", "405", "admin-door"}

ROUTES = {name: route for name, route, _ in patterns()}


def short(answer):
    """The status, or for a redirect where it leads."""
    if not 300 <= answer.status_code < 400:
        return str(answer.status_code)
    path = answer["Location"].partition("?")[0].partition("#")[0]
    try:
        name = resolve(path).view_name
    except Resolver404:
        return path
    return SHORT.get(name, name)


def wanted(cell, methods, method):
    """What a cell of the table says about a method."""
    method = "GET" if method == "HEAD" else method
    if method not in methods:
        return "405"
    get, _, post = cell.partition("/")
    return post if post and method == "POST" and "GET" in methods else get


def answers(site, url, data=None, actors=(*SHUT_OUT, *SIGNED_IN), methods=METHODS):
    """(actor, method) → answer. What is denied changes nothing; what only looks changes nothing; no text leaks."""
    sent = data if callable(data) else lambda actor: data
    found = {}
    for actor in actors:
        for method in methods:
            with site.visit(actor, method, url, sent(actor) if method == "POST" else None) as answer:
                found[actor, method] = short(answer)
                where = f"{method} {url} as {actor}: {found[actor, method]}"
                denied = found[actor, method] in DENIALS or (actor in SHUT_OUT and found[actor, method] == "door")
                if method != "POST" or denied:
                    assert site.is_as_it_was(answer), f"{where}, and something changed"
                if "/admin/" not in url or actor != "admin":
                    assert marks(answer.body) <= READERS[actor], f"{where}, and it says too much"
    return found


def differences(found, expected):
    return {key: f"{answer}, not {expected[key]}" for key, answer in found.items() if answer != expected[key]}


def test_every_address_has_a_line():
    known = {line[0] for line in lines(OURS + ALLAUTH)} | set(admin_table.PAGES)
    models = {f"admin:{name.replace('.', '_')}_" for name in admin_table.MAY}

    unknown = {name for name in ROUTES if name not in known and not name.startswith(tuple(models))}

    assert unknown == set()
    assert {model._meta.label_lower for model in admin.site._registry} == set(admin_table.MAY)


def test_every_line_has_an_address():
    assert {line[0] for line in lines(OURS + ALLAUTH)} - set(ROUTES) == set()


def test_what_is_written_is_noticed(site):
    url = f"{site.world.lakeshore.organization.get_absolute_url()}touchpoints/add/"

    with site.visit("staff", "POST", url, {"kind": "visit", "on": "2026-03-02"}) as answer:
        assert not site.is_as_it_was(answer)
    with site.visit("staff", "GET", url) as answer:
        assert site.is_as_it_was(answer)


@pytest.mark.parametrize("line", lines(OURS), ids=lambda line: f"{line[0]} {line[1]}")
def test_our_pages_answer_as_the_table_says(site, line):
    name, thing, methods, *cells = line
    thing = find(site.world, thing)

    url = address(name, ROUTES[name], thing)

    found = answers(site, url, lambda actor: body(name, site.world, thing, actor))

    expected = {(actor, method): "door" for actor in SHUT_OUT for method in METHODS} | {
        (actor, method): wanted(cell, methods.split("+"), method)
        for actor, cell in zip(SIGNED_IN, cells, strict=True)
        for method in METHODS
    }
    assert differences(found, expected) == {}


@pytest.mark.parametrize("line", lines(ALLAUTH), ids=lambda line: line[0])
def test_the_pages_around_the_door_answer_as_the_table_says(site, line):
    name, stranger, signed_in = line
    found = answers(site, address(name, ROUTES[name], site.world.ana), lambda actor: body(name, site.world, None))

    expected = {
        (actor, method): wanted(cell, ["GET", "POST"], method)
        for actors, cell in ((SHUT_OUT, stranger), (SIGNED_IN, signed_in))
        for actor in actors
        for method in ["GET", "HEAD", "POST"]
    }
    assert differences({key: found[key] for key in expected}, expected) == {}


def things(world):
    """One row of every model in the admin, by its label."""
    return {model._meta.label_lower: model._base_manager.order_by("pk").first() for model in admin.site._registry}


def in_admin(model, family):
    """What an admin gets, for GET and for POST."""
    may = admin_table.MAY[model].split()
    if family in ("add", "delete") and family not in may:
        return admin_table.FORBIDDEN
    if family == "change" and family not in may:
        return admin_table.LOOKED_AT
    return admin_table.EXCEPTIONS.get((model, family), admin_table.FAMILIES[family])


@pytest.mark.parametrize("model", admin_table.MAY)
def test_the_admin_answers_admins_alone(site, model):
    thing = things(site.world)[model]
    base = f"/admin/{model.replace('.', '/')}/"
    pages = {"changelist": base, "add": f"{base}add/", "old address": f"{base}{thing.pk}/"}
    pages |= {family: f"{base}{thing.pk}/{family}/" for family in ("change", "history", "delete")}
    if hasattr(thing, "history"):
        pages["simple_history"] = f"{base}{thing.pk}/history/{thing.history.first().pk}/"
    leads = {
        f"admin:{model.replace('.', '_')}_{family}": word
        for family, word in (("changelist", "list"), ("change", "change"))
    }

    for family, url in pages.items():
        found = answers(site, url, {"post": "yes"})

        found = {key: leads.get(answer, answer) for key, answer in found.items()}
        assert differences(found, others(in_admin(model, family))) == {}, family


@pytest.mark.parametrize("name", admin_table.PAGES)
def test_the_other_pages_of_the_admin_too(site, name):
    values = {"admin:view_on_site": [1, 1], "admin:app_list": ["partners"]}
    url = reverse(name, args=values.get(name)) if name != "admin:" else "/admin/nowhere/"

    found = answers(site, url, {"post": "yes"}, methods=["GET", "POST"])

    expected = others(admin_table.PAGES[name], admin_table.FOR_OTHERS.get(name, "admin-door"))
    assert differences(found, expected) == {}


def others(cell, signed_in="admin-door"):
    """The answers to everybody, when an admin gets this one."""
    expected = {(actor, method): "door" for actor in SHUT_OUT for method in METHODS}
    expected |= {(actor, method): signed_in for actor in SIGNED_IN for method in METHODS}
    get, post = cell.split("/")
    return expected | {("admin", method): post if method == "POST" else get for method in METHODS}
