import pytest

from outbox import actions
from tests.outbox import mail_server


@pytest.fixture
def written(staff):
    """`written(**changes)` is a letter of staff to Dana, written from a template as the apps above do it."""

    def write(**changes):
        fields = {
            "to_name": "Dana Whitfield",
            "to_email": "dana@lakeshore.example.org",
            "dedupe_key": "test-letter",
            "context": {"user": staff, "sign_in_url": "https://hub.example.org/in/"},
            "by": staff,
        }
        return actions.write("outbox/invitation", **{**fields, **changes})

    return write


@pytest.fixture
def server(settings):
    """A mail server that the settings point to; tell it how to answer."""
    manner = mail_server.Manner()
    with mail_server.listening(manner) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        yield manner
