"""The pages one only reaches half-way through signing in: the sweep over all pages does not come by here."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from axe_playwright_python.sync_playwright import Axe

from tests.accounts.test_second_factor import SECRET, digits

pytestmark = pytest.mark.e2e
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def look_over(page):
    report = Axe().run(page, options=AXE)
    assert report.violations_count == 0, report.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_signing_in_in_two_steps_is_readable_for_everyone(
    transactional_db, visit, partner, mailoutbox, posted_at_once, width, scheme
):
    TOTP.activate(partner, SECRET)
    RecoveryCodes.activate(partner)
    page = visit(path="/me/", viewport={"width": width, "height": 800}, color_scheme=scheme)

    page.get_by_label("Email").fill(partner.email)
    page.get_by_role("button", name="Mail me a code").click()
    look_over(page)
    page.get_by_label("Code").fill("0000-0000")
    page.get_by_role("button", name="Sign in").click()
    look_over(page)
    page.get_by_label("Code").fill(re.search(r"\d{4}-\d{4}", mailoutbox[-1].body)[0])
    page.get_by_role("button", name="Sign in").click()
    look_over(page)
    page.get_by_label("Code").fill(digits())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/me/")
    look_over(page)
    page.goto("/accounts/2fa/recovery-codes/")
    look_over(page)
    page.goto("/accounts/2fa/totp/deactivate/")
    look_over(page)


def test_signing_in_needs_no_script(transactional_db, visit, partner, mailoutbox, posted_at_once):
    page = visit(path="/me/", java_script_enabled=False)

    page.get_by_label("Email").fill(partner.email)
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code").fill(re.search(r"\d{4}-\d{4}", mailoutbox[-1].body)[0])
    page.get_by_role("button", name="Sign in").click()

    page.wait_for_url("**/me/")
    assert "My account" in page.text_content("h1")
