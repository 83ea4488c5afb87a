"""After an erasure a dump of everything is searched for what stood of that person anywhere: nothing is found."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import User
from outbox.models import Letter
from partners import actions, finding, scrubbing, tasks
from partners.models import Challenge, Erasure, Person
from partners.scrubbing import NAME, WORDS
from tests.factories import ChallengeFactory, CheckInFactory, OrganizationFactory, PersonFactory
from tests.partners.erasing import Marked, database_files, dump, files


@pytest.fixture
def on_paper(settings, tmp_path):
    """Letters are files, and so is what is uploaded."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "letters"
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_of_all_that_stood_of_a_person_nothing_is_found_and_everything_still_counts(on_paper, overseer):
    marked = Marked(overseer)
    before, counts = dump(), marked.counts()
    assert marked.found(before, *files(on_paper)) == set(marked.marks)
    assert len(marked.marks) >= 30
    found = {hit.title for group in finding.groups("dana zqsurname", overseer) for hit in group.hits}
    assert found == {"Dana zqsurname"}

    erasure = actions.erase(marked.person, by=overseer)
    tasks.sweep()

    assert marked.found(dump(), *files(on_paper), str(erasure.counts)) == set()
    assert marked.counts() == counts
    assert finding.groups("zqsurname", overseer) == []
    assert marked.found(" ".join(finding.PEOPLE.index.holders)) == set()
    if connection.vendor == "sqlite":
        assert marked.found(*database_files()) == set()


@pytest.mark.django_db(transaction=True)
def test_others_keep_their_names_and_their_letters(on_paper, overseer):
    marked = Marked(overseer)

    actions.erase(marked.person, by=overseer)

    marked.namesake.refresh_from_db()
    marked.other_call.refresh_from_db()
    marked.quote.refresh_from_db()
    assert marked.namesake.name == "Dana Other"
    assert marked.other_call.notes == f"Ask {NAME} (erased@erased.invalid, {WORDS}). Dana Other agrees."
    assert marked.quote.text == f"{NAME} of Lakeshore says: {WORDS}"
    assert [text for text in files(on_paper / "letters") if "Dana Other" in text]


@pytest.mark.django_db
def test_they_are_signed_out_and_cannot_come_back(overseer):
    marked = Marked(overseer)
    assert marked.client.get(reverse("partners:home")).status_code == 200

    actions.erase(marked.person, by=overseer)

    assert marked.client.get(reverse("partners:home")).status_code == 302
    account = User.objects.get(pk=marked.user.pk)
    assert (account.is_active, account.name, account.has_usable_password()) == (False, NAME, False)


@pytest.mark.django_db
def test_no_letter_to_them_leaves_any_more(overseer):
    marked = Marked(overseer)

    actions.erase(marked.person, by=overseer)

    assert not Letter.objects.due().exists()
    assert not Letter.objects.drafts().exists()


@pytest.mark.django_db
def test_twice_is_once_and_only_an_overseer_does_it(overseer, staff):
    person = PersonFactory()

    with pytest.raises(PermissionDenied):
        actions.erase(person, by=staff)
    first, second = actions.erase(person, by=overseer), actions.erase(person, by=overseer)

    assert second is None
    assert list(Erasure.objects.all()) == [first]


@pytest.mark.django_db
def test_nothing_puts_an_address_back_on_an_erased_person(overseer):
    person = PersonFactory()
    actions.erase(person, by=overseer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(email="back@example.org")


@pytest.mark.django_db
def test_a_form_that_was_open_meanwhile_does_not_bring_the_words_back(overseer):
    person = PersonFactory()
    sentence = ChallengeFactory(organization=person.organization, said_by=person, text="Said once")
    seen = actions.version(sentence)

    actions.erase(person, by=overseer)

    with pytest.raises(actions.Stale):
        actions.edit(sentence, {"text": "Said once"}, seen=seen, by=overseer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("José Núñez", "JOSÉ NÚÑEZ and josé.núñez", f"{NAME} and {NAME}"),
        ("José Núñez", "q=Jos%C3%A9+N%C3%BA%C3%B1ez", f"q={NAME}"),
        ("Mary O'Brien", "Mary O&#x27;Brien; O'Brien, Mary", f"{NAME}; {NAME}"),
        ("Ann Lee", "Joann Leeds and Ann Leeson", "Joann Leeds and Ann Leeson"),
        ("Hope", "We hope. Hope does.", "We hope. Hope does."),
        ("Hope", "Hope", NAME),
        ("王 小明", "王 小明 called", f"{NAME} called"),
    ],
)
def test_a_name_is_known_in_every_spelling_and_only_as_a_name(overseer, name, text, left):
    person = PersonFactory(name=name, email="")
    call = CheckInFactory(held=True, notes=text)

    actions.erase(person, by=overseer)

    call.refresh_from_db()
    assert call.notes == left


@pytest.mark.django_db
def test_a_name_or_a_phone_two_people_have_stays_where_it_may_be_the_others(overseer):
    person, other = PersonFactory.create_batch(2, name="Maria Garcia", phone="+1 312 555 0100")
    call = CheckInFactory(held=True, notes=f"Maria Garcia, {person.email}, at 312 555 0100")

    actions.erase(person, by=overseer)

    other.refresh_from_db()
    call.refresh_from_db()
    assert (other.name, other.phone) == ("Maria Garcia", "+1 312 555 0100")
    assert call.notes == "Maria Garcia, erased@erased.invalid, at 312 555 0100"


@pytest.mark.django_db
def test_what_another_partner_says_in_the_same_words_stays_theirs(overseer):
    person = PersonFactory()
    ChallengeFactory(organization=person.organization, said_by=person, text="Mentors leave after one year")
    other = ChallengeFactory(text="Mentors leave after one year")

    actions.erase(person, by=overseer)

    assert [sentence.text for sentence in Challenge.objects.order_by("pk")] == [WORDS, other.text]


@pytest.mark.django_db
def test_an_organization_named_after_them_keeps_an_address_that_leads_to_it(overseer):
    person = PersonFactory(name="Dana Whitfield")
    site = "https://dana-whitfield.example.org"
    named = OrganizationFactory(name="Dana Whitfield Consulting", slug="dana-whitfield-consulting", website=site)

    actions.erase(person, by=overseer)

    named.refresh_from_db()
    assert (named.name, named.slug) == ("Erased person Consulting", f"erased-person-consulting-{named.pk}")
    assert named.website == "https://erased-person.example.org"
    assert finding.groups("consulting", overseer)[0].hits[0].url == named.get_absolute_url()


@pytest.mark.django_db
def test_an_overseer_erases_on_the_page_by_typing_the_name(overseer, partner, sign_in):
    person = partner.person
    client, address = sign_in(overseer), reverse("partners:erase", args=[person.organization.slug, person.pk])

    wrong = client.post(address, {"name": "Dana"})
    right = client.post(address, {"name": "dana  whitfield"}, follow=True)

    assert "That is another name. Nothing was erased." in wrong.content.decode()
    assert "Erased." in right.content.decode()
    assert Person.objects.get(pk=person.pk).name == NAME
    assert client.get(address).status_code == 404


def test_a_long_column_is_filled_no_further_than_it_goes():
    field = Person._meta.get_field("phone")

    assert scrubbing.fitting("x" * 99, field, 1) == "x" * field.max_length
    assert settings.SESSION_ENGINE.endswith(".db")
