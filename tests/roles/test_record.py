"""Every change is on record: after whatever anybody may do, the newest line of history says what the row says."""

import pytest

from accounts import record
from tests.roles.bodies import body
from tests.roles.table import OURS, lines
from tests.site import address, find, patterns

pytestmark = pytest.mark.django_db

ROUTES = {name: route for name, route, _ in patterns()}
ACTORS = ["other", "partner", "staff", "overseer", "admin"]
POSTS = {(name, thing) for name, thing, methods, *_ in lines(OURS) if "POST" in methods}
# A letter that is thrown away lets go of the promises it was to bring.
LET_GO = {"followup": {"letter_id"}}
# What a partner asks for and their hub contact, or the hub as such, does: writing a letter, letting somebody in.
BY_THEIR_HOST = {"partners:ask_erasure", "partners:name_successor"}


def newest_lines(model):
    """pk → the newest line, of those that were not deleted."""
    newest = {line.id: line for line in model.history.order_by("history_id")}
    return {pk: line for pk, line in newest.items() if line.history_type != "-"}


def off_record():
    """(model, pk, field) wherever a row and its newest line differ."""
    for model in record.models():
        lines = newest_lines(model)
        rows = {row.pk: row for row in model._base_manager.all()}
        yield from ((model._meta.model_name, pk, "is there") for pk in rows.keys() ^ lines.keys())
        names = {field.attname for field in model.history.model.tracked_fields}
        names -= LET_GO.get(model._meta.model_name, set())
        for pk in rows.keys() & lines.keys():
            for name in names:
                if getattr(rows[pk], name) != getattr(lines[pk], name):
                    yield model._meta.model_name, pk, name


def last_lines():
    return {model: model.history.order_by("-pk").values_list("pk", flat=True).first() or 0 for model in record.models()}


@pytest.mark.parametrize(("name", "thing"), sorted(POSTS))
def test_what_anybody_does_is_on_record_with_their_name(site, name, thing):
    about = find(site.world, thing)
    url = address(name, ROUTES[name], about)
    before, last = set(off_record()), last_lines()

    for actor in ACTORS:
        with site.visit(actor, "POST", url, body(name, site.world, about, actor)):
            unsaid = set(off_record()) - before
            makers = {line.history_user for model in last for line in model.history.filter(pk__gt=last[model])}

        assert unsaid == set()
        host = {site.world.ana, None} if name in BY_THEIR_HOST else set()
        assert makers <= {site.world.actors[actor]} | host
