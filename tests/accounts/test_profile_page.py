import pytest

from accounts import record

PAGE, THEME = "/me/", "/me/theme/"


def test_one_changes_ones_own_name_phone_and_zone(partner, sign_in):
    form = {"name": "Dana W.", "phone": "+1 555 0100", "time_zone": "America/Denver", "seen": record.version(partner)}

    answer = sign_in(partner).post(PAGE, form)

    partner.refresh_from_db()
    assert answer.headers["Location"] == PAGE
    assert (partner.name, partner.phone, partner.time_zone) == ("Dana W.", "+1 555 0100", "America/Denver")


def test_staff_say_which_languages_they_call_in_and_partners_are_not_asked(staff, partner, sign_in):
    form = {"name": "Ana Silva", "languages": "es, pt"}

    refused = sign_in(staff).post(PAGE, form | {"languages": "Klingon"}).content.decode()
    for user in (staff, partner):
        sign_in(user).post(PAGE, form | {"seen": record.version(user)})

    staff.refresh_from_db()
    partner.refresh_from_db()
    assert "“Klingon” is not a language code we know." in refused
    assert (staff.speaks, partner.speaks) == (["es", "pt"], [])


def test_nothing_else_can_be_smuggled_in(partner, sign_in):
    before = (partner.role, partner.email, partner.is_active, partner.password)

    sign_in(partner).post(
        PAGE, {"name": "Dana", "role": "admin", "email": "x@example.org", "is_active": "", "password": "x"}
    )

    partner.refresh_from_db()
    assert (partner.role, partner.email, partner.is_active, partner.password) == before


def test_a_zone_nobody_knows_is_answered_with_a_sentence_and_what_was_typed_stays(partner, sign_in):
    page = sign_in(partner).post(PAGE, {"name": "Someone Else", "time_zone": "Mars/Olympus"})

    text = page.content.decode()
    assert page.status_code == 200
    assert "Choose a time zone from the list." in text
    assert 'value="Someone Else"' in text
    assert ">Dana Whitfield</a>" in text  # the head of the page says who is signed in, not what was typed


def test_a_zone_under_an_older_name_can_be_kept(partner, sign_in):
    partner.time_zone = "US/Eastern"
    partner.save()

    form = {"name": "Dana", "time_zone": "US/Eastern", "seen": record.version(partner)}

    assert sign_in(partner).post(PAGE, form).status_code == 302


@pytest.mark.parametrize(("choice", "kept"), [("dark", "dark"), ("light", "light"), ("", "")])
def test_the_theme_is_chosen_without_script(partner, sign_in, choice, kept):
    client = sign_in(partner)

    answer = client.post(THEME, {"theme": choice, "next": "/me/?x=1"})

    cookie = answer.cookies["theme"]
    assert answer.headers["Location"] == "/me/?x=1"
    assert (cookie.value, cookie["samesite"]) == (kept, "Lax")
    assert (f'data-bs-theme="{kept}"' in client.get(PAGE).content.decode()) == bool(kept)


def test_an_unknown_theme_changes_nothing(partner, sign_in):
    client = sign_in(partner)
    client.cookies["theme"] = '"><script>'

    assert "theme" not in client.post(THEME, {"theme": "<script>", "next": "//evil.example.com"}).cookies
    assert "data-bs-theme" not in client.get(PAGE).content.decode()


def test_the_theme_answers_only_a_post_and_never_sends_away(partner, sign_in):
    client = sign_in(partner)

    assert client.get(THEME).status_code == 405
    assert client.post(THEME, {"theme": "dark", "next": "https://evil.example.com/"}).headers["Location"] == PAGE


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(PAGE).headers["Location"] == f"/accounts/login/code/?next={PAGE}"
