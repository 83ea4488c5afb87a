"""A PostgreSQL database, dumped and restored by PostgreSQL's own programs."""

import os
import re
import secrets
import shutil
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
from psycopg2.extensions import make_dsn, quote_ident

from network.backup.faults import BackupFailed, first_line
from network.backup.tables import summary

PROGRAMS = Path("/usr/lib/postgresql")  # where Debian keeps those of each version
# Rows are compared as text, which must not depend on the settings of a role or a server; and a long look is no idling.
SESSION = {
    "timezone": "UTC",
    "datestyle": "ISO",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1, 2
"""
ONE_AT_A_TIME = 20261122  # an advisory lock of this number


class PostgreSQL:
    vendor = "postgresql"

    def __init__(self, parameters):
        self.parameters = {name: value for name, value in parameters.items() if isinstance(value, str | int)}

    def __str__(self):
        return f"the database {self.parameters['dbname']}"

    def version(self):
        with self.connected() as connection:
            return connection.server_version // 10000

    def dump(self, file):
        """Dump the database into `file`, and answer what it held at that very moment."""
        with self.connected() as connection, connection.cursor() as cursor:
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
            cursor.execute("SELECT pg_export_snapshot()")
            [snapshot] = cursor.fetchone()
            # Not compressed, because the whole archive will be.
            how = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", "--no-comments"]
            self.run("pg_dump", *how, f"--snapshot={snapshot}", "--lock-wait-timeout=60s", f"--file={file}")
            return tables(cursor)

    def tables(self):
        with self.connected() as connection, connection.cursor() as cursor:
            return tables(cursor)

    def is_empty(self):
        with self.connected() as connection, connection.cursor() as cursor:
            cursor.execute(TABLES)
            return not cursor.fetchall()

    def restore(self, file):
        """All of it or, at the first error, nothing."""
        self.run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(file))

    def values(self, table, column):
        """The distinct texts of a column."""
        with self.connected() as connection, connection.cursor() as cursor:
            cursor.execute(f'SELECT DISTINCT "{column}" FROM "{table}"')
            return {value for [value] in cursor if value}

    @contextmanager
    def scratch(self, room):
        """An empty database on the same server, of the same kind, gone afterwards."""
        prefix = f"{self.parameters['dbname'][:40]}_proof_"
        name = prefix + secrets.token_hex(6)
        with self.connected() as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])  # so that what is left over is nobody's
            cursor.execute(
                "SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{re.escape(prefix)}[0-9a-f]{{12}}$"]
            )
            for [leftover] in cursor.fetchall():
                drop(cursor, leftover)
            create(cursor, name)
            try:
                yield PostgreSQL({**self.parameters, "dbname": name})
            finally:
                drop(cursor, name)

    @contextmanager
    def connected(self):
        with closing(psycopg2.connect(**self.parameters)) as connection:
            with connection.cursor() as cursor:
                for name, value in SESSION.items():
                    cursor.execute(f"SET {name} = %s", [value])
            connection.commit()
            yield connection

    def run(self, name, *arguments):
        """One of PostgreSQL's programs at this database, to its end. The password is not for every eye on the host."""
        without = {key: value for key, value in self.parameters.items() if key != "password"}
        environment = {**os.environ, "LC_ALL": "C"}
        if password := self.parameters.get("password"):
            environment["PGPASSWORD"] = str(password)
        done = subprocess.run(
            [program(name, self.version()), f"--dbname={make_dsn(**without)}", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )
        if done.returncode < 0:
            raise BackupFailed(f"{name} was killed by signal {-done.returncode}.")
        if done.returncode:
            raise BackupFailed(f"{name} failed: {first_line(done.stderr)}.")


def program(name, version):
    """The path of a program that is as old as the server: only that one is sure to understand it."""
    for path in [PROGRAMS / str(version) / "bin" / name, shutil.which(name)]:
        if path and Path(path).exists():
            said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
            if f" {version}." in said:
                return str(path)
    raise BackupFailed(
        f"There is no {name} {version} on this machine, as old as the server: install postgresql-client-{version}."
    )


def create(cursor, name):
    cursor.execute(
        "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = current_database()"
    )
    like = "ENCODING %s LC_COLLATE %s LC_CTYPE %s"
    try:
        cursor.execute(f"CREATE DATABASE {quote_ident(name, cursor)} TEMPLATE template0 {like}", cursor.fetchone())
    except psycopg2.errors.InsufficientPrivilege as error:
        raise BackupFailed(
            "The database user may not create a database to restore into, and what was never restored is no backup: "
            "ALTER ROLE … CREATEDB."
        ) from error


def drop(cursor, name):
    cursor.execute(f"DROP DATABASE IF EXISTS {quote_ident(name, cursor)} WITH (FORCE)")


def tables(cursor):
    cursor.execute(TABLES)
    return {
        name if schema == "public" else f"{schema}.{name}": table(cursor, schema, name)
        for schema, name in cursor.fetchall()
    }


def table(cursor, schema, name):
    """Counted and added up by the server, whatever the size of the table."""
    source = f"{quote_ident(schema, cursor)}.{quote_ident(name, cursor)}"
    cursor.execute(f"SELECT * FROM {source} LIMIT 0")
    columns = [column.name for column in cursor.description]
    cursor.execute(f"""SELECT count(*), sum(('x' || md5("the row"::text))::bit(64)::bigint) FROM {source} "the row" """)
    rows, total = cursor.fetchone()
    return summary(columns, rows, int(total or 0))
