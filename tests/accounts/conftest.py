import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts import tasks
from accounts.signals import invited

ASK, CONFIRM = reverse("account_request_login_code"), reverse("account_confirm_login_code")


@pytest.fixture(autouse=True)
def fresh_limits():
    """Rate limits live in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def posted_at_once(monkeypatch):
    """Mails leave without a worker."""
    monkeypatch.setattr(tasks.mail, "delay_on_commit", tasks.mail)


class Door:
    """Someone at the sign-in page, with a look into the mailbox."""

    def __init__(self, client, mailbox):
        self.client, self.mailbox = client, mailbox

    def ask(self, email, **query):
        return self.client.post(ASK, {"email": email}, query_params=query)

    def code(self):
        return re.search(r"\d{4}-\d{4}", self.mailbox[-1].body)[0]

    def enter(self, code, **data):
        return self.client.post(CONFIRM, {"code": code, **data})

    def walk_in(self, user):
        self.ask(user.email)
        return self.enter(self.code())

    @property
    def user_id(self):
        return self.client.session.get("_auth_user_id")


@pytest.fixture
def door(db, client, mailoutbox, posted_at_once):
    return Door(client, mailoutbox)


@pytest.fixture
def news():
    """Everyone who was said to be invited, with who invited them."""
    heard = []

    def listen(sender, user, by, **kwargs):
        heard.append((user, by))

    invited.connect(listen)
    yield heard
    invited.disconnect(listen)
