import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts import actions, tasks
from accounts.models import User
from tests.accounts.conftest import ASK, CONFIRM
from tests.factories import UserFactory

LOGIN = reverse("account_login")
PASSWORD = "a long walk by the lake"


def test_an_invited_person_signs_in_with_the_code_from_the_mail(staff, door):
    dana = actions.invite("dana@lakeshore.example.org", role=User.Role.PARTNER, name="Dana", by=staff)

    answer = door.ask("Dana@lakeshore.example.org")
    assert (answer.status_code, answer.headers["Location"], door.user_id) == (302, CONFIRM, None)
    assert [(mail.to, mail.subject) for mail in door.mailbox] == [
        (["dana@lakeshore.example.org"], "Network Hub: Your code to sign in")
    ]

    answer = door.enter(door.code())
    assert (answer.headers["Location"], door.user_id) == ("/", str(dana.pk))
    assert list(dana.emailaddress_set.values_list("email", "verified", "primary")) == [(dana.email, True, True)]


def test_signing_in_is_no_change_of_the_account(staff, door):
    door.walk_in(staff)

    staff.refresh_from_db()
    assert (staff.is_waiting, staff.history.count()) == (False, 1)


def test_the_mail_is_sent_by_the_worker_after_the_commit(
    client, staff, mailoutbox, django_capture_on_commit_callbacks, monkeypatch
):
    asked_for = []
    monkeypatch.setattr(tasks.mail, "delay", lambda **mail: asked_for.append(mail["to"]))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(ASK, {"email": staff.email})

    assert (asked_for, mailoutbox) == ([staff.email], [])


def told_apart_by_nothing_but(email, page):
    return page.content.decode().replace(email, "them").replace(str(page.context["csrf_token"]), "")


def test_nobody_can_tell_from_outside_who_has_an_account(staff, door, client, django_assert_max_num_queries):
    closed = UserFactory(email="shut@hub.example.org", is_active=False)
    answers = set()

    for email in (staff.email, "odd@hub.example.org", closed.email):
        client.cookies.clear()
        with django_assert_max_num_queries(8):
            asked = door.ask(email)
        pages = [told_apart_by_nothing_but(email, page) for page in (client.get(CONFIRM), door.enter("0000-0000"))]
        answers.add((asked.status_code, asked.headers["Location"], *pages))

    assert len(answers) == 1
    assert [mail.to[0] for mail in door.mailbox] == [staff.email, "odd@hub.example.org", closed.email]
    assert ["is not invited" in mail.subject for mail in door.mailbox] == [False, True, True]


def test_the_reset_of_a_password_does_not_tell_either(staff, client, posted_at_once, mailoutbox):
    answers = {
        (answer.status_code, answer.headers["Location"])
        for email in (staff.email, "odd@hub.example.org")
        for answer in [client.post(reverse("account_reset_password"), {"email": email})]
    }

    assert answers == {(302, reverse("account_confirm_password_reset_code"))}
    assert len(mailoutbox) == 2


def test_three_wrong_codes_end_the_try(staff, door):
    door.ask(staff.email)
    code = door.code()

    for _ in range(3):
        door.enter("0000-0000")
    door.enter(code)

    assert door.user_id is None


def test_a_code_runs_out_after_ten_minutes(staff, door):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        door.ask(staff.email)
        clock.shift(601)

        door.enter(door.code())

    assert door.user_id is None


def test_a_code_opens_only_where_it_was_asked_for_and_once(staff, door, sign_in):
    door.ask(staff.email)
    stranger = type(door)(type(door.client)(), door.mailbox)

    stranger.enter(door.code())
    assert stranger.user_id is None

    door.enter(door.code())
    door.client.post(reverse("account_logout"))
    door.enter(door.code())
    assert door.user_id is None


def test_an_address_gets_five_codes_in_ten_minutes(staff, door):
    for _ in range(7):
        door.client.cookies.clear()
        answer = door.ask(staff.email)

    assert len(door.mailbox) == 5
    assert "Too many" in answer.content.decode()


def test_guessing_passwords_is_stopped_even_for_the_right_one(client, staff):
    staff.set_password(PASSWORD)
    staff.save()

    for guess in range(5):
        client.post(LOGIN, {"login": staff.email, "password": f"guess number {guess}"})
    answer = client.post(LOGIN, {"login": staff.email, "password": PASSWORD})

    assert "Too many failed" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_storm_of_passwords_is_answered_with_a_page_that_says_so(client, db):
    storm = {"password": "a guess of theirs"}

    answers = [client.post(LOGIN, {"login": f"u{number}@example.org", **storm}) for number in range(31)]

    assert answers[-1].status_code == 429
    assert "A moment, please" in answers[-1].content.decode()


def test_an_account_closed_between_code_and_click_stays_closed(overseer, staff, door):
    door.ask(staff.email)
    actions.deactivate(staff, by=overseer)

    answer = door.enter(door.code())

    assert (answer.headers["Location"], door.user_id) == (reverse("account_inactive"), None)
    assert "This account is closed" in door.client.get(answer.headers["Location"]).content.decode()


def test_a_closed_account_is_not_let_in_by_its_password(client, staff):
    staff.set_password(PASSWORD)
    staff.is_active = False
    staff.save()

    client.post(LOGIN, {"login": staff.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_one_comes_back_to_the_page_one_wanted(staff, door):
    door.ask(staff.email, next="/team/")

    assert door.enter(door.code(), next="/team/").headers["Location"] == "/team/"


def test_nobody_is_sent_to_another_site(staff, door, client, sign_in):
    away = [
        "https://evil.example.com/",
        "//evil.example.com",
        "/\\evil.example.com",
        "javascript:alert(1)",
        "///evil.example.com",
    ]

    for url in away:
        client.cookies.clear()
        door.ask(staff.email, next=url)
        assert door.enter(door.code(), next=url).headers["Location"] == "/"
        cache.clear()

    for url in away:
        assert sign_in(staff).post("/accounts/logout/", {"next": url}).headers["Location"] == "/"


def test_nobody_signs_up(client, db):
    page = client.get(reverse("account_signup"))
    client.post(reverse("account_signup"), {"email": "new@example.org"})

    assert "by invitation" in page.content.decode()
    assert not User.objects.exists()


def test_the_admin_has_no_door_of_its_own(client, staff, sign_in):
    assert client.get("/admin/login/").headers["Location"] == f"{ASK}?next=%2Fadmin%2Flogin%2F"
    assert client.post("/admin/login/", {"username": staff.email, "password": "x"}).status_code == 302
    assert sign_in(staff).get("/admin/login/").status_code == 403


def test_a_weak_password_is_refused(door, staff):
    door.walk_in(staff)

    for weak in ("short", "password1234", staff.email):
        door.client.post(reverse("account_set_password"), {"password1": weak, "password2": weak})

    staff.refresh_from_db()
    assert not staff.has_usable_password()
