import pytest

from outbox import actions


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
