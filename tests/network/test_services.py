"""As production runs: PostgreSQL, Redis, and a worker that is a process of its own."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache.backends.redis import RedisCache
from django.db import connection

from network import settings as production
from network.celery import app
from outbox import actions
from outbox.models import Letter
from tests.factories import LetterFactory, UserFactory
from tests.network.waiting import PATIENCE, wait_for

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(tmp_path):
    database = connection.settings_dict
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://{USER}@{HOST}:{PORT}/{NAME}".format(**database),
        "DJANGO_SETTINGS_MODULE": "network.settings",
        "VAR": str(tmp_path),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "--quiet", "-A", "network", "worker", "--pool", "solo"],
        cwd=settings.BASE_DIR,
        env=environment,
    )
    yield process
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=PATIENCE)


def test_what_is_approved_here_is_sent_by_the_worker_there(worker, tmp_path):
    letter = LetterFactory()

    actions.approve(letter, by=UserFactory())

    def is_sent():
        letter.refresh_from_db()
        return letter.state == Letter.State.SENT

    wait_for(is_sent)
    assert len(list((tmp_path / "letters").iterdir())) == 1


def test_clearing_the_cache_leaves_the_queue_alone():
    with app.connection_for_write() as broker, broker.SimpleQueue("kept") as queue:
        queue.put("a letter to send")

        RedisCache(production.CACHES["default"]["LOCATION"], {}).clear()

        message = queue.get(timeout=PATIENCE)
        message.ack()
    assert message.payload == "a letter to send"
