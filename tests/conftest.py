"""The cast: who signs in. Data belongs to each test."""

import pytest
from django.db import connection
from django.test import Client

from tests.factories import IntrapreneurFactory, OrganizationFactory, PersonFactory, UserFactory

pytest_plugins = ["tests.browser", "tests.site", "tests.world"]


def delete_what_is_there(style, tables, **options):
    """In place of TRUNCATE, which makes new files for every table after each test that commits."""
    looks = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        return [f'DELETE FROM "{table}"' for [table] in cursor.fetchall()]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL empties a hundred tables slowly, and drops no database that somebody still uses."""
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = delete_what_is_there
    yield
    if connection.vendor == "postgresql":  # a server thread may outlive its last browser
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def overseer(db):
    return UserFactory(overseer=True, name="Olu Overseer", email="olu@hub.example.org")


@pytest.fixture
def staff(db):
    return UserFactory(name="Ana Silva", email="ana@hub.example.org")


@pytest.fixture
def admin_user(db):
    return UserFactory(admin=True, name="Ada Admin", email="ada@hub.example.org")


@pytest.fixture
def partner(staff):
    """Dana, who leads the network's work at Lakeshore and can sign in."""
    user = UserFactory(partner=True, name="Dana Whitfield", email="dana@lakeshore.example.org")
    lakeshore = OrganizationFactory(name="Lakeshore Science Center", slug="lakeshore-science-center", owner=staff)
    person = PersonFactory(organization=lakeshore, name=user.name, email=user.email, user=user)
    IntrapreneurFactory(person=person)
    return user


@pytest.fixture
def sign_in():
    """`sign_in(user)` is a test client already signed in as them."""

    def signed_in(user):
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
