"""A letter to one partner quotes what all partners may read of another, and the reader's own; nothing else."""

import pytest

from checkins.actions import write_letter
from outbox.models import Letter
from partners.models import Reach
from tests.factories import ChallengeFactory, StrengthFactory
from tests.leaks.readers import READERS
from tests.world import mark, marks

pytestmark = pytest.mark.django_db

NEED = "Parents and teachers for robotics evenings in small schools"


def read(letter):
    return marks(f"{letter.subject} {letter.text} {letter.html} {letter.to_name}")


@pytest.mark.parametrize("reach", [Reach.STAFF, Reach.MATCH])
def test_the_follow_up_quotes_no_strength_above_the_readers_reach_however_well_it_fits(world, reach):
    world.lakeshore.owed.challenges.add(
        ChallengeFactory(organization=world.lakeshore.organization, text=NEED, reach=Reach.MATCH)
    )
    StrengthFactory(organization=world.harbor.organization, text=f"{NEED}: {mark('secret strength')}", reach=reach)
    ChallengeFactory(organization=world.harbor.organization, text=f"{NEED}: {mark('their challenge')}")

    letter = write_letter(world.lakeshore.owed, by=world.ana)

    quoted = read(letter)
    assert quoted <= READERS["partner"] | {"lakeshore promise"}
    assert {"lakeshore promise", "resource summary"} < quoted
    assert {name for name in quoted if name.startswith("harbor ")} < {
        f"harbor {reach} strength" for reach in ("network", "public", "edited")
    }


def test_the_follow_up_quotes_what_all_partners_may_read(world):
    world.lakeshore.owed.challenges.add(
        ChallengeFactory(organization=world.lakeshore.organization, text=NEED, reach=Reach.MATCH)
    )
    StrengthFactory(organization=world.harbor.organization, text=f"{NEED}: {mark('open strength')}")

    letter = write_letter(world.lakeshore.owed, by=world.ana)

    assert "open strength" in read(letter)


def test_no_letter_to_a_partner_says_more_than_they_may_read(world):
    written_by_hand = {"letter draft", "letter approved", "letter sent", "letter sent subject"}
    to = {world.harbor.lead.email: "other", world.lakeshore.lead.email: "partner"}

    letters = Letter.objects.filter(to_email__in=to)

    assert letters.exists()
    for letter in letters:
        promised = {f"{name} promise" for name in ("harbor", "lakeshore")}
        assert read(letter) <= READERS[to[letter.to_email]] | promised | written_by_hand
