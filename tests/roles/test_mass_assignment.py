"""A form changes what it shows. Whatever else is sent along changes nothing."""

import pytest
from django.db import models

from tests.roles.bodies import body
from tests.site import address, find, patterns

pytestmark = pytest.mark.django_db

ROUTES = {name: route for name, route, _ in patterns()}
ORGANIZATION = {"name", "kind", "status", "region", "city", "state", "country", "time_zone", "latitude", "longitude"}
ORGANIZATION |= {"language", "website", "owner", "joined_on", "ended_on", "external_id"}
KEYS = {"name_key", "site_key"}  # follow from the name and the website
OWN_WORDS = {"source", "added_by", "said_by"}  # the sentence becomes the partner's own
CALL = {"state", "held_on", "caller", "channel", "minutes", "person", "work", "notes"}

# page, what it is about, whose row is looked at, as whom, and the fields that may change
FORMS = [
    ("accounts:profile", "-", "user", "partner", {"name", "phone", "time_zone"}),
    ("accounts:profile", "-", "ana", "staff", {"name", "phone", "time_zone", "languages"}),
    ("accounts:change_role", "ben", "ben", "overseer", {"role"}),
    ("partners:edit_details", "-", "lead", "partner", {"name", "title", "phone", "time_zone"}),
    (
        "partners:correct_organization",
        "-",
        "organization",
        "partner",
        {"website", "city", "state", "country", "time_zone", *KEYS},
    ),
    ("partners:edit", "organization", "organization", "staff", ORGANIZATION | KEYS),
    ("partners:edit_person", "colleague", "colleague", "staff", {"name", "title", "email", "phone", "time_zone"}),
    ("partners:edit_sentence", "strength", "strength", "partner", {"text", "reach", *OWN_WORDS}),
    ("partners:edit_sentence", "challenge", "challenge", "staff", {"text", "reach", "source", "said_on"}),
    ("library:edit", "resource", "resource", "staff", {"title", "kind", "link", "summary", "licence", "source"}),
    ("introductions:introduction", "introduction", "introduction", "staff", {"kind", "reason"}),
    ("outbox:edit", "draft", "draft", "staff", {"subject", "text", "html", "changed_at", "written_by"}),
    ("checkins:call", "pending", "pending", "staff", CALL),
    ("checkins:review", "owed", "owed", "staff", {"work", "notes"}),
    ("checkins:reschedule", "pending", "pending", "staff", {"due_on", "scheduled_at", "state", "by_hand"}),
    ("checkins:hand_over", "pending", "pending", "staff", {"caller", "by_hand"}),
    ("checkins:landed", "given", "given.delivery", "partner", {"landed", "landed_on"}),
]


def smuggled(field):
    """Another value than any row of the world has, of the right kind."""
    if field.choices:
        return field.choices[-1][0]
    if isinstance(field, models.ForeignKey):
        return field.related_model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    if isinstance(field, models.DateTimeField):
        return "2001-02-03T04:05"
    if isinstance(field, models.DateField):
        return "2001-02-03"
    if isinstance(field, models.BooleanField):
        return ""
    if isinstance(field, (models.IntegerField, models.FloatField)):
        return 7
    valid = {"email": "eve@example.org", "website": "https://eve.example.org/", "time_zone": "Asia/Tokyo"}
    return (valid | {"languages": "ja"}).get(field.name, "eve")


def row(thing):
    return type(thing)._base_manager.values().get(pk=thing.pk)


def others(thing):
    return list(type(thing)._base_manager.exclude(pk=thing.pk).order_by("pk").values())


@pytest.mark.parametrize(("name", "about", "changed", "actor", "allowed"), FORMS)
def test_a_form_changes_only_the_fields_it_shows(site, name, about, changed, actor, allowed):
    world = site.world
    about, (first, *rest) = find(world, about), changed.split(".")
    thing = find(world, first)
    for part in rest:
        thing = getattr(thing, part)
    fields = [field for field in thing._meta.concrete_fields if field.name not in {"id", *allowed}]
    sent = {key: smuggled(field) for field in fields for key in (field.name, field.attname)}
    sent |= {"id": 1, "pk": 1, "is_staff": "on", "is_superuser": "on", "version": 7} | body(name, world, about, actor)
    before, neighbours = row(thing), others(thing)

    with site.visit(actor, "POST", address(name, ROUTES[name], about), sent) as answer:
        after = row(thing)
        assert answer.status_code == 302
        assert others(thing) == neighbours

    different = {key for key, value in after.items() if value != before[key]}
    assert different, "nothing was sent that could change"
    assert different <= {thing._meta.get_field(field).attname for field in allowed}
