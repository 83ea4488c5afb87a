"""Every field of every form on every page, with what nobody types: never a crash, no text lost, none run."""

import json
import re

import pytest
from django.contrib import admin
from django.db import connection

from tests.fuzz.pages import CHOSEN, NUMBERS, TYPED, forms_in
from tests.fuzz.payloads import LONG, PICKED, TEXTS, WORST, arrived, urlencoded
from tests.roles.table import ALLAUTH, OURS, lines
from tests.site import address, find, patterns

pytestmark = pytest.mark.django_db

ROUTES = {name: route for name, route, _ in patterns()}
FORM = {"content_type": "application/x-www-form-urlencoded"}
RUN = ['<script>alert("zq', "<img src=x onerror", "70100"]  # what HTML and a template would leave behind

OUR_PAGES = {
    (actor, name): (actor, name, thing)
    for name, thing, methods, other, partner, *hub in lines(OURS)
    for actor, cell in (("partner", partner), ("overseer", hub[1]))
    if "GET" in methods and cell.startswith("200")
}
DOORS = [
    (actor, line[0])
    for line in lines(ALLAUTH)
    for actor, cell in zip(("stranger", "overseer"), line[1:], strict=True)
    if cell != "door"
]
ADMIN = sorted(admin.site._registry, key=lambda model: model._meta.label_lower)

# What could run or break on the page that shows it.
SEEN_AGAIN = {"HTML", "a template", "a lone surrogate", "line ends", "an address", "the last year"}

# Forms whose text has no place on any page: it is a secret, a search, or a file's own words.
NOT_KEPT = {
    "password",
    "password1",
    "password2",
    "oldpassword",
    "login",
    "code",
    "q",
    "find",
    "select_across",
    "credential",
}


def texts():
    """Every text in the database, blanks as one."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                found += [
                    value if isinstance(value, str) else json.dumps(value)
                    for value in row
                    if isinstance(value, (str, dict, list))
                ]
    return " ".join(" ".join(found).split())


def kind_of(url):
    """An address without the number of the thing it is about."""
    return re.sub(r"\d+", "…", url)


def report(wrong):
    return "\n".join([f"{len(wrong)} went wrong", *wrong])


class Fuzz:
    """Sends forms as one actor, and notes what went wrong."""

    def __init__(self, site, actor, url):
        self.site, self.actor, self.url, self.wrong = site, actor, url, []
        with site.visit(actor, "GET", url) as answer:
            assert answer.status_code < 500, answer.body
            self.forms = [form for form in forms_in(answer.body) if form.method == "post"]

    def everything(self, *, thorough=True):
        for form in {(kind_of(form.action), *form.fields): form for form in self.forms}.values():
            first, *other = form.buttons or [("", "", "")]
            self.fill(form, first, TEXTS if thorough else WORST)
            self.choose(form, first, PICKED if thorough else WORST)
            if thorough:
                self.fill_one_by_one(form, first)
                for button in {
                    (name, kind_of(action)): (name, value, action) for name, value, action in other
                }.values():
                    self.fill(form, button, WORST)
        return self.wrong

    def fill(self, form, button, texts):
        """The same in every field where people write."""
        for name, text in texts.items() if form.names(*TYPED) else ():
            self.send(form, button, name, dict.fromkeys(form.names(*TYPED), text))

    def choose(self, form, button, texts):
        """What no list offers, in every field where people choose; and each field twice."""
        for name, text in texts.items():
            self.send(form, button, name, dict.fromkeys(form.names(*NUMBERS, *CHOSEN), text))
        twice = [(field, WORST["a huge number"]) for field in form.names(*TYPED, *NUMBERS, *CHOSEN)]
        self.send(form, button, "twice", {}, again=twice)

    def fill_one_by_one(self, form, button):
        for field in form.names(*TYPED):
            for name, text in WORST.items():
                self.send(form, button, name, {field: text})
        for field in form.names(*NUMBERS):
            for name, text in PICKED.items():
                self.send(form, button, name, {field: text})
        for field in form.names("textarea") + form.names(*TYPED - {"textarea"})[:1]:
            self.send(form, button, "3 MB", {field: LONG})

    def send(self, form, button, name, typed, again=()):
        pressed, value, action = button
        url = action or form.action or self.url
        typed = {field: text for field, text in typed.items() if field != "csrfmiddlewaretoken"}
        data = urlencoded([*form.pairs(typed), *again, *([(pressed, value)] if pressed else [])])
        with self.site.visit(self.actor, "POST", url, data, **FORM) as answer:
            where = f"{self.actor} {url} {pressed} {value}, {' '.join(typed)}: {name}"
            self.look(answer, where)
            if answer.status_code in (301, 302) and name in SEEN_AGAIN:
                with self.site.visit(self.actor, "GET", answer["Location"]) as next_page:
                    self.look(next_page, f"{where}, then {answer['Location']}")
            if not action:  # a button that leads elsewhere does something else, and with JavaScript sends its own words
                self.look_for(self.kept(form, typed), answer, where)

    def kept(self, form, typed):
        written = {field: arrived(text) for field, text in typed.items() if form.fields[field].type in TYPED}
        return {field: text for field, text in written.items() if text and field not in NOT_KEPT}

    def look(self, answer, where):
        if answer.status_code >= 500:
            self.wrong.append(f"{where}: {getattr(answer, 'exc_info', None) and answer.exc_info[1]!r}")
        elif run := [each for each in RUN if each in answer.body]:
            self.wrong.append(f"{where}: {run} on the page")

    def look_for(self, kept, answer, where):
        """Typed text stands in its field again, or on record."""
        if answer.status_code == 200:
            again = {}
            for form in forms_in(answer.body):
                for name, each in form.fields.items():
                    again.setdefault(name, set()).update(" ".join(value.split()) for value in each.values)
            lost = {field for field, text in kept.items() if text not in again.get(field, ())}
            self.wrong += [f"{where}: no longer in {field}" for field in lost]
        elif kept and answer.status_code in (301, 302):
            stored, (text, *_) = texts(), kept.values()
            if text not in stored and json.dumps(text)[1:-1] not in stored:
                self.wrong.append(f"{where}: nowhere on record")


@pytest.mark.parametrize(("actor", "name", "thing"), OUR_PAGES.values())
def test_our_forms_take_anything(lenient_site, actor, name, thing):
    url = address(name, ROUTES[name], find(lenient_site.world, thing))

    wrong = Fuzz(lenient_site, actor, url).everything()

    assert not wrong, report(wrong)


@pytest.mark.parametrize(("actor", "name"), DOORS)
def test_the_forms_around_the_door_take_anything(lenient_site, actor, name):
    url = address(name, ROUTES[name], lenient_site.world.ana)

    wrong = Fuzz(lenient_site, actor, url).everything()

    assert not wrong, report(wrong)


@pytest.mark.parametrize("model", ADMIN, ids=lambda model: model._meta.label_lower)
def test_the_forms_of_the_admin_take_anything(lenient_site, model):
    base = f"/admin/{model._meta.label_lower.replace('.', '/')}/"
    thing = model._base_manager.order_by("pk").first()
    wrong = []

    for page in ("", "add/", f"{thing.pk}/change/", f"{thing.pk}/delete/"):
        wrong += Fuzz(lenient_site, "admin", base + page).everything(thorough=False)

    assert not wrong, report(wrong)
