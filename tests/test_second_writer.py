"""Two people open the same form. The second to save is shown both texts, and nothing of either is lost."""

import re

import pytest
from django import forms

from accounts import record
from accounts.forms.guarded import Guard
from checkins.forms.planning import LeaveForm
from checkins.forms.trip import TripForm
from outbox.forms import LetterForm
from partners.forms.lists import ViewForm
from tests.fuzz.pages import forms_in
from tests.site import address, find, patterns

pytestmark = pytest.mark.django_db

ROUTES = {name: route for name, route, _ in patterns()}
THEIRS, MINE = "Theirs, written first", "Mine, written second"

# page, what it is about (in `tests.world`), as whom, the field, and the column it stands for
FORMS = [
    ("accounts:profile", "ana", "ana", "name", "name"),
    ("partners:edit", "organization", "ana", "region", "region"),
    ("partners:correct_organization", "organization", "lakeshore.user", "city", "city"),
    ("partners:edit_person", "colleague", "ana", "title", "title"),
    ("partners:edit_details", "lead", "lakeshore.user", "title", "title"),
    ("partners:edit_sentence", "strength", "ana", "text", "text"),
    ("partners:edit_sentence", "challenge", "ana", "text", "text"),
    ("partners:edit_sentence", "own_challenge", "lakeshore.user", "text", "text"),
    ("library:edit", "resource", "ana", "summary", "summary"),
    ("introductions:introduction", "introduction", "ana", "reason", "reason"),
    ("checkins:review", "owed", "ana", "notes", "notes"),
]
ADMIN = [
    ("accounts.user", "ana", "phone"),
    ("partners.organization", "organization", "region"),
    ("partners.person", "colleague", "title"),
    ("partners.strength", "strength", "text"),
    ("partners.challenge", "challenge", "text"),
    ("partners.topic", "robotics", "name"),
    ("library.resource", "resource", "summary"),
    ("introductions.introduction", "introduction", "reason"),
    ("checkins.checkin", "owed", "notes"),
    ("outbox.letter", "draft", "subject"),
]


def by_name(world, path):
    first, *rest = path.split(".")
    thing = find(world, first)
    for part in rest:
        thing = getattr(thing, part)
    return thing


def form_with(page, field):
    return next(form for form in forms_in(page.content.decode()) if field in form.fields)


def write_at_once(client, url, field, theirs):
    """I open the form; `theirs` is saved; I save. The form I sent, and the page that answers."""
    opened = form_with(client.get(url), field)
    theirs()
    return client.post(url, as_data(opened, field))


def as_data(form, field):
    data = {}
    for name, text in form.pairs({field: MINE}):
        data.setdefault(name, []).append(text)
    return data


@pytest.mark.parametrize(("name", "about", "actor", "field", "column"), FORMS)
def test_the_second_writer_sees_both_texts_and_may_save_again(world, sign_in, name, about, actor, field, column):
    thing, client = by_name(world, about), sign_in(by_name(world, actor))
    url = address(name, ROUTES[name], thing)

    def they_save():
        record.edit(thing, {column: THEIRS}, seen=record.version(thing), by=world.ben)

    page = write_at_once(client, url, field, they_save)

    thing.refresh_from_db()
    assert (page.status_code, getattr(thing, column)) == (200, THEIRS)
    text = page.content.decode()
    assert all(words in text for words in (THEIRS, MINE, "Ben", "save again to keep it"))

    again = client.post(url, as_data(form_with(page, field), field))

    thing.refresh_from_db()
    assert (again.status_code, getattr(thing, column)) == (302, MINE)
    assert THEIRS in [getattr(line, column) for line in thing.history.all()]


@pytest.mark.parametrize(("model", "about", "field"), ADMIN)
def test_in_the_admin_too(world, sign_in, model, about, field):
    thing, client = by_name(world, about), sign_in(world.ada)
    url = f"/admin/{model.replace('.', '/')}/{thing.pk}/change/"

    def they_save():
        record.edit(thing, {field: THEIRS}, seen=record.version(thing), by=world.ben)

    page = write_at_once(client, url, field, they_save)

    thing.refresh_from_db()
    assert (page.status_code, getattr(thing, field)) == (200, THEIRS)
    assert all(words in page.content.decode() for words in (THEIRS, MINE))

    again = client.post(url, as_data(form_with(page, field), field))

    thing.refresh_from_db()
    assert (again.status_code, getattr(thing, field)) == (302, MINE)


def test_a_call_moved_meanwhile_is_shown_before_it_is_moved_again(world, sign_in):
    call, client = world.lakeshore.pending, sign_in(world.ana)
    url = f"/calls/{call.pk}/reschedule/"
    opened = form_with(client.get(url), "due_on")
    record.edit(call, {"due_on": "2027-02-01"}, seen=record.version(call), by=world.ben)

    page = client.post(url, dict(opened.pairs({"due_on": "2027-03-01"})))

    call.refresh_from_db()
    assert call.due_on.isoformat() == "2027-02-01"
    assert all(day in page.content.decode() for day in ("01 Feb 2027", "01 Mar 2027"))


def test_a_call_handed_over_meanwhile_says_who_has_it(world, sign_in):
    call, client = world.lakeshore.pending, sign_in(world.ana)
    url = f"/calls/{call.pk}/hand-over/"
    opened = form_with(client.get(url), "to")
    record.edit(call, {"caller": world.ben}, seen=record.version(call), by=world.ben)

    page = client.post(url, dict(opened.pairs({"to": world.olu.pk, "reason": "Holidays"})))

    call.refresh_from_db()
    assert call.caller == world.ben
    assert f"<td>{world.ben}</td><td>{world.olu}</td>" in page.content.decode()


def test_who_may_read_a_sentence_is_not_widened_over_a_change(world, sign_in):
    sentence, call = world.lakeshore.secret_challenge, world.lakeshore.owed
    call.challenges.add(sentence)
    client, name = sign_in(world.ana), f"challenge-{sentence.pk}"
    opened = form_with(client.get(f"/calls/{call.pk}/review/"), name)
    record.edit(sentence, {"reach": "match"}, seen=record.version(sentence), by=world.ben)

    page = client.post(f"/calls/{call.pk}/review/", dict(opened.pairs({name: "public"})))

    sentence.refresh_from_db()
    assert (page.status_code, sentence.reach) == (200, "match")


def test_what_others_saved_beside_the_form_does_not_disturb(world, sign_in):
    person, client = world.lakeshore.colleague, sign_in(world.ana)
    url = f"/partners/lakeshore-science-center/people/{person.pk}/"
    opened = form_with(client.get(url), "title")
    record.edit(person, {"left_on": "2026-03-01"}, seen=record.version(person), by=world.ben)

    answer = client.post(url, dict(opened.pairs({"title": MINE})))

    person.refresh_from_db()
    assert (answer.status_code, person.title, person.left_on.isoformat()) == (302, MINE, "2026-03-01")


def subclasses(form):
    for child in form.__subclasses__():
        yield child
        yield from subclasses(child)


def test_every_form_of_a_row_is_guarded():
    ours = {form for form in subclasses(forms.ModelForm) if re.match(r"(?!django)\w+\.forms\b", form.__module__)}
    parts = {form for form in ours if any(Guard in child.__mro__ for child in subclasses(form))}

    unguarded = {form.__name__ for form in ours - parts if Guard not in form.__mro__}

    # A letter knows its version by itself; a view and a trip are of the one person who may edit them; days away are
    # only added and taken out.
    assert unguarded == {form.__name__ for form in (LetterForm, ViewForm, TripForm, LeaveForm)}
