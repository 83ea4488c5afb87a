"""Whatever is in the files: importing again changes nothing, and no organization is ever there twice."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partners.models import Organization, PreviousName
from tests.partners.importing.spreadsheets import bring_in, plan_of

NAMES = ["Hall", "Lab", "Shed", "HALL", "The Lab"]
HEADER = ["External id", "Name", "Previous names", "Website", "City", "Tags"]
rows = st.lists(
    st.tuples(
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(NAMES),
        st.lists(st.sampled_from([*NAMES, "Garage"]), max_size=2).map("; ".join),
        st.sampled_from(["", "hall.example", "https://lab.example", "meetup.com/lab"]),
        st.sampled_from(["", "Akron, OH", "Dayton"]),
        st.sampled_from(["", "Club; rural", "club"]),
    ).map(list),
    min_size=1,
    max_size=5,
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Imports(TestCase):
    @quick
    @given(rows)
    def test_the_same_file_again_is_unchanged_to_the_last_row(self, rows):
        first = bring_in([HEADER, *rows])
        history = Organization.history.count()

        again = bring_in([HEADER, *rows])

        assert again.counts == first.counts | {"new": 0, "unchanged": first.counts["new"]}
        assert Organization.history.count() == history

    @quick
    @given(rows, rows)
    def test_over_another_network_it_never_doubles_and_settles(self, there, rows):
        bring_in([HEADER, *there])
        bring_in([HEADER, *rows])
        count = Organization.objects.count()

        assert plan_of([HEADER, *rows]).new == []
        assert Organization.objects.count() == count <= len({*(row[1] for row in there), *(row[1] for row in rows)})
        assert PreviousName.objects.filter(name_key="").count() == 0
