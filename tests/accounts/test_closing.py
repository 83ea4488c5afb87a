import pytest
from django.db import IntegrityError, transaction

from accounts import actions, rules
from accounts.models import User
from tests.factories import UserFactory


def test_a_closed_account_is_refused_at_its_next_request(overseer, staff, sign_in):
    client = sign_in(staff)
    assert client.get("/me/").status_code == 200

    actions.deactivate(staff, by=overseer)

    assert client.get("/me/").headers["Location"].startswith("/accounts/login/code/")


def test_closing_twice_is_the_same_as_once_and_on_record(overseer, staff):
    for _ in range(2):
        actions.deactivate(staff, by=overseer)

    lines = [(line.is_active, line.history_user) for line in staff.history.all()]
    assert lines == [(False, overseer), (True, None)]


def test_opening_again_writes_to_them(overseer, news):
    closed = UserFactory(is_active=False)

    for _ in range(2):
        actions.reactivate(closed, by=overseer)

    assert news == [(closed, overseer)]


@pytest.mark.parametrize("action", [actions.deactivate, actions.reactivate])
def test_nobody_closes_or_opens_their_own_account(admin_user, action):
    with pytest.raises(rules.Refused, match="Ask a colleague"):
        action(admin_user, by=admin_user)


def test_nobody_changes_their_own_role(overseer):
    with pytest.raises(rules.Refused, match="Ask a colleague"):
        actions.change_role(overseer, role=User.Role.STAFF, by=overseer)


def test_a_role_is_changed_by_who_may_give_both_the_old_and_the_new(overseer, staff, admin_user):
    actions.change_role(staff, role=User.Role.OVERSEER, by=overseer)

    with pytest.raises(rules.Refused):
        actions.change_role(staff, role=User.Role.ADMIN, by=overseer)
    with pytest.raises(rules.Refused):
        actions.change_role(admin_user, role=User.Role.STAFF, by=overseer)

    assert {user: user.role for user in User.objects.all()} == {
        overseer: "overseer",
        staff: "overseer",
        admin_user: "admin",
    }


def test_staff_look_after_partners_and_nobody_else(staff, partner):
    colleague = UserFactory()

    assert rules.may_look_after(staff, partner)
    assert not rules.may_look_after(staff, colleague)
    assert not rules.may_look_after(partner, staff)


def test_two_accounts_cannot_share_an_address_in_other_letters(staff):
    with pytest.raises(IntegrityError, match="user_email_once"), transaction.atomic():
        UserFactory(email=staff.email.upper())


def test_a_role_nobody_knows_is_refused_by_the_database(staff):
    with pytest.raises(IntegrityError, match="user_role_known"), transaction.atomic():
        User.objects.filter(pk=staff.pk).update(role="king")
