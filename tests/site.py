"""Every address of the site, and somebody who goes there."""

import hashlib
import logging
import re
from contextlib import contextmanager
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def patterns(resolver=None, names=(), route=""):
    """Every URL pattern there is: (name with its namespaces, the whole route, the pattern)."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield ":".join([*names, pattern.name or ""]), here, pattern
        else:
            yield from patterns(pattern, [*names, *filter(None, [pattern.namespace])], here)


def address(name, route, thing):
    """The address of a page about this thing."""
    values = {
        "slug": lambda: getattr(thing, "slug", None) or thing.organization.slug,
        "pk": lambda: thing.pk,
        "model": lambda: thing.kind,
        "kind": lambda: thing.instance_type._meta.label_lower,
    }
    return reverse(name, kwargs={part: values[part]() for part in re.findall(r"<\w+:(\w+)>", route)})


def find(world, path):
    """What a table calls "pending": Lakeshore's, or else the world's. A dash is nothing."""
    return None if path == "-" else getattr(world.lakeshore, path, None) or getattr(world, path)


# What reading a page leaves behind: that it was read.
LEFT_BY_READING = {"partners_reading"}


def fingerprint():
    """A hash of every row of every table, but those that a visit itself leaves."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - LEFT_BY_READING):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            digest.update(repr((table, cursor.fetchall())).encode())
    return digest.hexdigest()


class Watch:
    """Knows whether anything but a look went to the database. Only then is it worth reading all of it again."""

    LOOKS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")

    def __init__(self):
        self.wrote = False

    def __call__(self, execute, sql, params, many, context):
        self.wrote |= not sql.startswith(self.LOOKS)
        return execute(sql, params, many, context)


class Site:
    """The site as each actor of the world finds it, always in the same state: what a visit does is undone after it."""

    def __init__(self, world, **client):
        self.world = world
        self.client = Client(**client)
        self.sessions = {}
        for actor, user in world.actors.items():
            if user:
                client = Client()
                client.force_login(user, backend=BACKEND)
                self.sessions[actor] = client.session.session_key
        self.fingerprint = fingerprint()

    def is_as_it_was(self, answer):
        """Whether all rows are as they were before the visit that got this answer, and which is not over yet."""
        return not answer.wrote or fingerprint() == self.fingerprint

    @contextmanager
    def visit(self, actor, method, url, data=None, **headers):
        """The answer with its `body`, while what the visit did can still be looked at."""
        cache.clear()  # where rates are counted
        session = self.sessions.get(actor)
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session} if session else {})
        with transaction.atomic():
            with connection.execute_wrapper(watch := Watch()):
                if isinstance(data, bytes):  # sent as they are
                    answer = self.client.generic(method, url, data, **headers)
                else:
                    answer = getattr(self.client, method.lower())(url, data, **headers)
                answer.body = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
            answer.wrote = watch.wrote
            yield answer
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def site(world):
    logging.disable(logging.CRITICAL)  # refusals are what we come for
    yield Site(world)
    logging.disable(logging.NOTSET)
