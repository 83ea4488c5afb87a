import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from accounts import actions
from accounts.models import User
from accounts.record import version

USERS, ADD = reverse("admin:accounts_user_changelist"), reverse("admin:accounts_user_add")


def change(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def run(client, action, *users):
    return client.post(USERS, {"action": action, "_selected_action": [user.pk for user in users]}, follow=True)


def test_the_admin_is_for_admins(client, overseer, staff, partner, sign_in):
    assert client.get(USERS).status_code == 302
    for user in (overseer, staff, partner):
        assert sign_in(user).get(USERS).status_code in (302, 403)


def test_an_admin_searches_and_filters_accounts(admin_user, staff, partner, sign_in):
    page = sign_in(admin_user).get(USERS, {"q": "dana", "role__exact": "partner", "is_active__exact": "1"})

    assert list(page.context["cl"].result_list) == [partner]


def test_adding_an_account_is_inviting(admin_user, sign_in, news):
    sign_in(admin_user).post(ADD, {"email": "New@hub.example.org", "name": "New", "role": "staff"})

    new = User.objects.get(email="new@hub.example.org")
    assert (new.invited_by, new.has_usable_password(), news) == (admin_user, False, [(new, admin_user)])


def test_the_form_changes_neither_role_nor_address_nor_password(admin_user, staff, sign_in):
    client = sign_in(admin_user)
    smuggled = {"name": "Ana S.", "role": "admin", "email": "eve@example.org", "is_active": "", "password": "x"}
    smuggled["seen"] = version(staff)

    page = client.get(change(staff))
    client.post(change(staff), smuggled)

    before = (staff.role, staff.email, staff.is_active, staff.password)
    staff.refresh_from_db()
    assert staff.name == "Ana S."
    assert (staff.role, staff.email, staff.is_active, staff.password) == before
    assert staff.password not in page.content.decode()


def test_actions_obey_the_rules_of_the_team_page(admin_user, staff, sign_in):
    client = sign_in(admin_user)

    page = run(client, "close", staff, admin_user)
    run(client, "make_overseer", staff, admin_user)

    assert {user: (user.is_active, user.role) for user in User.objects.all()} == {
        staff: (False, "overseer"),
        admin_user: (True, "admin"),
    }
    assert "Nobody changes their own role or closes their own account." in page.content.decode()


@pytest.mark.parametrize(
    ("action", "role"),
    [("make_staff", "staff"), ("make_overseer", "overseer"), ("make_admin", "admin"), ("make_partner", "partner")],
)
def test_a_role_is_given_from_the_list(admin_user, overseer, sign_in, action, role):
    run(sign_in(admin_user), action, overseer)

    overseer.refresh_from_db()
    assert overseer.role == role


def test_accounts_are_closed_and_opened_but_never_deleted(admin_user, staff, sign_in):
    client = sign_in(admin_user)

    run(client, "close", staff)
    run(client, "open_again", staff)

    assert client.get(reverse("admin:accounts_user_delete", args=[staff.pk])).status_code == 403
    assert [line.is_active for line in staff.history.all()] == [True, False, True]
    assert client.get(reverse("admin:accounts_user_history", args=[staff.pk])).status_code == 200


def test_an_admin_cannot_hang_their_address_on_another_account(admin_user, staff, sign_in):
    client = sign_in(admin_user)
    address = EmailAddress.objects.create(user=staff, email=staff.email, verified=True, primary=True)
    form = {"user": staff.pk, "email": "ada@evil.example.com", "verified": "on", "primary": "on"}
    base = "admin:account_emailaddress"

    assert client.get(reverse(f"{base}_changelist"), {"q": "ana"}).status_code == 200
    assert client.post(reverse(f"{base}_add"), form).status_code == 403
    assert client.post(reverse(f"{base}_change", args=[address.pk]), form).status_code == 403
    assert client.post(reverse(f"{base}_delete", args=[address.pk]), {"post": "yes"}).status_code == 403
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [staff.email]


def test_a_lost_phone_is_helped_without_seeing_the_secret(admin_user, staff, sign_in):
    client = sign_in(admin_user)
    second = TOTP.activate(staff, "JBSWY3DPEHPK3PXP").instance
    base, args = "admin:mfa_authenticator", [second.pk]

    page = client.get(reverse(f"{base}_change", args=args))
    assert page.status_code == 200
    assert "JBSWY3DPEHPK3PXP" not in page.content.decode()
    assert client.post(reverse(f"{base}_change", args=args), {"type": "totp"}).status_code == 403

    client.post(reverse(f"{base}_delete", args=args), {"post": "yes"})
    assert not Authenticator.objects.exists()


def test_an_old_version_is_read_and_not_brought_back(admin_user, staff, sign_in):
    client = sign_in(admin_user)
    was = staff.history.get()
    actions.change_role(staff, role="overseer", by=admin_user)

    page = reverse("admin:accounts_user_simple_history", args=[staff.pk, was.pk])
    looked = client.get(page)
    brought_back = client.post(page, {"name": staff.name})

    staff.refresh_from_db()
    assert (looked.status_code, brought_back.status_code, staff.role) == (200, 403, "overseer")
