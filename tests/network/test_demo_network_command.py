from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


def test_without_seed_it_says_what_it_would_do():
    out = StringIO()

    call_command("demo_network", scale=2, stdout=out)

    assert out.getvalue().startswith("Would make 560 invented partners")
    assert not User.objects.exists()


def test_it_refuses_a_database_with_other_organizations():
    OrganizationFactory()

    with pytest.raises(CommandError) as refused:
        call_command("demo_network", seed=True)

    assert str(refused.value) == "This database has organizations of its own; the demo network needs an empty one."
    assert not User.objects.filter(email="overseer@example.org").exists()


@pytest.mark.parametrize("arguments", [["--scale", "0"], ["--today", "soon"]])
def test_nonsense_is_refused_with_a_sentence(arguments):
    with pytest.raises(CommandError):
        call_command("demo_network", "--seed", *arguments)
