from datetime import date

import pytest
from django.forms import model_to_dict

import accounts.actions
from partners import actions
from partners.models import Organization, Person, Tag, Touchpoint
from tests.factories import IntrapreneurFactory, OrganizationFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

HUB_PAGES = [
    "edit/",
    "people/add/",
    "intrapreneur/",
    "touchpoints/add/",
    "timeline/",
]


def filled(thing, **changes):
    """What a browser would send back from the edit form of a thing."""
    data = {name: value for name, value in model_to_dict(thing).items() if value is not None and name != "tags"}
    tags = ", ".join(tag.name for tag in thing.tags.all()) if isinstance(thing, Organization) else ""
    return {**data, "tag_names": tags, "seen": actions.version(thing), **changes}


@pytest.mark.parametrize("page", HUB_PAGES)
def test_strangers_sign_in_first(client, page):
    assert client.get(f"{OrganizationFactory().get_absolute_url()}{page}").status_code == 302


@pytest.mark.parametrize("page", HUB_PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_partners_do_not_edit_records_not_even_their_own(sign_in, partner, page, method):
    own = partner.person.organization

    answer = getattr(sign_in(partner), method)(f"{own.get_absolute_url()}{page}", {"name": "Pwned"})

    assert answer.status_code == (405 if (method, page) == ("post", "timeline/") else 403)
    assert not Person.objects.filter(name="Pwned").exists()


def test_an_edit_is_saved_and_the_old_name_kept(sign_in, staff):
    lake = actions.add_organization(name="Lake", by=staff)

    answer = sign_in(staff).post(
        f"{lake.get_absolute_url()}edit/", filled(lake, name="Lake Lab", city="Akron", tag_names="STEM, rural,STEM")
    )

    assert answer.headers["Location"] == "/partners/lake/"
    lake.refresh_from_db()
    assert (lake.name, lake.city, {tag.name for tag in lake.tags.all()}) == ("Lake Lab", "Akron", {"STEM", "rural"})
    assert [old.name for old in lake.previous_names.all()] == ["Lake"]
    assert {line.history_user for line in lake.history.all()} == {staff}


def test_two_people_editing_at_once_lose_nothing(sign_in, staff, overseer):
    lake = actions.add_organization(name="Lake", by=staff)
    mine = filled(lake, city="Akron", region="Midwest")
    actions.edit(lake, {"city": "Chicago", "state": "IL"}, seen=actions.version(lake), by=overseer)

    answer = sign_in(staff).post(f"{lake.get_absolute_url()}edit/", mine)

    text = answer.content.decode()
    assert "Olu Overseer saved this" in text
    assert [(row.label, row.on_record, row.yours) for row in answer.context["form"].differences] == [
        ("Region", "", "Midwest"),
        ("City", "Chicago", "Akron"),
    ]
    assert 'value="IL"' in text
    lake.refresh_from_db()
    assert (lake.city, lake.region) == ("Chicago", "")

    form = answer.context["form"]
    sign_in(staff).post(f"{lake.get_absolute_url()}edit/", {name: form[name].value() or "" for name in form.fields})

    lake.refresh_from_db()
    assert (lake.city, lake.state, lake.region) == ("Akron", "IL", "Midwest")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "?!"}, "A name needs a letter or a digit."),
        ({"name": "the RIVER"}, "“River” is already here."),
        ({"latitude": "41"}, "Give both latitude"),
        ({"latitude": "91", "longitude": "0"}, "less than or equal to 90"),
        ({"ended_on": "2025-01-01"}, "An end date goes with the status alumni."),
        ({"joined_on": "9999-12-31"}, "Choose a day between 1990 and 2100."),
        ({"time_zone": "Mars/Base"}, "is not a time zone we know"),
        ({"language": "xx"}, "xx is not one of the available choices"),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"tag_names": "x" * 81}, "A tag has at most 80 characters."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_kept_on_screen(sign_in, staff, changes, sentence):
    OrganizationFactory(name="River")
    lake = actions.add_organization(name="Lake", by=staff)

    answer = sign_in(staff).post(f"{lake.get_absolute_url()}edit/", filled(lake, **changes))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    lake.refresh_from_db()
    assert (lake.name, lake.website, lake.latitude) == ("Lake", "", None)


