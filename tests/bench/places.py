"""Where a benchmark happens: a database of its own, a folder of its own, a process of its own."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def database(server, name):
    """DATABASE_URL of an empty database: one on `server`, or nothing, which means SQLite in VAR."""
    if not server:
        yield {}
        return
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl()}
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            connection.close()


def figures(module, *arguments, server, name, **environment):
    """What `python -m tests.bench.<module>` prints, in a fresh process with an empty database."""
    with database(server, name) as url, tempfile.TemporaryDirectory(prefix="trellis-bench-") as var:
        inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        own = {"VAR": var, "SECRET_KEY": secrets.token_urlsafe(48), "DEBUG": "0", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", f"tests.bench.{module}", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env={**inherited, **url, **own, **environment}, stdout=subprocess.PIPE, check=True
        )
        return json.loads(done.stdout)
