import pytest

from tests.factories import OrganizationFactory, ResourceFactory, SynonymFactory, TopicFactory, UserFactory


def titles(answer):
    return [resource.title for resource in answer.context["page"]]


def test_strangers_are_sent_to_the_door(client, db):
    assert client.get("/resources/").status_code == 302


@pytest.mark.parametrize("role", ["staff", "partner"])
def test_everyone_who_signs_in_reads_the_library(request, sign_in, role):
    user = request.getfixturevalue(role)
    ResourceFactory(title="Here")
    ResourceFactory(title="Gone", withdrawn_on="2026-01-01")

    answer = sign_in(user).get("/resources/")

    assert titles(answer) == ["Here"]
    assert ("Add a resource" in answer.content.decode()) == user.is_hub


def test_what_helped_most_comes_first_and_says_so(sign_in, partner):
    ResourceFactory(title="Unsent")
    ResourceFactory(title="Sent", sent_count=9)
    ResourceFactory(title="Helpful", sent_count=6, useful_count=5)

    answer = sign_in(partner).get("/resources/")

    assert titles(answer) == ["Helpful", "Sent", "Unsent"]
    page = answer.content.decode()
    assert "sent in 6 follow-ups, 5 found it useful" in page
    assert "sent in 9 follow-ups\n" in page
    assert "not sent yet" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=bat", ["Bat detectors", "Night walks"]),
        ("q=bat+detector", ["Bat detectors"]),
        ("q=chiroptera", ["Night walks"]),
        ("q=echo", ["Bat detectors"]),
        ("kind=research", ["Night walks"]),
        ("kind=nonsense", ["Bat detectors", "Night walks", "Tides"]),
        ("topic=bats", ["Night walks"]),
        ("topic=nonsense&page=99&sort=x", ["Bat detectors", "Night walks", "Tides"]),
        ("topic=bats&kind=tool", []),
        ("withdrawn=yes", ["Old bat guide"]),
    ],
)
def test_the_address_holds_the_search(sign_in, staff, query, expected):
    bats = TopicFactory(name="Bats", slug="bats")
    SynonymFactory(topic=bats, name="Chiroptera")
    ResourceFactory(title="Night walks", kind="research").topics.add(bats)
    ResourceFactory(title="Bat detectors", summary="Hear the echo.")
    ResourceFactory(title="Tides")
    ResourceFactory(title="Old bat guide", withdrawn_on="2026-01-01")

    assert titles(sign_in(staff).get(f"/resources/?{query}")) == expected


def test_partners_do_not_see_what_was_withdrawn(sign_in, partner):
    ResourceFactory(withdrawn_on="2026-01-01")

    assert titles(sign_in(partner).get("/resources/?withdrawn=yes")) == []


def test_each_filter_can_be_taken_away(sign_in, staff):
    TopicFactory(name="Bats", slug="bats")

    answer = sign_in(staff).get("/resources/?q=night&topic=bats&kind=tool")

    chips = [(chip.label, chip.value, chip.without) for chip in answer.context["search"].chips()]
    assert chips == [
        ("Words", "night", "?kind=tool&topic=bats"),
        ("Kind", "tool", "?q=night&topic=bats"),
        ("Topic", "Bats", "?q=night&kind=tool"),
    ]


def test_topics_are_links_with_the_numbers_of_what_was_found(sign_in, staff):
    bats, tides = TopicFactory(name="Bats", slug="bats"), TopicFactory(name="Tides", slug="tides")
    for title in ("Night one", "Night two"):
        ResourceFactory(title=title).topics.add(bats)
    ResourceFactory(title="Night three").topics.add(bats, tides)
    ResourceFactory(title="Day").topics.add(tides)
    ResourceFactory(title="Night four", withdrawn_on="2026-01-01").topics.add(tides)

    answer = sign_in(staff).get("/resources/?q=night")

    assert answer.context["search"].topic_links() == [
        (bats, 3, "?q=night&topic=bats"),
        (tides, 1, "?q=night&topic=tides"),
    ]


def test_a_search_while_typing_gets_the_results_and_says_how_many(sign_in, staff):
    ResourceFactory(title="Night walks")

    answer = sign_in(staff).get("/resources/?q=night&page=", headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert page.strip().startswith('<div id="results">')
    assert 'hx-swap-oob="innerHTML:#count">1 resource' in page
    assert answer["HX-Push-Url"] == "/resources/?q=night"


@pytest.mark.parametrize("words", ["robotic", "robots", "Robottics", "automation"])
def test_an_empty_result_names_the_nearest_topics(sign_in, partner, words):
    robotics = TopicFactory(name="Robotics")
    SynonymFactory(topic=robotics, name="Automation")
    ResourceFactory(title="Soldering").topics.add(robotics)
    ResourceFactory(title="Tides").topics.add(TopicFactory(name="Oceans"))

    search = sign_in(partner).get("/resources/", {"q": f"{words}", "kind": "data"}).context["search"]

    assert search.nearest_topics() == [robotics]


def test_an_empty_result_says_whom_to_ask(sign_in, partner, overseer):
    answer = sign_in(partner).get("/resources/", {"q": "bats & <moths>"})

    page = answer.content.decode()
    assert "write to Ana Silva" in page
    assert (
        'href="mailto:ana@hub.example.org?subject=Do%20we%20have%20something%20on%20bats%20%26%20%3Cmoths%3E%3F"'
        in page
    )


def test_a_partner_without_a_contact_asks_the_overseer(sign_in, overseer):
    assert "write to Olu Overseer" in sign_in(UserFactory(partner=True)).get("/resources/?q=bats").content.decode()


def test_an_empty_library_says_what_to_do(sign_in, staff, partner):
    assert "Add the first resource" in sign_in(staff).get("/resources/").content.decode()
    assert "The hub team is filling it" in sign_in(partner).get("/resources/").content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_however_long_it_is(sign_in, staff, django_assert_num_queries, count):
    for _ in range(count):
        ResourceFactory(source=OrganizationFactory()).topics.add(TopicFactory(), TopicFactory())
    client = sign_in(staff)

    with django_assert_num_queries(7):
        client.get("/resources/")
