"""The pages that strangers may open, and what a forged form gets."""

import pytest

from tests.roles.bodies import body
from tests.roles.table import ALLAUTH, OURS, lines
from tests.site import Site, address, find, patterns

pytestmark = pytest.mark.django_db

ROUTES = {name: route for name, route, _ in patterns()}

# All but the last are allauth's, and none says whether somebody has an account.
OPEN = {
    "account_complete_password_reset",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_password_reset_completed",
    "account_request_login_code",
    "account_reset_password",
    "account_signup",  # says that one has to be invited
    "mfa_authenticate",
    "mfa_login_webauthn",
    "admin:login",  # leads on to the door
}

SENT = [(line[0], line[1]) for line in lines(OURS) if "POST" in line[2]] + [(line[0], "ben") for line in lines(ALLAUTH)]
FORGED = {
    "no token": {},
    "a wrong token": {"headers": {"X-CSRFToken": "a" * 64}},
    "a token of another session": {"headers": {"X-CSRFToken": "b" * 32, "Cookie": f"csrftoken={'c' * 32}"}},
}


def test_strangers_open_these_pages_and_no_other():
    assert {name for name, _, pattern in patterns() if not getattr(pattern.callback, "login_required", True)} == OPEN


@pytest.fixture(scope="module")
def strict_site(world, site):
    return Site(world, enforce_csrf_checks=True)


@pytest.mark.parametrize(("name", "path"), SENT)
def test_a_form_without_its_token_is_refused_and_changes_nothing(strict_site, name, path):
    world = strict_site.world
    thing = find(world, path)
    url, data = address(name, ROUTES[name], thing), body(name, world, thing)

    for actor in ("partner", "overseer", "admin"):
        for forged, extra in FORGED.items():
            with strict_site.visit(actor, "POST", url, data, **extra) as answer:
                assert answer.status_code == 403, f"{forged} as {actor}"
                assert strict_site.is_as_it_was(answer), f"{forged} as {actor}"


@pytest.mark.parametrize("page", ["", "add/", "{pk}/change/", "{pk}/delete/"])
def test_nor_does_the_admin_take_one(strict_site, page):
    url = f"/admin/partners/topic/{page.format(pk=strict_site.world.robotics.pk)}"

    with strict_site.visit("admin", "POST", url, {"post": "yes"}) as answer:
        assert answer.status_code == 403
        assert strict_site.is_as_it_was(answer)


def test_a_form_in_disguise_is_refused_as_well(strict_site):
    url = f"/team/{strict_site.world.ben.pk}/deactivate/"

    for content_type in ("text/plain", "application/json"):
        with strict_site.visit("overseer", "POST", url, '{"role": "admin"}', content_type=content_type) as answer:
            assert answer.status_code == 403
            assert strict_site.is_as_it_was(answer)
