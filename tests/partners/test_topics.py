import pytest

from partners.topics import topics_in
from tests.factories import SynonymFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_a_text_speaks_of_the_topics_whose_name_or_synonym_it_uses():
    mentoring = TopicFactory(name="mentoring")
    induction = SynonymFactory(topic__name="induction", name="first-year teachers").topic
    TopicFactory(name="rural recruitment")

    found = topics_in("Mentors leave our teachers in their first year; recruitment is fine.")

    assert set(found) == {mentoring, induction}


@pytest.mark.parametrize("text", ["", "and the of", "?!", "zebra"])
def test_a_text_without_telling_words_speaks_of_no_topic(text):
    TopicFactory(name="mentoring")
    TopicFactory(name="of the")

    assert list(topics_in(text)) == []


def test_a_renamed_topic_is_heard_at_once():
    topic = TopicFactory(name="mentoring")
    assert list(topics_in("robots")) == []

    topic.name = "robotics"
    topic.save()

    assert list(topics_in("A robotic arm")) == [topic]
