import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from django.utils import timezone

SETUP, TOTP_PAGE, AGAIN = reverse("mfa_index"), reverse("mfa_activate_totp"), reverse("accounts:sign_in_again")
SECRET = "JBSWY3DPEHPK3PXP"


def digits(secret=SECRET):
    """What the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def asked_for(settings):
    settings.MFA_REQUIRED_FOR_HUB = True


def test_the_hub_sets_up_a_second_step_before_anything_else(asked_for, staff, sign_in):
    client = sign_in(staff)

    assert client.get("/me/").headers["Location"] == SETUP
    assert client.get("/admin/").headers["Location"] == SETUP
    assert client.get("/me/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == SETUP
    page = client.get(SETUP)
    assert page.status_code == 200
    assert "please set up one of these two" in page.content.decode()


def test_partners_are_not_asked(asked_for, partner, sign_in):
    assert sign_in(partner).get("/me/").status_code == 200


def test_nobody_is_asked_where_the_hub_does_not_want_it(staff, sign_in):
    assert sign_in(staff).get("/me/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(asked_for, staff, sign_in):
    RecoveryCodes.activate(staff)

    assert sign_in(staff).get("/me/").headers["Location"] == SETUP


def test_an_app_is_set_up_right_after_signing_in_by_code_without_a_password(asked_for, staff, door):
    door.walk_in(staff)

    page = door.client.get(TOTP_PAGE)
    answer = door.client.post(TOTP_PAGE, {"code": digits(page.context["form"].secret)})

    assert (page.status_code, answer.headers["Location"]) == (200, reverse("mfa_view_recovery_codes"))
    assert set(Authenticator.objects.filter(user=staff).values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert door.client.get("/me/").status_code == 200


def test_a_session_left_open_is_not_enough_to_set_one_up(staff, door):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        door.walk_in(staff)
        clock.shift(601)

        answer = door.client.get(TOTP_PAGE)
        again = door.client.post(AGAIN, {"next": TOTP_PAGE})

    assert answer.headers["Location"] == f"{AGAIN}?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    assert again.headers["Location"] == "/accounts/login/code/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    assert door.user_id is None


def test_a_session_left_open_is_not_enough_to_set_a_first_password(staff, door):
    new = {"password1": "a long walk by the lake", "password2": "a long walk by the lake"}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        door.walk_in(staff)
        clock.shift(601)

        answer = door.client.post(reverse("account_set_password"), new)

    staff.refresh_from_db()
    assert answer.headers["Location"].startswith(AGAIN)
    assert not staff.has_usable_password()


def test_the_page_that_asks_to_sign_in_again_sends_nobody_to_another_site(staff, sign_in):
    page = sign_in(staff).get(AGAIN, {"next": "//evil.example.com"})

    assert page.context["back"] == "/me/"


def test_a_code_from_the_mail_does_not_stand_in_for_the_second_step(asked_for, staff, door):
    TOTP.activate(staff, SECRET)

    answer = door.walk_in(staff)
    assert (answer.headers["Location"], door.user_id) == (reverse("mfa_authenticate"), None)
    assert door.client.get("/me/").status_code == 302

    door.client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert door.user_id is None

    door.client.post(reverse("mfa_authenticate"), {"code": digits()})
    assert door.user_id == str(staff.pk)
    assert door.client.get("/me/").status_code == 200


def test_a_partner_who_chose_a_second_step_is_asked_for_it(partner, door):
    TOTP.activate(partner, SECRET)

    assert door.walk_in(partner).headers["Location"] == reverse("mfa_authenticate")


def test_guessing_the_digits_is_stopped(staff, door):
    TOTP.activate(staff, SECRET)
    door.walk_in(staff)

    for guess in range(6):
        page = door.client.post(reverse("mfa_authenticate"), {"code": f"{guess:06}"})

    assert "Too many failed" in page.content.decode()
    door.client.post(reverse("mfa_authenticate"), {"code": digits()})
    assert door.user_id is None


def test_a_new_password_does_not_stand_in_for_the_second_step(staff, door):
    TOTP.activate(staff, SECRET)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": staff.email})
    code = re.search(r"\d{4}-\d{4}", door.mailbox[-1].body)[0]

    client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    new = {"password1": "a long walk by the lake", "password2": "a long walk by the lake"}
    client.post(reverse("account_complete_password_reset"), new)
    answer = client.post(reverse("account_login"), {"login": staff.email, "password": new["password1"]})

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
