"""Somebody goes on to another partner: history stays with the organization, relationships go with the person."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from introductions import actions as introductions
from outbox.models import Letter
from partners import actions, timeline
from partners.models import Affiliation, Challenge, Organization, Person
from tests.factories import ChallengeFactory, CheckInFactory, IntrapreneurFactory, OrganizationFactory, PersonFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def riverside():
    return OrganizationFactory(name="Riverside STEM Alliance")


@pytest.fixture
def dana(partner):
    """Somebody else leads the work at Lakeshore now."""
    person = partner.person
    actions.hand_over(person.organization, to=PersonFactory(organization=person.organization))
    return person


def titles(organization, user):
    return [entry.title for entry in timeline.entries(organization, user=user, kinds={"handover", "introduction"})]


def test_history_stays_and_relationships_go_along(dana, riverside, staff):
    lakeshore = dana.organization
    call = CheckInFactory(organization=lakeshore, person=dana, held=True)
    sentence = ChallengeFactory(organization=lakeshore, said_by=dana)
    introduction = introductions.draft(lakeshore, OrganizationFactory(name="Delta College"), by=staff)
    introduction.parties.filter(organization=lakeshore).update(person=dana)

    assert actions.move_person(dana, to=riverside, by=staff, on=date(2026, 3, 2), title="Director")
    assert not actions.move_person(dana, to=riverside, by=staff)

    for thing in (dana, call, sentence):
        thing.refresh_from_db()
    assert (dana.organization, dana.title, call.organization, sentence.organization) == (
        riverside,
        "Director",
        lakeshore,
        lakeshore,
    )
    assert (call.person, sentence.said_by) == (dana, dana)
    assert [str(place) for place in Affiliation.objects.all()] == [f"{dana} at {lakeshore}, until 2026-03-02"]
    assert f"{dana} moved to Riverside STEM Alliance" in titles(lakeshore, staff)
    assert f"{dana} came from Lakeshore Science Center" in titles(riverside, staff)
    for place in (lakeshore, riverside):
        assert any("Delta College" in title for title in titles(place, staff))


def test_what_their_sign_in_shows_is_the_new_place_alone(dana, partner, riverside, staff, sign_in):
    lakeshore = dana.organization
    told, _ = actions.say(Challenge, lakeshore, text="Mentors leave.", source="call", by=partner)
    assert told in Challenge.objects.visible_to(partner)

    actions.move_person(dana, to=riverside, by=staff)

    assert list(Organization.objects.of(partner)) == [riverside]
    assert told not in Challenge.objects.visible_to(partner)
    home = sign_in(partner).get(reverse("partners:home")).content.decode()
    assert ("Riverside STEM Alliance" in home, "Lakeshore" in home) == (True, False)


def test_a_station_between_two_others_is_shown_on_all_three(dana, riverside, staff):
    lakeshore, delta = dana.organization, OrganizationFactory(name="Delta College")
    actions.move_person(dana, to=riverside, by=staff, on=date(2025, 3, 2))
    actions.move_person(dana, to=delta, by=staff, on=date(2026, 3, 2))

    assert [title for title in titles(lakeshore, staff) if "moved" in title] == [f"{dana} moved to {riverside}"]
    assert titles(riverside, staff) == [f"{dana} moved to Delta College", f"{dana} came from {lakeshore}"]
    assert titles(delta, staff) == [f"{dana} came from {riverside}"]


def test_whoever_leads_the_work_or_is_named_to_stays_until_that_is_settled(partner, riverside, staff):
    dana = partner.person
    with pytest.raises(ValidationError, match="Hand over to someone else first"):
        actions.move_person(dana, to=riverside, by=staff)
    ben = PersonFactory(organization=dana.organization)
    actions.name_successor(dana.organization, successor=ben, on=TODAY.replace(year=TODAY.year + 1), by=staff)

    with pytest.raises(ValidationError, match="is named to lead the work"):
        actions.move_person(ben, to=riverside, by=staff)

    assert not Affiliation.objects.exists()


def test_somebody_who_had_left_signs_in_again_at_the_new_place(dana, partner, riverside, staff):
    actions.mark_left(dana, by=staff, on=date(2026, 1, 5))
    partner.refresh_from_db()
    assert not partner.is_active

    actions.move_person(dana, to=riverside, by=staff)

    partner.refresh_from_db()
    assert (partner.is_active, Affiliation.objects.get().ended_on) == (True, date(2026, 1, 5))
    assert Letter.objects.get().to_email == partner.email


def test_who_asked_to_be_erased_goes_nowhere(riverside, staff):
    gone = PersonFactory(email="", erased_on=TODAY)

    with pytest.raises(ValidationError, match="asked to be erased"):
        actions.move_person(gone, to=riverside, by=staff)


def test_the_partner_is_chosen_by_search_and_the_person_moves(dana, riverside, staff, sign_in):
    client, page = sign_in(staff), reverse("partners:move_person", args=[dana.organization.slug, dana.pk])

    assert f"?to={riverside.pk}" in client.get(page, {"q": "riverside"}).content.decode()
    assert "No partner matches" in client.get(page, {"q": "zzz", "to": "²"}).content.decode()
    assert f"They work at {riverside} now" in client.get(page, {"to": riverside.pk}).content.decode()
    answer = client.post(f"{page}?to={riverside.pk}", {"on": TODAY, "title": "Director"}, follow=True)

    assert answer.redirect_chain[-1][0].startswith(riverside.get_absolute_url())
    assert Person.objects.get(pk=dana.pk).organization == riverside


def test_why_somebody_cannot_move_is_said_on_the_page(riverside, staff, sign_in):
    dana = IntrapreneurFactory().person
    page = reverse("partners:move_person", args=[dana.organization.slug, dana.pk])

    answer = sign_in(staff).post(f"{page}?to={riverside.pk}", {"on": TODAY})

    assert "Hand over to someone else first." in answer.content.decode()
