"""What a page costs: `make bench ARGS=--write`, or only the small one: `ARGS="--scale 1"`.

Each size of the demo network gets a database and a folder of its own, and a process of its own to measure it. With
DATABASE_URL in the environment the same is done again on that PostgreSQL server, in databases made and dropped for it.
"""

import argparse
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

from tests.bench import report

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def database(server, scale):
    """DATABASE_URL of an empty database: one on `server`, or nothing, which means SQLite in VAR."""
    if not server:
        yield {}
        return
    name = f"trellis_bench_{scale}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl()}
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            connection.close()


def measure(server, scale, requests):
    """The figures of one network, taken in a fresh process."""
    with database(server, scale) as url, tempfile.TemporaryDirectory(prefix="trellis-bench-") as var:
        inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        environment = {**inherited, **url, "VAR": var, "SECRET_KEY": secrets.token_urlsafe(48), "DEBUG": "0"}
        command = [sys.executable, "-m", "tests.bench.measure", str(scale), str(requests)]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="What a page costs.")
    parser.add_argument("--scale", type=int, nargs="+", default=[1, 100], help="1 is 280 partners, 100 takes minutes")
    parser.add_argument("--requests", type=int, default=200, help="how often each page is asked for")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/benchmarks.md")
    options = parser.parse_args()

    servers = [server for server in ("", os.environ.get("DATABASE_URL")) if server is not None]
    runs = [[measure(server, scale, options.requests) for scale in options.scale] for server in servers]

    text = report.text(runs, options.requests)
    sys.stdout.write(text)
    if options.write:
        (ROOT / "docs" / "benchmarks.md").write_text(text)


main()
