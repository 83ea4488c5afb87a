"""What can only go wrong beside a server: its programs, their ages, its rights and its leftovers."""

import os
import signal
import threading
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from network import backup
from network.backup import postgresql
from network.backup.faults import BackupFailed
from network.backup.postgresql import PostgreSQL
from tests.factories import OrganizationFactory
from tests.network.waiting import wait_for

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "backups"


@pytest.fixture
def another():
    """A session beside Django's."""
    with closing(psycopg2.connect(**backup.ours().parameters)) as session, session.cursor() as cursor:
        session.autocommit = True
        yield cursor


def databases(cursor):
    cursor.execute("SELECT datname FROM pg_database")
    return {name for [name] in cursor.fetchall()}


def dumping():
    """The process that dumps our test database, or nothing."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = file.read_bytes().decode().split("\0")
        except OSError:
            continue
        if words[0].endswith("pg_dump") and f"dbname={connection.settings_dict['NAME']}" in " ".join(words):
            return int(file.parent.name)
    return None


def test_a_killed_pg_dump_is_no_backup(folder, another):
    earlier, _ = backup.make(folder, keep=1)
    another.execute("BEGIN")
    another.execute("LOCK TABLE partners_organization IN ACCESS EXCLUSIVE MODE")  # so that pg_dump has to wait
    said = []

    def make():
        try:
            backup.make(folder, keep=1)
        except BackupFailed as failed:
            said.append(str(failed))
        connection.close()

    maker = threading.Thread(target=make)
    maker.start()
    os.kill(wait_for(dumping), signal.SIGKILL)
    maker.join()
    another.execute("ROLLBACK")

    assert said == ["pg_dump was killed by signal 9."]
    assert list(folder.iterdir()) == [earlier]


def test_without_pg_dump_there_is_none(folder, monkeypatch, tmp_path):
    monkeypatch.setattr(postgresql, "PROGRAMS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupFailed, match=r"There is no pg_dump \d+ on this machine"):
        backup.make(folder, keep=1)

    assert list(folder.iterdir()) == []


def test_a_pg_dump_of_another_age_is_not_trusted(folder, monkeypatch, tmp_path):
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    monkeypatch.setattr(postgresql, "PROGRAMS", tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BackupFailed, match=r"There is no pg_dump \d+ on this machine"):
        backup.make(folder, keep=1)


def test_what_a_killed_proof_left_on_the_server_is_dropped(folder, another):
    leftover = f"{connection.settings_dict['NAME']}_proof_0123456789ab"
    lookalike = f"{connection.settings_dict['NAME']}_proof_of_ours"
    for name in (leftover, lookalike):
        another.execute(f"CREATE DATABASE {name}")
    try:
        backup.make(folder, keep=1)

        assert {name for name in databases(another) if "_proof_" in name} == {lookalike}
    finally:
        another.execute(f"DROP DATABASE {lookalike}")


def test_a_user_who_may_not_create_a_database_is_told_so(folder, another):
    another.execute("CREATE ROLE no_creator LOGIN")
    try:
        ours = PostgreSQL({**backup.ours().parameters, "user": "no_creator"})

        with pytest.raises(BackupFailed, match="may not create a database"), ours.scratch(folder):
            pass
    finally:
        another.execute("DROP ROLE no_creator")


def test_the_password_is_not_for_every_eye_on_the_host(monkeypatch):
    calls = []
    run = postgresql.subprocess.run
    monkeypatch.setattr(
        postgresql.subprocess, "run", lambda command, **how: calls.append((command, how)) or run(command, **how)
    )

    PostgreSQL({**backup.ours().parameters, "password": "s3cret'"}).run("pg_dump", "--schema-only")

    command, how = calls[-1]
    assert how["env"]["PGPASSWORD"] == "s3cret'"
    assert not any("s3cret" in word for word in command)


def test_it_restores_into_another_database_and_only_into_an_empty_one(folder, another, tmp_path):
    OrganizationFactory.create_batch(2)
    file, manifest = backup.make(folder, keep=1)
    other = f"{connection.settings_dict['NAME']}_other"
    another.execute(f"CREATE DATABASE {other}")
    parameters = backup.ours().parameters
    into = backup.at("postgres://{user}@{host}:{port}/".format(**parameters) + other)
    try:
        restored = backup.restore(file, into=into, uploads=tmp_path / "uploads", room=tmp_path)

        assert restored == manifest
        assert into.tables() == backup.ours().tables()
        with pytest.raises(BackupFailed, match="There is something in the database"):
            backup.restore(file, into=into, uploads=tmp_path / "uploads", room=tmp_path)
    finally:
        another.execute(f"DROP DATABASE {other}")
