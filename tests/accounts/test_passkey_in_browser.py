import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

A_PHONE_WITH_A_FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(transactional_db, visit, mailoutbox, posted_at_once):
    """A stranger's browser at the door, on a device that can hold passkeys."""
    page = visit(path="/")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": A_PHONE_WITH_A_FINGERPRINT})
    return page


def sign_in_by_code(page, email, mailbox):
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Mail me a code").click()
    expect(page.get_by_role("heading", name="Type the code")).to_be_visible()
    page.get_by_label("Code").fill(re.search(r"\d{4}-\d{4}", mailbox[-1].body)[0])
    page.get_by_role("button", name="Sign in").click()


def test_in_by_code_then_a_passkey_then_in_by_passkey_alone(page, staff, mailoutbox, settings):
    settings.MFA_REQUIRED_FOR_HUB = True

    sign_in_by_code(page, staff.email, mailoutbox)
    expect(page.get_by_text("please set up one of these two")).to_be_visible()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/me/")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.goto("/me/")
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url("**/me/")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_a_passkey_is_also_the_second_step_after_a_code(page, staff, mailoutbox):
    sign_in_by_code(page, staff.email, mailoutbox)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/me/")
    page.get_by_role("button", name="Sign out").click()

    page.goto("/me/")
    sign_in_by_code(page, staff.email, mailoutbox)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey or security key").click()

    expect(page.get_by_role("heading", name="My account")).to_be_visible()
