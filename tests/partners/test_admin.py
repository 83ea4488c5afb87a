from datetime import date

import pytest
from django.urls import reverse

from accounts.record import version
from partners.models import Intrapreneur, Organization, Person, PreviousName, Strength, Synonym, Touchpoint
from tests.factories import (
    ChallengeFactory,
    IntrapreneurFactory,
    OrganizationFactory,
    PersonFactory,
    StrengthFactory,
    TopicFactory,
    TouchpointFactory,
)

pytestmark = pytest.mark.django_db

LISTS = [
    "challenge",
    "columnmapping",
    "importrun",
    "intrapreneur",
    "organization",
    "person",
    "strength",
    "tag",
    "topic",
    "touchpoint",
]


@pytest.fixture
def admin(sign_in, admin_user):
    return sign_in(admin_user)


def page(model, verb="changelist", *args):
    return reverse(f"admin:partners_{model}_{verb}", args=args)


def rows(prefix, *forms, existing=0):
    """The fields of an admin inline."""
    data = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": existing}
    return data | {f"{prefix}-{i}-{name}": value for i, form in enumerate(forms) for name, value in form.items()}


ORGANIZATION = {"kind": "museum", "status": "active", "name": "Lake"} | rows("intrapreneurs") | rows("previous_names")


@pytest.mark.parametrize("model", LISTS)
def test_every_list_opens_and_searches(admin, model):
    for query in ("", "?q=lake"):
        assert admin.get(page(model) + query).status_code == 200


@pytest.mark.parametrize("model", LISTS)
def test_the_admin_is_no_ones_but_the_admins(sign_in, staff, partner, model):
    assert [sign_in(user).get(page(model)).status_code for user in (staff, partner)] == [302, 302]


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(
    ("model", "factory", "queries"),
    [
        ("organization", OrganizationFactory, 7),
        ("person", PersonFactory, 5),
        ("intrapreneur", IntrapreneurFactory, 7),
        ("challenge", ChallengeFactory, 7),
        ("touchpoint", TouchpointFactory, 8),
    ],
)
def test_a_list_costs_the_same_however_long_it_is(admin, django_assert_num_queries, model, factory, queries, count):
    factory.create_batch(count)

    with django_assert_num_queries(queries):
        admin.get(page(model))


def test_adding_a_role_is_a_handover(admin):
    old = IntrapreneurFactory()
    ben = PersonFactory(organization=old.organization)

    admin.post(
        page("intrapreneur", "add"),
        {"organization": old.organization.pk, "person": ben.pk, "started_on": "2026-03-01", "note": "New job."},
    )

    assert [role.person for role in Intrapreneur.objects.current()] == [ben]
    old.refresh_from_db()
    assert old.ended_on == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("to", "on", "sentence"),
    [
        ("same", "2026-03-01", "is the intrapreneur already."),
        ("stranger", "2026-03-01", "is not at"),
        ("colleague", "2001-01-01", "cannot be before that day"),
    ],
)
def test_a_second_current_intrapreneur_is_refused_with_a_sentence(admin, to, on, sentence):
    old = IntrapreneurFactory()
    people = {
        "same": old.person,
        "stranger": PersonFactory(),
        "colleague": PersonFactory(organization=old.organization),
    }

    answer = admin.post(
        page("intrapreneur", "add"),
        {"organization": old.organization.pk, "person": people[to].pk, "started_on": on, "note": ""},
    )

    assert sentence in answer.content.decode()
    assert list(Intrapreneur.objects.all()) == [old]


def test_roles_are_neither_rewritten_nor_deleted(admin):
    role = IntrapreneurFactory()
    other = PersonFactory()

    admin.post(
        page("intrapreneur", "change", role.pk),
        {"person": other.pk, "organization": other.organization.pk, "ended_on": "2026-01-01", "note": "Typed."}
        | {"seen": version(role)},
    )

    assert admin.post(page("intrapreneur", "delete", role.pk), {"post": "yes"}).status_code == 403
    now = Intrapreneur.objects.get()
    assert (now.person, now.organization, now.ended_on, now.note) == (role.person, role.organization, None, "Typed.")