def test_only_the_fields_of_the_form_are_written(sign_in, staff):
    lake = actions.add_organization(name="Lake", by=staff)

    sign_in(staff).post(
        f"{lake.get_absolute_url()}edit/",
        filled(lake, slug="pwned", site_key="pwned", created_at="2001-01-01", id="999", name_key="x"),
    )

    now = Organization.objects.get()
    assert (now.pk, now.slug, now.site_key, now.name_key) == (lake.pk, "lake", "", "lake")


def test_a_partner_is_added_with_a_page_of_its_own(sign_in, staff):
    answer = sign_in(staff).post(
        "/partners/add/", {"name": "Lake", "kind": "museum", "status": "active", "website": "lake.example.org"}
    )

    assert answer.headers["Location"] == "/partners/lake/"
    assert Organization.objects.get().website == "https://lake.example.org"


@pytest.mark.parametrize("known", [{"website": "https://www.lake.example.org/"}, {"name": "Old Lake"}])
def test_a_possible_duplicate_is_shown_before_it_is_added(sign_in, staff, known):
    there = OrganizationFactory(**{"name": "Lake", **known})
    actions.rename(there, name="Shore", by=staff)
    client = sign_in(staff)
    data = {"name": "Old Lake", "kind": "museum", "status": "active", "website": "https://lake.example.org"}

    first = client.post("/partners/add/", data)

    assert f'href="{there.get_absolute_url()}">Shore</a>' in first.content.decode()
    assert Organization.objects.count() == 1
    assert client.post("/partners/add/", {**data, "really_new": "on"}).status_code == 302
    assert Organization.objects.count() == 2


def test_the_warning_comes_while_the_name_is_typed(sign_in, staff):
    OrganizationFactory(name="Lake")

    answer = sign_in(staff).get("/partners/add/", {"name": "The LAKE"}, headers={"HX-Request": "true"})

    assert b"Already here?" in answer.content


def test_a_person_is_added_and_repaired(sign_in, staff):
    lake = OrganizationFactory(slug="lake")
    client = sign_in(staff)

    client.post("/partners/lake/people/add/", {"name": "Ivo", "email": "ivo@lake.example.org"})
    ivo = Person.objects.get()
    client.post(f"/partners/lake/people/{ivo.pk}/", filled(ivo, title="Dean", organization=999, user=staff.pk))

    ivo.refresh_from_db()
    assert (ivo.organization, ivo.name, ivo.title, ivo.user) == (lake, "Ivo", "Dean", None)


def test_an_address_is_one_persons(sign_in, staff):
    PersonFactory(email="ivo@lake.example.org")
    lake = OrganizationFactory()

    answer = sign_in(staff).post(
        f"{lake.get_absolute_url()}people/add/", {"name": "Eve", "email": "IVO@lake.example.org"}
    )

    assert "Someone else here has this email address." in answer.content.decode()


def test_a_person_is_found_only_at_their_own_organization(sign_in, staff):
    person = PersonFactory()

    assert sign_in(staff).get(f"{OrganizationFactory().get_absolute_url()}people/{person.pk}/").status_code == 404


def test_a_person_is_invited_once_and_linked(sign_in, staff):
    person = PersonFactory(email="Ivo@lake.example.org")
    url = f"{person.organization.get_absolute_url()}people/{person.pk}/invite/"

    for _ in range(2):
        answer = sign_in(staff).post(url)

    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.user.email, person.user.role) == ("ivo@lake.example.org", "partner")


def test_a_repaired_address_links_the_account_that_waits_for_it(sign_in, staff):
    user = UserFactory(partner=True, email="ivo@lake.example.org")
    person = PersonFactory(email="wrong@lake.example.org")

    sign_in(staff).post(
        f"{person.organization.get_absolute_url()}people/{person.pk}/", filled(person, email="Ivo@lake.example.org")
    )

    person.refresh_from_db()
    assert person.user == user


def test_whoever_is_invited_by_address_alone_is_linked_to_their_person(staff):
    person = PersonFactory(email="Ivo@lake.example.org")
    PersonFactory(email="ana@lake.example.org", left_on=date(2025, 1, 1))

    for email in ("ivo@lake.example.org", "ana@lake.example.org"):
        accounts.actions.invite(email, role="partner", name="", by=staff)

    assert [linked.email for linked in Person.objects.filter(user__isnull=False)] == [person.email]


