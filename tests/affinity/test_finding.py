import pytest

from affinity.finding import Index, whole, words

NAMES = [
    "Lakeshore Science Center",
    "Lakeshore",
    "Lake Superior College",
    "Harbor Museum",
    "Center for Lakeshore Studies",
    "Université de Montréal",
    "O'Brien Foundation",
    "Łódź Øresund Lab",
    "District 204",
]


@pytest.fixture
def index():
    index = Index()
    for name in NAMES:
        index.put(name, name)
    return index


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("harbor museum", "Harbor Museum"),
        ("HARBOR", "Harbor Museum"),
        ("harb", "Harbor Museum"),  # still typing
        ("harbro", "Harbor Museum"),  # two letters swapped
        ("habor", "Harbor Museum"),  # one missing
        ("harrbor", "Harbor Museum"),  # one too many
        ("hurbor", "Harbor Museum"),  # one wrong
        ("arbor", "Harbor Museum"),  # the first one
        ("musuem", "Harbor Museum"),
        ("universte", "Université de Montréal"),
        ("universty montreal", "Université de Montréal"),
        ("univrs", "Université de Montréal"),  # a mistake, and still typing
        ("montréal université", "Université de Montréal"),
        ("obrien", "O'Brien Foundation"),
        ("o'brien", "O'Brien Foundation"),
        ("lodz oresund", "Łódź Øresund Lab"),
        ("district 204", "District 204"),
    ],
)
def test_a_name_is_found_however_it_is_typed(index, typed, found):
    assert index.search(typed, 5) == [found]


@pytest.mark.parametrize("typed", ["", "  ", "?!", "zebra", "district 205", "lakeshore zebra", "hbr"])
def test_what_is_something_else_is_not_found(index, typed):
    assert index.search(typed, 5) == []


def test_the_very_title_comes_first_then_beginnings_then_words_then_mistakes(index):
    index.put("mistaken", "Lakeshire")

    assert index.search("lakeshore", 9) == [
        "Lakeshore",
        "Lakeshore Science Center",
        "Center for Lakeshore Studies",
        "mistaken",
    ]


def test_a_row_is_found_by_what_else_it_is_known_for(index):
    index.put("new", "Pier Nine", also="Old Name Springfield")

    assert index.search("springfeld old", 5) == ["new"]


def test_a_row_written_anew_is_no_longer_found_by_its_old_words(index):
    index.put("Harbor Museum", "Pier Nine")

    assert index.search("harbor", 5) == []
    assert index.search("pier", 5) == ["Harbor Museum"]


def test_a_row_that_is_dropped_leaves_no_word_behind():
    index = Index()
    index.put(1, "Dana Whitfield", also="Director")

    index.drop(1)
    index.drop(1)

    assert (len(index), index.rows, index.holders, index.search("dana", 5)) == (0, {}, {}, [])


def test_other_rows_do_not_change_how_those_that_stay_are_ordered(index):
    before = index.search("lake", 9)

    index.put("hidden", "Lake")
    after = index.search("lake", 9)

    assert [key for key in after if key != "hidden"] == before


def test_an_address_is_found_whole_or_by_its_beginning():
    index = Index(split=whole)
    index.put("dana", "Dana.Whitfield@Lakeshore.example.org")

    assert index.search("dana.whitfield@lakeshore.example.org", 5) == ["dana"]
    assert index.search("dana.w", 5) == ["dana"]
    assert index.search("dana.whitfeld@lakesh", 5) == ["dana"]
    assert index.search("whitfield", 5) == []


def test_a_long_question_is_cut_not_refused(index):
    assert words("A b") == ["a", "b"]
    assert index.search("harbor " * 500, 5) == ["Harbor Museum"]
