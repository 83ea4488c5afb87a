import pytest
from django.http import QueryDict

from accounts.middleware import CleanInputMiddleware
from accounts.record import version

PAGE = "/me/"


def test_a_background_save_of_someone_signed_out_is_told_plainly(client, db):
    answer = client.post(PAGE, headers={"X-Trellis-Save": "7"})

    assert (answer.status_code, answer.content) == (401, b"Signed out.")


def test_a_fragment_request_from_nowhere_is_sent_to_the_door_all_the_same(client, db):
    answer = client.get(PAGE, headers={"HX-Request": "true", "HX-Current-URL": "http://["})

    assert answer.headers["HX-Redirect"] == "/accounts/login/code/?next=/"


def test_a_fragment_request_sends_the_whole_page_to_the_door_and_back(client, db):
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/partners/lakeshore/?tab=calls"}

    answer = client.get(PAGE, headers=htmx)

    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/accounts/login/code/?next=/partners/lakeshore/%3Ftab%3Dcalls"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/partners/add/?x=1", "/partners/add/%3Fx%3D1"),
        ("https://elsewhere.example.com/partners/", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_whoever_sent_a_form_comes_back_to_the_page_it_was_on(client, db, referer, back):
    answer = client.post("/me/theme/", headers={"Referer": referer})

    assert answer.headers["Location"] == f"/accounts/login/code/?next={back}"


def test_pages_of_someone_signed_in_are_kept_by_nobody(staff, sign_in):
    kept = sign_in(staff).get(PAGE).headers["Cache-Control"]

    assert set(kept.split(", ")) == {"private", "no-store"}


def test_times_on_the_page_are_the_readers_own(staff, sign_in):
    staff.time_zone = "Asia/Tokyo"
    staff.last_login = None
    staff.save()

    page = sign_in(staff).get(PAGE)

    assert 'value="Asia/Tokyo" selected' in page.content.decode()


def test_what_no_database_can_store_is_dropped_and_the_rest_kept(staff, sign_in):
    answer = sign_in(staff).post(PAGE, {"name": "Ana\x00 Silva", "phone": "\x00", "seen": version(staff)})

    assert answer.status_code == 302
    staff.refresh_from_db()
    assert (staff.name, staff.phone) == ("Ana Silva", "")


def test_lone_surrogates_are_dropped_from_names_and_values_alike():
    sent = QueryDict(mutable=True)
    sent.setlist("na\ud800me", ["Ana\udfff", "\x00Silva", "😀"])

    clean = CleanInputMiddleware(None).cleaned(sent)

    assert dict(clean.lists()) == {"name": ["Ana", "Silva", "😀"]}


def test_clean_input_is_passed_on_as_it_is():
    sent = QueryDict("name=Ana+Silva")

    assert CleanInputMiddleware(None).cleaned(sent) is sent


def test_a_number_that_no_database_can_have_is_a_mistake_to_be_told_and_no_crash(admin_user, sign_in):
    client = sign_in(admin_user)

    for page in ("checkins/checkin/?caller", "accounts/user/?last_login__year"):
        answer = client.get(f"/admin/{page}={10**30}")
        told = "larger than we can keep" in answer.content.decode()
        assert (answer.status_code, told) in [(400, True), (200, False)]  # PostgreSQL may look for it, and finds nobody


def test_so_is_what_is_nested_too_deep(client, db):
    client.get("/accounts/2fa/webauthn/login/")

    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": "[" * 5000})

    assert answer.status_code == 400
