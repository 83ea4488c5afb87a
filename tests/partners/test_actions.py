from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from partners import actions
from partners.actions import people
from partners.models import Challenge, Intrapreneur, Organization, PreviousName, Strength, Touchpoint
from tests.factories import (
    ChallengeFactory,
    IntrapreneurFactory,
    OrganizationFactory,
    PersonFactory,
    StrengthFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_what_is_told_on_a_call_is_told_in_confidence(staff):
    organization = OrganizationFactory()

    heard, _ = actions.say(Challenge, organization, text="Mentors leave.", source="call", by=staff)
    written, _ = actions.say(Challenge, organization, text="Rooms are small.", source="profile", by=staff)

    assert (heard.reach, written.reach) == ("match", "network")


def test_saying_it_twice_says_it_once(staff):
    organization = OrganizationFactory()
    topic = TopicFactory()

    first = actions.say(Strength, organization, text="We keep  mentors.", source="call", by=staff)
    second = actions.say(Strength, organization, text=" We keep mentors. ", source="survey", by=staff, topics=[topic])

    assert (first[1], second[1]) == (True, False)
    assert first[0] == second[0]
    assert list(second[0].topics.all()) == [topic]
    assert second[0].reach == "match"


def test_a_partner_who_says_what_the_hub_noted_in_confidence_reads_their_own_words(partner, staff):
    lakeshore = partner.person.organization
    noted, _ = actions.say(Challenge, lakeshore, text="Mentors leave.", source="call", by=staff)
    assert noted not in Challenge.objects.visible_to(partner)

    said, created = actions.say(Challenge, lakeshore, text="Mentors leave.", source="profile", by=partner)

    assert (said.pk, created) == (noted.pk, False)
    assert list(Challenge.objects.visible_to(partner)) == [noted]
    assert said.added_by == partner


def test_a_withdrawn_sentence_comes_back_as_it_was(staff):
    strength = StrengthFactory(text="We keep mentors.")

    assert actions.withdraw(strength, by=staff)
    assert not actions.withdraw(strength, by=staff)
    assert not Strength.objects.current().exists()
    assert actions.restore(strength, by=staff)
    assert not actions.restore(strength, by=staff)

    assert [str(sentence) for sentence in Strength.objects.current()] == ["We keep mentors."]
    assert [line.history_user for line in strength.history.all()] == [staff, staff, None]


def test_undo_after_the_same_was_said_again_changes_nothing(staff):
    challenge = ChallengeFactory(text="Mentors leave.")
    actions.withdraw(challenge, by=staff)
    again, created = actions.say(Challenge, challenge.organization, text="Mentors leave.", source="profile", by=staff)

    assert created
    assert not actions.restore(challenge, by=staff)

    assert list(Challenge.objects.current()) == [again]


def test_a_handover_ends_one_role_and_starts_the_next(staff):
    old = IntrapreneurFactory(person__name="Dana", started_on=date(2024, 1, 15))
    ben = PersonFactory(organization=old.organization, name="Ben")

    actions.hand_over(old.organization, to=ben, by=staff, on=date(2025, 9, 1), note="Dana moved to the board.")
    actions.hand_over(old.organization, to=ben, by=staff, on=date(2025, 9, 2))

    assert list(Intrapreneur.objects.values_list("person__name", "started_on", "ended_on", "note")) == [
        ("Ben", date(2025, 9, 1), None, "Dana moved to the board."),
        ("Dana", date(2024, 1, 15), date(2025, 9, 1), ""),
    ]


def test_two_current_intrapreneurs_are_refused_by_the_database():
    role = IntrapreneurFactory()

    with pytest.raises(IntegrityError):
        IntrapreneurFactory(person=PersonFactory(organization=role.organization))


def test_a_handover_raced_by_another_to_the_same_person_happens_once(staff, monkeypatch):
    old = IntrapreneurFactory()
    ben = PersonFactory(organization=old.organization)
    meanwhile(monkeypatch, lambda: actions.hand_over(old.organization, to=ben, by=staff))

    role = actions.hand_over(old.organization, to=ben, by=staff)

    assert list(Intrapreneur.objects.current()) == [role]
    assert Intrapreneur.objects.count() == 2


def test_a_handover_raced_by_another_to_somebody_else_says_so(staff, monkeypatch):
    old = IntrapreneurFactory()
    ben, eve = PersonFactory.create_batch(2, organization=old.organization)
    meanwhile(monkeypatch, lambda: actions.hand_over(old.organization, to=eve, by=staff))

    with pytest.raises(ValidationError, match="at the same moment"):
        actions.hand_over(old.organization, to=ben, by=staff)

    assert not Intrapreneur.objects.filter(person=ben).exists()


def test_a_first_intrapreneur_named_twice_at_once_is_named_once(staff, monkeypatch):
    ben = PersonFactory()
    meanwhile(monkeypatch, lambda: actions.hand_over(ben.organization, to=ben, by=staff))

    actions.hand_over(ben.organization, to=ben, by=staff)

    assert [role.person for role in Intrapreneur.objects.all()] == [ben]


def meanwhile(monkeypatch, other):
    """Let `other` happen once, between what an action looked at and what it writes."""
    check = people.check_hand_over

    def check_then_be_overtaken(*args, **kwargs):
        check(*args, **kwargs)
        monkeypatch.setattr(people, "check_hand_over", check)
        other()

    monkeypatch.setattr(people, "check_hand_over", check_then_be_overtaken)


@pytest.mark.parametrize(
    ("to", "on", "sentence"),
    [
        ({"organization__name": "Elsewhere"}, date(2026, 1, 1), "is not at"),
        ({"left_on": date(2025, 1, 1)}, date(2026, 1, 1), "has left"),
        ({}, date(2023, 1, 1), "cannot be before"),
    ],
)
def test_a_handover_that_cannot_be_is_refused_with_a_sentence(staff, to, on, sentence):
    old = IntrapreneurFactory()
    if "organization__name" not in to:
        to = {"organization": old.organization, **to}
    someone = PersonFactory(**to)

    with pytest.raises(ValidationError, match=sentence):
        actions.hand_over(old.organization, to=someone, by=staff, on=on)

    assert list(Intrapreneur.objects.current()) == [old]


def test_the_intrapreneur_cannot_leave_before_a_handover(staff):
    role = IntrapreneurFactory()
    ben = PersonFactory(organization=role.organization)

    with pytest.raises(ValidationError, match="Hand over"):
        actions.mark_left(role.person, by=staff)
    actions.hand_over(role.organization, to=ben, by=staff)

    assert actions.mark_left(role.person, by=staff, on=date(2026, 3, 16))
    assert not actions.mark_left(role.person, by=staff)
    role.person.refresh_from_db()
    assert role.person.left_on == date(2026, 3, 16)


def test_someone_who_left_reads_their_organization_no_longer(partner, staff):
    dana = partner.person
    actions.hand_over(dana.organization, to=PersonFactory(organization=dana.organization), by=staff)

    actions.mark_left(dana, by=staff)

    assert not Organization.objects.of(partner).exists()


def test_a_renamed_organization_is_found_by_both_names(staff):
    organization = OrganizationFactory(name="Code for Lakeshore")

    actions.rename(organization, name="Lakeshore Civic Lab", by=staff, on=date(2026, 1, 5))
    actions.rename(organization, name="lakeshore civic  LAB", by=staff)

    assert list(Organization.objects.named("code for lakeshore")) == [organization]
    assert list(PreviousName.objects.values_list("name", "until")) == [("Code for Lakeshore", date(2026, 1, 5))]


def test_taking_an_old_name_back_forgets_that_it_was_old(staff):
    organization = OrganizationFactory(name="Code for Lakeshore")
    actions.rename(organization, name="Lakeshore Civic Lab", by=staff)

    actions.rename(organization, name="Code for Lakeshore", by=staff)

    assert [str(name) for name in PreviousName.objects.all()] == ["Lakeshore Civic Lab"]


def test_an_edit_that_did_not_see_the_newest_version_writes_nothing(staff):
    organization = actions.add_organization(name="Lakeshore", by=staff)
    seen = actions.version(organization)
    actions.edit(organization, {"city": "Chicago"}, seen=seen, by=staff)

    with pytest.raises(actions.Stale) as stale:
        actions.edit(organization, {"city": "Evanston"}, seen=seen, by=staff)

    assert stale.value.now.city == "Chicago"
    organization.refresh_from_db()
    assert organization.city == "Chicago"


def test_every_organization_has_an_address_of_its_own(staff):
    slugs = [
        actions.add_organization(name=name, by=staff).slug
        for name in ("Add", "Add Two", "Lake One", "Lakè-One 1", "湖岸", "川岸")
    ]

    assert len(set(slugs)) == 6
    assert "add" not in slugs


def test_any_touch_moves_the_last_contact(staff):
    organization = OrganizationFactory()

    actions.touch(organization, kind="visit", on=date(2026, 2, 1), by=staff)
    actions.touch(organization, kind="mail", on=date(2025, 2, 1), by=staff, summary="Asked about rooms.")

    assert Organization.objects.with_last_contact().get().last_contact_on == date(2026, 2, 1)
    assert Touchpoint.objects.count() == 2


def test_a_partner_account_that_waits_for_the_address_is_linked(staff):
    user = UserFactory(partner=True, email="new@lakeshore.example.org")
    person = PersonFactory.build(organization=OrganizationFactory(), email="New@Lakeshore.example.org")

    actions.save_person(person, by=staff)

    assert person.user == user
