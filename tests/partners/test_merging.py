"""Two that are the same become one: nothing that was on record of either is lost."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partners import actions, timeline
from partners.journal import references
from partners.models import (
    Affiliation,
    Intrapreneur,
    Merge,
    Organization,
    OtherEmail,
    Person,
    PreviousName,
    Reading,
    Succession,
    Tag,
)
from tests.factories import (
    ChallengeFactory,
    IntrapreneurFactory,
    LetterFactory,
    OrganizationFactory,
    PersonFactory,
    StrengthFactory,
    TopicFactory,
    TouchpointFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def kept():
    return OrganizationFactory(name="Harbor Museum", slug="harbor-museum", city="Baltimore", website="")


@pytest.fixture
def gone():
    return OrganizationFactory(
        name="The Harbour Museum", slug="harbour-museum", city="", website="https://harbor.example.org", region="East"
    )


def merge(kept, gone, by=None, **choices):
    return actions.merge(kept, gone, choices=choices, by=by, now=NOW)


def test_whatever_points_to_an_organization_or_a_person_is_found():
    """A model added later is covered too: this list says what there is, `references` finds it by itself."""
    found = {
        model: {f"{each.model._meta.label}.{each.name}" for each in references(model)}
        for model in (Organization, Person)
    }

    assert found[Organization] >= {
        "partners.Intrapreneur.organization",
        "partners.Organization_tags.organization",
        "introductions.Party.organization",
        "library.Resource.source",
        "checkins.CheckIn.organization",
        "checkins.FollowUp.partner",
        "checkins.PlanLine.organization",
        "outbox.Letter.about",
    }
    assert found[Person] >= {"partners.Strength.said_by", "introductions.Party.person", "checkins.CheckIn.person"}
    assert not {name for names in found.values() for name in names if "Historical" in name}


def test_nothing_points_to_the_one_that_is_gone(kept, gone):
    LetterFactory(about=gone)
    everything_at(gone)
    before = {each: each.rows(gone.pk).count() for each in references(Organization) if each.model != PreviousName}

    merge(kept, gone, name="gone")

    assert not Organization.objects.filter(pk=gone.pk).exists()
    assert [each for each in references(Organization) if each.rows(gone.pk).exists()] == []
    assert {each: each.rows(kept.pk).count() for each, count in before.items()} == before


def everything_at(organization):
    dana = IntrapreneurFactory(person__organization=organization, person__name="Dana").person
    ChallengeFactory(organization=organization, said_by=dana)
    StrengthFactory(organization=organization)
    TouchpointFactory(organization=organization, person=dana)
    organization.tags.add(Tag.objects.create(name="Rural"))


def test_what_was_not_chosen_is_taken_where_there_is_something(kept, gone):
    merge(kept, gone, region="kept")

    kept.refresh_from_db()
    assert (kept.name, kept.city, kept.website, kept.region) == (
        "Harbor Museum",
        "Baltimore",
        "https://harbor.example.org",
        "",
    )


def test_the_name_that_was_not_chosen_stays_known(kept, gone):
    PreviousName.objects.create(organization=gone, name="Dock Museum")

    merge(kept, gone, name="gone")

    kept.refresh_from_db()
    assert (kept.name, kept.slug) == ("The Harbour Museum", "harbor-museum")
    assert [str(name) for name in kept.previous_names.all()] == ["Dock Museum", "Harbor Museum"]
    assert list(Organization.objects.named("harbour museum")) == [kept]


def test_a_merge_is_made_once(kept, gone):
    assert merge(kept, gone) == merge(kept, gone)
    with pytest.raises(ValidationError, match="one already"):
        merge(kept, kept)
    with pytest.raises(ValidationError, match="merged or deleted meanwhile"):
        merge(OrganizationFactory(), gone)

    assert Merge.objects.count() == 1


def test_values_that_do_not_go_together_are_refused_with_their_sentence(kept, gone):
    Organization.objects.filter(pk=kept.pk).update(joined_on=date(2024, 1, 1))
    Organization.objects.filter(pk=gone.pk).update(status="alumni", ended_on=date(2020, 1, 1))

    with pytest.raises(ValidationError, match="The end is before the start"):
        merge(kept, gone, status="gone")

    assert Organization.objects.count() == 2


def test_what_both_have_is_there_once_with_what_hangs_on_either(kept, gone, staff):
    rural = Tag.objects.create(name="Rural")
    said = {"text": "Mentors leave.", "said_on": date(2026, 1, 1)}
    here, there = ChallengeFactory(organization=kept, **said), ChallengeFactory(organization=gone, **said)
    here.topics.add(topic := TopicFactory())
    there.topics.add(topic, other := TopicFactory())
    for organization in (kept, gone):
        organization.tags.add(rural)
        Reading.objects.create(organization=organization, reader=staff, what="record", on=date(2026, 3, 1))

    merge(kept, gone)

    assert list(kept.challenges.all()) == [here]
    assert set(here.topics.all()) == {topic, other}
    assert (kept.tags.count(), kept.readings.count()) == (1, 1)


def test_the_intrapreneur_of_the_kept_one_goes_on(kept, gone):
    dana, omar = (IntrapreneurFactory(person__organization=each).person for each in (kept, gone))
    Succession.objects.create(organization=gone, outgoing=omar, successor=PersonFactory(organization=gone))

    merge(kept, gone)

    assert list(Intrapreneur.objects.current().values_list("person", flat=True)) == [dana.pk]
    assert set(Intrapreneur.objects.values_list("organization", flat=True)) == {kept.pk}
    assert [succession.state for succession in kept.successions.all()] == ["withdrawn"]


def test_where_only_the_other_one_has_an_intrapreneur_they_go_on(kept, gone):
    role = IntrapreneurFactory(person__organization=gone)

    merge(kept, gone)

    assert list(kept.intrapreneurs.current()) == [role]


def test_both_are_on_record_on_the_page_of_one(kept, gone, staff, sign_in):
    actions.edit(gone, {"city": "Annapolis"}, seen=actions.version(gone), by=staff)

    merge(kept, gone, by=staff)

    assert "Annapolis" in sign_in(staff).get(kept.get_absolute_url()).content.decode()


# People


def test_two_people_keep_both_addresses_roles_and_words(kept, staff):
    dana = IntrapreneurFactory(person__organization=kept, person__email="dana@harbor.example.org").person
    double = PersonFactory(organization=kept, name="Dana W.", email="dana.w@mail.example.org", phone="+1 555 0100")
    sentence = ChallengeFactory(organization=kept, said_by=double)
    letter = LetterFactory(sent=True, to_email="dana.w@mail.example.org", subject="For Dana")

    merge(dana, double, by=staff)

    dana.refresh_from_db()
    sentence.refresh_from_db()
    assert (dana.email, dana.phone) == ("dana@harbor.example.org", "+1 555 0100")
    assert [str(email) for email in dana.other_emails.all()] == ["dana.w@mail.example.org"]
    assert sentence.said_by == dana
    assert letter.subject in timeline_titles(kept, staff)


def timeline_titles(organization, user):
    return " ".join(entry.title for entry in timeline.entries(organization, user=user))


def test_the_account_of_the_kept_person_stays_open_and_the_other_is_closed(kept):
    one, other = (UserFactory(partner=True) for _ in range(2))
    dana, double = (PersonFactory(organization=kept, user=user) for user in (one, other))

    done = merge(dana, double)

    dana.refresh_from_db()
    other.refresh_from_db()
    assert (dana.user, other.is_active) == (one, False)
    assert actions.undo_merge(done, by=None)
    other.refresh_from_db()
    assert other.is_active
    assert Person.objects.get(pk=double.pk).user == other


def test_an_account_goes_along_where_there_is_only_one(kept):
    dana, double = PersonFactory(organization=kept), PersonFactory(organization=kept, user=UserFactory(partner=True))

    merge(dana, double)

    dana.refresh_from_db()
    assert dana.user == double.user
    assert double.user.is_active


def test_somebody_known_at_two_places_works_at_one_and_did_at_the_other(kept, gone):
    dana, double = PersonFactory(organization=kept), PersonFactory(organization=gone, title="Curator")

    merge(dana, double, organization="gone")

    dana.refresh_from_db()
    assert dana.organization == gone
    assert [str(place) for place in Affiliation.objects.all()] == [f"{dana} at {kept}, until {timezone.localdate(NOW)}"]


@pytest.mark.parametrize("place", ["kept", "gone"])
def test_who_leads_the_work_somewhere_stays_there(kept, gone, place):
    dana = IntrapreneurFactory(person__organization=kept).person
    double = IntrapreneurFactory(person__organization=gone).person

    with pytest.raises(ValidationError, match="Hand over there first"):
        merge(dana, double, organization=place)


def test_somebody_named_to_follow_themselves_is_no_succession(kept):
    dana = IntrapreneurFactory(person__organization=kept).person
    double = PersonFactory(organization=kept)
    Succession.objects.create(organization=kept, outgoing=dana, successor=double)

    done = merge(dana, double)

    assert not Succession.objects.exists()
    actions.undo_merge(done, by=None)
    assert Succession.objects.get().successor == double


def test_who_leads_the_work_has_not_left(kept):
    left = PersonFactory(organization=kept, left_on=date(2025, 5, 5))
    leads = IntrapreneurFactory(person__organization=kept).person

    merge(left, leads)

    left.refresh_from_db()
    assert left.left_on is None
    assert OtherEmail.objects.get().email == leads.email
