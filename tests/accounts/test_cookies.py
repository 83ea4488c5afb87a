"""What the settings promise when the hub is on the web: read afresh, as production starts."""

import runpy

import pytest
from django.conf import settings


@pytest.fixture
def production(monkeypatch):
    monkeypatch.setenv("BASE_URL", "https://trellis.example.org")
    monkeypatch.setenv("DEBUG", "0")
    return runpy.run_path(str(settings.BASE_DIR / "network" / "settings.py"))


def test_cookies_travel_over_https_alone_and_belong_to_this_host(production):
    names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "SECURE"]

    assert [production[name] for name in names] == ["__Host-sessionid", True, "__Host-csrftoken", True, True]


def test_the_hub_needs_a_second_step_and_passkeys_a_real_origin(production):
    assert production["MFA_REQUIRED_FOR_HUB"]
    assert not production["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]


def test_no_script_reads_the_session_and_no_other_site_sends_it(door, staff):
    cookie = door.walk_in(staff).cookies[settings.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 12 * 3600)


def test_the_session_gets_a_new_key_at_sign_in(door, staff):
    door.ask(staff.email)
    before = door.client.session.session_key

    door.enter(door.code())

    assert door.client.session.session_key != before


def test_the_theme_travels_over_https_alone_where_there_is_https(partner, sign_in, settings):
    settings.SECURE = True

    cookie = sign_in(partner).post("/me/theme/", {"theme": "dark"}).cookies["theme"]

    assert (cookie["secure"], cookie["httponly"]) == (True, True)
