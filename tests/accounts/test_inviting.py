import pytest

from accounts import actions, rules
from accounts.models import User
from tests.factories import UserFactory

Role = User.Role


@pytest.mark.parametrize(
    ("by", "may_give"),
    [
        (Role.ADMIN, {Role.ADMIN, Role.OVERSEER, Role.STAFF, Role.PARTNER}),
        (Role.OVERSEER, {Role.OVERSEER, Role.STAFF, Role.PARTNER}),
        (Role.STAFF, {Role.PARTNER}),
        (Role.PARTNER, set()),
    ],
)
def test_who_may_invite_whom(by, may_give):
    assert {role for role in Role if rules.may_give(User(role=by), role)} == may_give
    assert not any(rules.may_give(User(role=by, is_active=False), role) for role in Role)


def test_inviting_makes_an_account_without_a_password(staff, news):
    user = actions.invite("Dana@Lakeshore.example.org", role=Role.PARTNER, name="Dana Whitfield", by=staff)

    assert (user.email, user.name, user.role) == ("dana@lakeshore.example.org", "Dana Whitfield", "partner")
    assert (user.invited_by, user.is_waiting, user.has_usable_password()) == (staff, True, False)
    assert news == [(user, staff)]


def test_a_refused_invitation_makes_nothing(staff, news):
    with pytest.raises(rules.Refused, match="make a person overseer"):
        actions.invite("eve@example.org", role=Role.OVERSEER, name="Eve", by=staff)

    assert set(User.objects.all()) == {staff}
    assert news == []


def test_inviting_again_in_other_letters_is_the_same_account_and_writes_to_whoever_still_waits(staff, news):
    first = actions.invite("dana@example.org", role=Role.PARTNER, name="Dana", by=staff)

    again = actions.invite("DANA@EXAMPLE.ORG", role=Role.PARTNER, name="Someone else", by=staff)

    assert (again, again.name) == (first, "Dana")
    assert news == [(first, staff), (first, staff)]


def test_inviting_does_not_change_an_account_in_use(overseer, partner, news, sign_in):
    sign_in(partner)

    user = actions.invite(partner.email, role=Role.STAFF, name="", by=overseer)

    assert (user, user.role) == (partner, Role.PARTNER)
    assert news == []


def test_inviting_a_closed_account_opens_it_again(overseer, news):
    closed = UserFactory(is_active=False)

    user = actions.invite(closed.email, role=Role.STAFF, name="", by=overseer)

    assert (user, user.is_active) == (closed, True)
    assert news == [(closed, overseer)]


def test_who_may_not_look_after_a_closed_account_cannot_open_it_by_inviting(staff):
    closed = UserFactory(is_active=False)

    with pytest.raises(rules.Refused):
        actions.invite(closed.email, role=Role.PARTNER, name="", by=staff)

    closed.refresh_from_db()
    assert not closed.is_active
