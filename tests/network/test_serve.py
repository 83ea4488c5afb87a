"""The whole hub as one real process, with the settings it really has."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from network.demo import logins
from network.management.commands import serve
from tests.factories import UserFactory
from tests.network.waiting import PATIENCE, wait_for


class Hub:
    """`manage.py` as somebody types it, on a folder and a port of its own."""

    def __init__(self, var):
        with closing(socket.create_server(("127.0.0.1", 0))) as door:
            self.addr = f"127.0.0.1:{door.getsockname()[1]}"
        self.var = var
        self.process = None
        self.environment = {
            **{name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COVERAGE_")},
            "SECRET_KEY": "a-hub-of-one-machine" * 3,
            "VAR": str(var),
            "ADDR": self.addr,
        }

    def command(self, *words):
        return [sys.executable, "manage.py", *words]

    def run(self, *words):
        return subprocess.run(
            self.command(*words), cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True
        )

    def start(self, *options):
        with (self.var / "log").open("w") as log:
            self.process = subprocess.Popen(
                self.command("serve", *options), cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log
            )
        wait_for(self.is_open)

    def is_open(self):
        assert self.process.poll() is None, self.said
        try:
            return self.get("/accounts/login/code/")
        except ConnectionRefusedError:
            return None

    def get(self, path, **headers):
        with closing(HTTPConnection(self.addr, timeout=PATIENCE)) as connection:
            connection.request("GET", path, headers=headers)
            return connection.getresponse().status

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)

    @property
    def said(self):
        return (self.var / "log").read_text()

    def letter_is_sent(self):
        with closing(sqlite3.connect(self.var / "db.sqlite3")) as database:
            return database.execute("SELECT 1 FROM outbox_letter WHERE state = 'sent'").fetchone()


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


@contextmanager
def running(var, *options):
    hub = Hub(var)
    try:
        hub.start(*options)
        yield hub
    finally:
        hub.process.kill()
        hub.process.wait()


@pytest.fixture
def hub(var):
    with running(var) as hub:
        yield hub


def test_it_answers_and_says_where_and_how_to_begin(hub):
    assert hub.get("/accounts/login/code/") == 200

    assert f"http://{hub.addr}/" in hub.said
    assert "manage.py createsuperuser" in hub.said
    assert "Traceback" not in hub.said


def test_it_serves_the_collected_static_files(hub):
    stylesheet = next((hub.var / "static" / "css").glob("base.*.css"))

    assert hub.get(f"/static/css/{stylesheet.name}") == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_within_five_seconds(hub, number):
    before = time.monotonic()

    code = hub.stop(number)

    assert code == 0
    assert time.monotonic() - before < 5
    assert "Traceback" not in hub.said


def test_what_was_approved_while_it_was_down_is_sent_when_it_is_back(hub):
    hub.stop()
    hub.run("shell", "-c", "from tests.factories import LetterFactory; LetterFactory(approved=True)")

    hub.start()

    wait_for(hub.letter_is_sent)
    assert len(list(Path(hub.var, "letters").iterdir())) == 1


def test_behind_a_proxy_that_speaks_https_it_is_secure(hub):
    hub.stop()
    hub.environment["BASE_URL"] = "https://hub.example.org"

    hub.start()

    assert hub.get("/accounts/login/code/") == 301
    assert hub.get("/accounts/login/code/", Host="hub.example.org", **{"X-Forwarded-Proto": "https"}) == 200


def test_a_port_that_is_taken_is_one_sentence(hub):
    second = hub.run("serve")

    assert second.returncode == 1
    assert second.stderr.strip().startswith(f"CommandError: Port {hub.addr.partition(':')[2]} is taken")
    assert len(second.stderr.splitlines()) == 1


def test_an_address_that_is_none_is_one_sentence(hub):
    hub.environment["ADDR"] = "somewhere"

    assert hub.run("serve").stderr == "CommandError: ADDR is “somewhere”, but should look like 127.0.0.1:8000.\n"


def test_the_demo_says_who_can_sign_in(tmp_path):
    with running(tmp_path, "--demo") as hub:
        said = hub.said

    assert {login.email for login in logins()} <= set(said.split())


def test_a_real_hub_does_not_become_the_demo(staff):
    with pytest.raises(CommandError, match="real hub"):
        serve.keep_apart(demo=True)


def test_the_demo_does_not_become_a_real_hub(db):
    UserFactory(email=logins()[0].email)

    with pytest.raises(CommandError, match="demo network"):
        serve.keep_apart(demo=False)


def test_each_may_start_again(db):
    serve.keep_apart(demo=False)
    serve.keep_apart(demo=True)
    UserFactory(email=logins()[0].email)
    serve.keep_apart(demo=True)
