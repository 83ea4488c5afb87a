import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import UserFactory


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get("/").headers["Location"] == "/accounts/login/code/?next=/"


@pytest.mark.parametrize("role", settings.HOMES)
def test_each_role_is_sent_home(db, sign_in, role):
    user = UserFactory(role=role)

    assert sign_in(user).get("/").headers["Location"] == reverse(settings.HOMES[role])
