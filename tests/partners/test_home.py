import pytest

from partners.models import Person
from tests.factories import ChallengeFactory, PersonFactory, StrengthFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGES = ["/home/", "/home/details/", "/home/organization/"]


@pytest.mark.parametrize("page", PAGES)
def test_strangers_sign_in_first(client, page):
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_the_hub_has_another_home(sign_in, staff, page):
    assert sign_in(staff).get(page).status_code == 403


def test_partners_find_their_tasks_words_and_hub_contact(sign_in, partner):
    StrengthFactory(organization=partner.person.organization, text="We keep mentors.")

    answer = sign_in(partner).get("/home/")

    text = answer.content.decode()
    assert [(title, done) for title, _, done in answer.context["tasks"]] == [
        ("Check your details", False),
        ("Your strengths", True),
        ("What is hard right now", False),
    ]
    for words in ("Hello Dana", "1 of 3 done", "We keep mentors.", "mailto:ana@hub.example.org"):
        assert words in text


def test_partners_hear_how_many_notes_the_hub_keeps_but_not_which(sign_in, partner, staff):
    lakeshore = partner.person.organization
    for number, reach in enumerate(["staff", "match", "network"]):
        ChallengeFactory(organization=lakeshore, reach=reach, text=f"Secret {number}.", added_by=staff)
    ChallengeFactory(organization=lakeshore, reach="match", text="My own words.", added_by=partner)
    ChallengeFactory(reach="network", text="Somebody else.")

    text = sign_in(partner).get("/home/").content.decode()

    assert "The hub also keeps 2 notes from talking with you" in text
    shown = [words for words in ("Secret 0", "Secret 1", "Secret 2", "My own words", "Somebody else") if words in text]
    assert shown == ["Secret 2", "My own words"]


def test_an_account_without_a_person_gets_a_friendly_page(sign_in):
    user = UserFactory(partner=True, email="new@lake.example.org")
    client = sign_in(user)

    assert "we do not know yet which partner you work for" in client.get("/home/").content.decode()
    assert client.get("/home/details/").status_code == 404
    assert client.get("/home/organization/").status_code == 404


def test_someone_who_left_has_no_organization_here_any_more(sign_in, partner):
    Person.objects.filter(user=partner).update(left_on="2026-01-01")

    answer = sign_in(partner).get("/home/")

    assert "which partner you work for" in answer.content.decode()


def test_partners_correct_their_own_details_and_nothing_else(sign_in, partner):
    dana = partner.person
    colleague = PersonFactory(organization=dana.organization, name="Ben")

    sign_in(partner).post(
        "/home/details/",
        {
            "name": "Dana W.",
            "title": "Director",
            "phone": "+1 555 0100",
            "time_zone": "America/Chicago",
            "email": "pwned@example.org",
            "organization": "999",
            "user": "999",
            "left_on": "2026-01-01",
            "pk": colleague.pk,
            "seen": dana.history.first().pk,
        },
    )

    dana.refresh_from_db()
    colleague.refresh_from_db()
    assert (dana.name, dana.title, dana.phone, dana.time_zone) == (
        "Dana W.",
        "Director",
        "+1 555 0100",
        "America/Chicago",
    )
    assert (dana.email, dana.user, dana.left_on, colleague.name) == (partner.email, partner, None, "Ben")
    assert dana.history.first().history_user == partner


def test_partners_correct_website_and_place_of_their_organization_and_nothing_else(sign_in, partner):
    lakeshore = partner.person.organization

    sign_in(partner).post(
        "/home/organization/",
        {
            "website": "lakeshore.example.org",
            "city": "Chicago",
            "name": "Pwned",
            "status": "alumni",
            "kind": "funder",
            "owner": partner.pk,
            "region": "Pwned",
            "external_id": "Pwned",
            "tag_names": "Pwned",
            "slug": "pwned",
            "seen": lakeshore.history.first().pk,
        },
    )

    owner = lakeshore.owner
    lakeshore.refresh_from_db()
    assert (lakeshore.website, lakeshore.city) == ("https://lakeshore.example.org", "Chicago")
    assert (lakeshore.name, lakeshore.status, lakeshore.kind, lakeshore.region, lakeshore.owner) == (
        "Lakeshore Science Center",
        "active",
        "other",
        "",
        owner,
    )
    assert (lakeshore.slug, lakeshore.external_id, lakeshore.tags.count()) == ("lakeshore-science-center", "", 0)


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_costs_the_same_however_much_was_said(sign_in, partner, django_assert_num_queries, count):
    client = sign_in(partner)
    StrengthFactory.create_batch(count, organization=partner.person.organization)
    ChallengeFactory.create_batch(count, organization=partner.person.organization)

    with django_assert_num_queries(11):
        client.get("/home/")