@pytest.mark.parametrize("whose", ["hub", "colleague"])
def test_nobody_is_linked_to_somebody_elses_account(sign_in, staff, whose):
    if whose == "hub":
        UserFactory(email="ivo@lake.example.org")
    else:
        PersonFactory(user=UserFactory(partner=True, email="ivo@lake.example.org"), email="other@lake.example.org")
    person = PersonFactory(email="ivo@lake.example.org")

    answer = sign_in(staff).post(f"{person.organization.get_absolute_url()}people/{person.pk}/invite/", follow=True)

    assert "This address belongs to another account." in answer.content.decode()
    person.refresh_from_db()
    assert person.user is None


def test_someone_is_marked_as_left_but_not_the_intrapreneur(sign_in, staff):
    role = IntrapreneurFactory()
    ben = PersonFactory(organization=role.organization)
    people = f"{role.organization.get_absolute_url()}people/"
    client = sign_in(staff)

    client.post(f"{people}{ben.pk}/left/")
    answer = client.post(f"{people}{role.person.pk}/left/", follow=True)

    assert "Hand over to someone else first." in answer.content.decode()
    assert set(Person.objects.still_there()) == {role.person}


def test_the_role_is_handed_over_to_a_colleague(sign_in, staff):
    role = IntrapreneurFactory()
    ben = PersonFactory(organization=role.organization)

    answer = sign_in(staff).post(
        f"{role.organization.get_absolute_url()}intrapreneur/", {"to": ben.pk, "on": "2026-03-01", "note": "New job."}
    )

    assert answer.status_code == 302
    assert [current.person for current in role.organization.intrapreneurs.current()] == [ben]


def test_the_role_is_handed_over_to_someone_new(sign_in, staff):
    role = IntrapreneurFactory()

    sign_in(staff).post(
        f"{role.organization.get_absolute_url()}intrapreneur/",
        {"name": "Eve", "email": "eve@lake.example.org", "on": "2026-03-01"},
    )

    assert [current.person.name for current in role.organization.intrapreneurs.current()] == ["Eve"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose a colleague, or write the name of someone new."),
        ({"name": "Eve", "on": "1995-01-01"}, "the handover cannot be before that day"),
        ({"name": "Eve", "email": "taken@lake.example.org"}, "Choose them from the list instead."),
        ({"to": "999"}, "Select a valid choice."),
    ],
)
def test_a_handover_that_cannot_be_changes_nothing(sign_in, staff, data, sentence):
    role = IntrapreneurFactory(person__email="taken@lake.example.org")

    answer = sign_in(staff).post(f"{role.organization.get_absolute_url()}intrapreneur/", {"on": "2026-03-01", **data})

    assert sentence in answer.content.decode()
    assert list(role.organization.intrapreneurs.all()) == [role]
    assert Person.objects.count() == 1


def test_a_touchpoint_is_added(sign_in, staff):
    lake = OrganizationFactory()

    sign_in(staff).post(
        f"{lake.get_absolute_url()}touchpoints/add/", {"kind": "visit", "on": "2026-03-01", "summary": "Saw the lab."}
    )

    touch = Touchpoint.objects.get()
    assert (touch.organization, touch.kind, touch.summary, touch.logged_by) == (lake, "visit", "Saw the lab.", staff)


@pytest.mark.parametrize("data", [{"kind": "call"}, {"on": "2090-01-01"}, {"on": "0001-01-01"}, {"person": "10" * 20}])
def test_a_touchpoint_that_cannot_be_is_refused(sign_in, staff, data):
    lake = OrganizationFactory()

    answer = sign_in(staff).post(
        f"{lake.get_absolute_url()}touchpoints/add/", {"kind": "visit", "on": "2026-03-01", **data}
    )

    assert answer.status_code == 200
    assert not Touchpoint.objects.exists()


def test_tags_are_kept_when_nothing_about_them_was_typed(sign_in, staff):
    lake = actions.add_organization(name="Lake", by=staff, tags=[Tag.objects.create(name="STEM")])

    sign_in(staff).post(f"{lake.get_absolute_url()}edit/", filled(lake, city="Akron"))

    lake.refresh_from_db()
    assert (lake.city, [tag.name for tag in lake.tags.all()]) == ("Akron", ["STEM"])
