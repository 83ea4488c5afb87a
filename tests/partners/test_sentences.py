import pytest

from partners import actions
from partners.models import Challenge, Strength
from tests.factories import ChallengeFactory, StrengthFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lakeshore(partner):
    return partner.person.organization


def address(sentence, verb=""):
    return f"{sentence.organization.get_absolute_url()}{sentence.kind}/{sentence.pk}/{verb}"


def test_strangers_sign_in_first(client, lakeshore):
    assert client.get(f"{lakeshore.get_absolute_url()}strength/add/").status_code == 302


def test_only_strengths_and_challenges_have_pages(sign_in, staff, lakeshore):
    assert sign_in(staff).get(f"{lakeshore.get_absolute_url()}weakness/add/").status_code == 404


@pytest.mark.parametrize(("source", "reach"), [("call", "match"), ("profile", "network")])
def test_the_hub_notes_a_sentence_with_the_reach_its_source_allows(sign_in, staff, lakeshore, source, reach):
    TopicFactory(name="mentoring")

    sign_in(staff).post(
        f"{lakeshore.get_absolute_url()}challenge/add/",
        {"text": "Our mentors leave.", "source": source, "reach": "", "said_on": "2026-03-01"},
    )

    sentence = Challenge.objects.get()
    assert (sentence.reach, sentence.added_by, sentence.said_by) == (reach, staff, None)
    assert [topic.name for topic in sentence.topics.all()] == ["mentoring"]


def test_partners_add_their_own_words_and_choose_who_reads_them(sign_in, partner, lakeshore):
    answer = sign_in(partner).post(
        f"{lakeshore.get_absolute_url()}challenge/add/", {"text": "We are tired.", "reach": "match"}
    )

    assert answer.headers["Location"] == "/home/"
    sentence = Challenge.objects.get()
    assert (sentence.reach, sentence.source, sentence.added_by, sentence.said_by) == (
        "match",
        "profile",
        partner,
        partner.person,
    )


@pytest.mark.parametrize("reach", ["staff", "public", "", "everyone"])
def test_partners_choose_only_among_what_is_offered(sign_in, partner, lakeshore, reach):
    answer = sign_in(partner).post(
        f"{lakeshore.get_absolute_url()}strength/add/", {"text": "We keep mentors.", "reach": reach}
    )

    assert answer.status_code == 200
    assert "We keep mentors." in answer.content.decode()
    assert not Strength.objects.exists()


@pytest.mark.parametrize("reach", ["staff", "match"])
@pytest.mark.parametrize("verb", ["", "withdraw/", "restore/"])
def test_a_confidence_of_the_hub_is_not_there_for_partners(sign_in, partner, staff, lakeshore, reach, verb):
    noted = ChallengeFactory(organization=lakeshore, reach=reach, text="They may close.", added_by=staff)

    answer = sign_in(partner).post(address(noted, verb), {"text": "Mine now.", "reach": "network"})

    assert answer.status_code == 404
    noted.refresh_from_db()
    assert (noted.text, noted.withdrawn_on) == ("They may close.", None)


@pytest.mark.parametrize("verb", ["", "withdraw/", "restore/"])
def test_partners_do_not_touch_what_others_say(sign_in, partner, verb):
    other = StrengthFactory(text="Delta keeps mentors.")

    answer = sign_in(partner).post(address(other, verb), {"text": "Pwned.", "reach": "network"})

    assert answer.status_code == 403
    other.refresh_from_db()
    assert (other.text, other.withdrawn_on) == ("Delta keeps mentors.", None)


def test_partners_do_not_speak_for_others(sign_in, partner):
    other = StrengthFactory()

    answer = sign_in(partner).post(
        f"{other.organization.get_absolute_url()}strength/add/", {"text": "Pwned.", "reach": "network"}
    )

    assert answer.status_code == 403
    assert Strength.objects.count() == 1


def test_what_partners_rewrite_becomes_their_own_words(sign_in, partner, staff, lakeshore):
    noted = ChallengeFactory(organization=lakeshore, text="Mentors leave.", added_by=staff, source="call")

    sign_in(partner).post(
        address(noted),
        {
            "text": "Mentors leave after a year.",
            "reach": "match",
            "seen": actions.version(noted),
            "organization": "999",
            "source": "survey",
            "withdrawn_on": "2026-01-01",
        },
    )

    assert list(Challenge.objects.visible_to(partner)) == [noted]
    noted.refresh_from_db()
    assert (noted.text, noted.reach, noted.source, noted.organization, noted.withdrawn_on) == (
        "Mentors leave after a year.",
        "match",
        "profile",
        lakeshore,
        None,
    )
    assert noted.history.first().history_user == partner


def test_two_people_editing_a_sentence_at_once_see_both_texts(sign_in, partner, staff, lakeshore):
    sentence, _ = actions.say(Strength, lakeshore, text="We keep mentors.", source="profile", by=staff)
    seen = actions.version(sentence)
    actions.edit(sentence, {"text": "We keep all mentors."}, seen=seen, by=staff)

    answer = sign_in(partner).post(
        address(sentence), {"text": "We keep most mentors.", "reach": "network", "seen": seen}
    )

    text = answer.content.decode()
    assert "We keep all mentors." in text
    assert "We keep most mentors." in text
    sentence.refresh_from_db()
    assert sentence.text == "We keep all mentors."


def test_topics_can_be_chosen(sign_in, staff):
    sentence = StrengthFactory()
    topic = TopicFactory()

    sign_in(staff).post(
        address(sentence),
        {
            "text": sentence.text,
            "reach": "public",
            "source": "profile",
            "topics": [topic.pk],
            "seen": actions.version(sentence),
        },
    )

    sentence.refresh_from_db()
    assert (sentence.reach, list(sentence.topics.all())) == ("public", [topic])


def test_the_same_sentence_is_not_written_twice(sign_in, staff):
    first = StrengthFactory(text="We keep mentors.")
    second = StrengthFactory(text="We train mentors.", organization=first.organization)

    answer = sign_in(staff).post(
        address(second),
        {"text": "We keep mentors.", "reach": "network", "source": "profile", "seen": actions.version(second)},
    )

    assert "The same sentence is already on the record." in answer.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_sentence_says_something_and_is_one(sign_in, staff, lakeshore, text):
    answer = sign_in(staff).post(
        f"{lakeshore.get_absolute_url()}strength/add/", {"text": text, "reach": "staff", "source": "call"}
    )

    assert answer.status_code == 200
    assert not Strength.objects.exists()


def test_withdrawn_sentences_can_be_had_back(sign_in, partner, lakeshore):
    sentence = StrengthFactory(organization=lakeshore, text="We keep mentors.")
    client = sign_in(partner)

    client.post(address(sentence, "withdraw/"))
    withdrawn = client.get("/home/").content.decode()
    client.post(address(sentence, "restore/"))

    assert "Withdrawn (1)" in withdrawn
    sentence.refresh_from_db()
    assert sentence.withdrawn_on is None