def test_an_organization_gets_its_address_and_keeps_its_old_name(admin):
    admin.post(page("organization", "add"), ORGANIZATION)
    lake = Organization.objects.get()

    admin.post(page("organization", "change", lake.pk), ORGANIZATION | {"name": "Shore", "seen": version(lake)})

    lake.refresh_from_db()
    assert (lake.name, lake.slug) == ("Shore", "lake")
    assert [old.name for old in PreviousName.objects.all()] == ["Lake"]


def test_a_taken_name_is_refused_with_a_sentence(admin):
    OrganizationFactory(name="The LAKE")

    answer = admin.post(page("organization", "add"), ORGANIZATION)

    assert "is already here." in answer.content.decode()


def test_the_same_previous_name_twice_is_refused_with_a_sentence(admin):
    twice = rows("previous_names", {"name": "Old Lake"}, {"name": "old  LAKE"})

    answer = admin.post(page("organization", "add"), ORGANIZATION | twice)

    assert "The same name stands here twice." in answer.content.decode()
    assert not Organization.objects.exists()


def test_synonyms_are_kept_with_their_topic(admin):
    topic = TopicFactory()
    data = {"name": topic.name, "slug": topic.slug, "seen": version(topic)}

    admin.post(page("topic", "change", topic.pk), data | rows("synonyms", {"name": "tutoring"}))
    answer = admin.post(page("topic", "add"), {"name": "x", "slug": "x"} | rows("synonyms", {"name": "Tutoring"}))

    assert "Another topic has this synonym." in answer.content.decode()
    assert Synonym.objects.get().topic == topic


def test_people_are_invited_and_marked_as_left_by_the_same_rules(admin):
    lead = IntrapreneurFactory().person
    ben = PersonFactory(organization=lead.organization)
    chosen = {"_selected_action": [lead.pk, ben.pk]}

    admin.post(page("person"), chosen | {"action": "invite"})
    answer = admin.post(page("person"), chosen | {"action": "mark_left"}, follow=True)

    assert "1 of 2 marked as left." in answer.content.decode()
    assert set(Person.objects.still_there()) == {lead}
    assert Person.objects.filter(user__role="partner").count() == 2


def test_what_decides_about_a_person_is_not_typed(admin, staff):
    person = PersonFactory()

    admin.post(
        page("person", "change", person.pk),
        {"name": "Ivo", "user": staff.pk, "left_on": "2026-01-01", "organization": OrganizationFactory().pk}
        | {"seen": version(person)},
    )

    now = Person.objects.get()
    assert (now.name, now.user, now.left_on) == ("Ivo", None, None)


def test_another_organization_is_a_move_unless_they_lead_the_work(admin):
    person, riverside = PersonFactory(), OrganizationFactory()
    lead = IntrapreneurFactory().person
    for one in (person, lead):
        facts = {"name": one.name, "email": one.email, "organization": riverside.pk, "seen": version(one)}
        answer = admin.post(page("person", "change", one.pk), facts)

    assert "Hand over to someone else first." in answer.content.decode()
    assert [place.organization for place in person.affiliations.all()] == [person.organization]
    assert set(riverside.people.all()) == {person}


def test_sentences_are_withdrawn_and_brought_back(admin):
    strength = StrengthFactory()
    chosen = {"_selected_action": [strength.pk]}

    admin.post(page("strength"), chosen | {"action": "withdraw"})
    withdrawn = Strength.objects.current().count()
    admin.post(page("strength"), chosen | {"action": "restore"})

    assert (withdrawn, Strength.objects.current().count()) == (0, 1)


def test_a_sentence_said_twice_is_refused_with_a_sentence(admin):
    strength = StrengthFactory(text="We keep mentors.")

    answer = admin.post(
        page("strength", "add"),
        {
            "organization": strength.organization.pk,
            "text": "We keep mentors.",
            "source": "call",
            "reach": "match",
            "said_on": "2026-03-01",
        },
    )

    assert "The same sentence is already on the record." in answer.content.decode()


def test_a_call_is_not_logged_as_a_touchpoint(admin):
    organization = OrganizationFactory()
    data = {"organization": organization.pk, "happened_on": "2026-03-01"}

    answer = admin.post(page("touchpoint", "add"), data | {"kind": "call"})
    admin.post(page("touchpoint", "add"), data | {"kind": "visit"})

    assert "is not one of the available choices" in answer.content.decode()
    assert [touch.kind for touch in Touchpoint.objects.all()] == ["visit"]
