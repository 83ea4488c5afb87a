"""Eight people write into one text, forty times each, and no word is lost."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.accounts import racing
from tests.factories import CheckInFactory, UserFactory

PROGRAM = "from tests.accounts.racing import in_a_database_of_its_own as race; race()"


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_no_word_is_lost_on_postgresql():
    assert racing.lost(CheckInFactory(held=True), UserFactory.create_batch(racing.WRITERS)) == set()


def test_no_word_is_lost_on_sqlite(tmp_path):
    own = {"VAR": str(tmp_path), "SECRET_KEY": "only here", "DATABASE_URL": f"sqlite:///{tmp_path}/db"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", PROGRAM]

    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env={**os.environ, **own}, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.returncode) == ("0 lost\n", 0), done.stderr
