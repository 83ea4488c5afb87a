import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories import UserFactory

TEAM, INVITE = "/team/", "/team/invite/"


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_however_long_it_is(overseer, sign_in, django_assert_num_queries, count):
    UserFactory.create_batch(count)
    client = sign_in(overseer)

    with django_assert_num_queries(4):
        client.get(TEAM)


def test_the_team_is_listed_with_who_has_not_come_yet_and_who_is_gone(overseer, staff, partner, sign_in):
    UserFactory(name="Gone Girl", is_active=False)
    page = sign_in(overseer).get(TEAM)

    assert [(str(user), user.is_waiting) for user, _ in page.context["rows"]] == [
        ("Ana Silva", True),
        ("Olu Overseer", False),
        ("Gone Girl", False),
    ]
    assert "Withdraw the invitation" in page.content.decode()


def test_an_overseer_is_offered_only_what_they_may_do(overseer, staff, admin_user, sign_in):
    rows = dict(sign_in(overseer).get(TEAM).context["rows"])

    assert {str(user): [role for role, _ in roles] for user, roles in rows.items()} == {
        "Ada Admin": [],
        "Ana Silva": ["overseer", "staff"],
        "Olu Overseer": [],
    }


def test_inviting_a_colleague(overseer, sign_in, news):
    form = {"name": "Ben Okafor", "email": "Ben@hub.example.org", "role": "staff"}

    answer = sign_in(overseer).post(INVITE, form, follow=True)

    ben = User.objects.get(email="ben@hub.example.org")
    assert (ben.role, ben.invited_by, news) == ("staff", overseer, [(ben, overseer)])
    assert "Ben Okafor is invited" in answer.content.decode()


@pytest.mark.parametrize("role", ["admin", "partner", "king", ""])
def test_an_overseer_cannot_invite_into_other_roles(overseer, sign_in, role):
    page = sign_in(overseer).post(INVITE, {"name": "Eve", "email": "eve@example.org", "role": role})

    assert page.status_code == 200
    assert 'value="Eve"' in page.content.decode()
    assert set(User.objects.all()) == {overseer}


def test_an_address_in_use_is_answered_with_a_sentence(overseer, partner, sign_in):
    page = sign_in(overseer).post(INVITE, {"name": "D", "email": partner.email.upper(), "role": "staff"})

    assert "Dana Whitfield already has an account with this address, as partner." in page.content.decode()


def test_who_still_waits_can_be_written_to_again(overseer, staff, sign_in, news):
    sign_in(overseer).post(INVITE, {"name": staff.name, "email": staff.email, "role": "staff"})

    assert news == [(staff, overseer)]


def test_closing_opening_and_changing_the_role(overseer, staff, sign_in):
    client = sign_in(overseer)
    seen = []

    for name, data in [("deactivate", {}), ("reactivate", {}), ("change_role", {"role": "overseer"})]:
        answer = client.post(reverse(f"accounts:{name}", args=[staff.pk]), data)
        staff.refresh_from_db()
        seen.append((answer.status_code, staff.is_active, staff.role))

    assert seen == [(302, False, "staff"), (302, True, "staff"), (302, True, "overseer")]


@pytest.mark.parametrize("name", ["deactivate", "reactivate", "change_role"])
def test_what_is_not_theirs_to_change_stays(overseer, partner, admin_user, sign_in, name):
    client = sign_in(overseer)
    answers = {
        str(user): client.post(reverse(f"accounts:{name}", args=[user.pk]), {"role": "staff"}).status_code
        for user in (overseer, partner, admin_user)
    }

    assert answers == {"Olu Overseer": 403, "Dana Whitfield": 404, "Ada Admin": 403}
    assert {user: (user.role, user.is_active) for user in User.objects.exclude(email="ana@hub.example.org")} == {
        overseer: ("overseer", True),
        partner: ("partner", True),
        admin_user: ("admin", True),
    }


def test_a_role_outside_the_team_is_ignored(overseer, staff, sign_in):
    sign_in(overseer).post(reverse("accounts:change_role", args=[staff.pk]), {"role": "partner"})

    staff.refresh_from_db()
    assert staff.role == "staff"


@pytest.mark.parametrize("path", [TEAM, INVITE])
def test_the_team_page_is_for_overseers(client, staff, partner, sign_in, path):
    assert client.get(path).status_code == 302
    assert sign_in(staff).get(path).status_code == 403
    assert sign_in(partner).get(path).status_code == 403
