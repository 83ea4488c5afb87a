"""What each form is sent: always something that would be accepted, so that a refusal is the role's doing."""

from django.utils import timezone

from accounts.models import User
from accounts.record import version
from checkins.forms.board import months
from partners.importing import runs

TODAY = timezone.localdate
PLACE = {"kind": "museum", "status": "active", "region": "Northeast"}


def organization(world, organization):
    return {"name": "Another Name", **PLACE, "seen": version(organization)}


def call(world, checkin):
    return {
        "do": "finish",
        "outcome": "talked",
        "channel": "phone",
        "held_on": TODAY().isoformat(),
        "notes": "Typed by somebody.",
        "version": world.lakeshore.pending.draft.version,
        "client": "page",
        "sequence": 1,
    }


def trip(world, trip):
    when = {"starts_on": "2026-03-16", "ends_on": "2026-03-17", "radius_km": 80}
    return {"place": "Denver", "latitude": 39.7, "longitude": -105, **when}


def sentence(world, sentence):
    return {"text": "Other words.", "reach": "network", "source": "profile", "seen": version(sentence)}


def shares(world, thing):
    return {f"units-{caller.pk}": 1 for caller in User.objects.callers()}


BODIES = {
    "accounts:profile": lambda world, thing: {"name": "New Name", "seen": version(thing) if thing else 0},
    "accounts:theme": lambda world, thing: {"theme": "dark"},
    "accounts:invite": lambda world, thing: {"name": "New", "email": "new@hub.example.org", "role": "staff"},
    "accounts:change_role": lambda world, thing: {"role": "overseer"},
    "partners:edit_details": lambda world, thing: {"name": "New Name", "seen": version(world.lakeshore.lead)},
    "partners:correct_organization": lambda world, thing: {
        "city": "Salem",
        "seen": version(world.lakeshore.organization),
    },
    "partners:erase": lambda world, thing: {"name": thing.name},
    "partners:add": lambda world, thing: {"name": "A New Partner", **PLACE},
    "partners:import_check": lambda world, thing: {"column0": "name"},
    "partners:import_confirm": lambda world, thing: {"seen": runs.preview(world.run).fingerprint},
    "partners:choose_columns": lambda world, thing: {"query": "kind=other", "columns": ["tags"]},
    "partners:save_view": lambda world, thing: {"name": "New view"},
    "partners:edit_view": lambda world, thing: {"name": "New name"},
    "partners:keep_filters": lambda world, thing: {"query": "kind=museum"},
    "partners:change_many": lambda world, thing: {
        "which": "ticked",
        "pick": [world.lakeshore.organization.pk],
        "kind": "tag",
        "tag": "New tag",
        "count": 1,
        "once": "a form",
    },
    "partners:tell_apart": lambda world, thing: {
        "kind": "organization",
        "one": world.lakeshore.organization.pk,
        "other": world.harbor.organization.pk,
    },
    "partners:edit": organization,
    "partners:add_touchpoint": lambda world, thing: {"kind": "visit", "on": "2026-03-02"},
    "partners:name_successor": lambda world, thing: {"to": world.lakeshore.colleague.pk, "on": TODAY().isoformat()},
    "partners:hand_over": lambda world, thing: {"to": world.lakeshore.colleague.pk, "on": "2026-03-02"},
    "partners:add_person": lambda world, thing: {"name": "Somebody New"},
    "partners:edit_person": lambda world, thing: {"name": "New Name", "seen": version(thing)},
    "partners:add_sentence": lambda world, thing: {"text": "New words.", "reach": "network", "source": "profile"},
    "partners:edit_sentence": sentence,
    "checkins:log_past": lambda world, thing: {"held_on": "2026-03-02", "channel": "phone"},
    "checkins:draft": call,
    "checkins:call": call,
    "checkins:attach": lambda world, thing: {"attach": "support", "text": "Read their plan"},
    "checkins:review": lambda world, thing: {"notes": "Corrected.", "seen": version(thing)},
    "checkins:reschedule": lambda world, thing: {"due_on": "2027-01-15", "seen": version(thing)},
    "checkins:hand_over": lambda world, thing: {"to": world.ben.pk, "reason": "Holidays", "seen": version(thing)},
    "checkins:assign": lambda world, thing: {
        "organizations": [world.pier.pk],
        "caller": world.ben.pk,
        "by": next(months(TODAY()))[0],
    },
    "checkins:plan_start": shares,
    "checkins:leave": lambda world, thing: {"caller": world.ben.pk, "starts_on": "2027-07-05", "ends_on": "2027-07-16"},
    "checkins:trips": trip,
    "checkins:edit_trip": trip,
    "checkins:give": lambda world, thing: {"given_on": "2026-03-20", "note": "by phone"},
    "checkins:landed": lambda world, thing: {"landed": "yes"},
    "library:add": lambda world, thing: {"title": "New tool", "kind": "tool", "link": "https://tool.example.org/"},
    "library:edit": lambda world, thing: {
        "title": "New title",
        "kind": "tool",
        "link": "https://tool.example.org/",
        "seen": version(thing),
    },
    "introductions:introduction": lambda world, thing: {
        "kind": "together",
        "reason": "Because.",
        "seen": version(thing),
    },
    "outbox:edit": lambda world, thing: {"subject": "New", "text": "Other words.", "version": thing.version},
    "outbox:approve": lambda world, thing: {"version": thing.version},
    "account_request_login_code": lambda world, thing: {"email": "ana@hub.example.org"},
    "account_login": lambda world, thing: {"login": "ana@hub.example.org", "password": "not the password"},
    "account_signup": lambda world, thing: {"email": "new@example.org", "password1": "a long enough phrase"},
    "account_reset_password": lambda world, thing: {"email": "ana@hub.example.org"},
    "account_email": lambda world, thing: {"action_add": "", "email": "second@example.org"},
}


def body(name, world, thing, actor=None):
    """A page about nothing in particular is about whoever opens it."""
    return BODIES[name](world, thing or world.actors.get(actor)) if name in BODIES else {}
