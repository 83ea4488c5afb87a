"""Requests that no browser sends: bodies cut short, in the wrong alphabet, too deep, too many, too long."""

import json

import pytest

from checkins.models import CallDraft
from partners.models import Challenge
from tests.fuzz.payloads import TEXTS
from tests.roles.bodies import body
from tests.roles.table import OURS, lines
from tests.site import address, find, patterns

pytestmark = pytest.mark.django_db

ROUTES = {name: route for name, route, _ in patterns()}
POSTS = {line[0]: (line[0], line[1]) for line in lines(OURS) if "POST" in line[2]}
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
PART = b'--b\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s\r\n'

BODIES = {
    "nothing": (b"", FORM),
    "JSON": (b'{"text": "\\ud800\\u0000", "n": NaN}', "application/json"),
    "deep JSON": (b"[" * 10_000 + b"]" * 10_000, "application/json"),
    "JSON in disguise": (b'{"text": 1}', "text/plain"),
    "no boundary": (b"text=1", "multipart/form-data"),
    "another boundary": (b"--c\r\n\r\n", PARTS),
    "cut short": (PART[:40], PARTS),
    "a part without a name": (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", PARTS),
    "a file for every field": (
        b"".join(PART % (name, b"../\x00a.csv", b"x") for name in (b"text", b"file", b"name", b"kind")) + b"--b--",
        PARTS,
    ),
    "another alphabet": ("text=wörter".encode("utf-16"), f"{FORM}; charset=utf-16"),
    "no such alphabet": (b"text=1", f"{FORM}; charset=klingon"),
    "escapes as alphabet": (
        PART.replace(b'; filename="%s"', b"") % (b"text", rb"before\ud800\x00after") + b"--b--",
        f"{PARTS}; charset=unicode_escape",
    ),
    "unreadable bytes": (b"text=%ED%A0%80%FF%FE&%00=%00&text", FORM),
    "6,000 fields": (b"&".join(b"f%d=1" % number for number in range(6000)), FORM),
    "9 MB": (b"text=" + b"x" * (9 * 2**20), FORM),
}


@pytest.mark.parametrize(("name", "thing"), POSTS.values())
def test_no_body_breaks_a_page(lenient_site, name, thing):
    url = address(name, ROUTES[name], find(lenient_site.world, thing))
    wrong = []

    for what, (data, content_type) in BODIES.items():
        for actor in ("stranger", "partner", "overseer"):
            with lenient_site.visit(actor, "POST", url, data, content_type=content_type) as answer:
                if answer.status_code >= 500:
                    wrong.append(f"{actor} {url}, {what}: {answer.exc_info[1]!r}")

    assert not wrong, "\n".join(wrong)


def test_half_a_character_in_another_alphabet_is_dropped_and_the_rest_is_kept(lenient_site):
    """Only so does a lone surrogate reach a form at all: UTF-8 has none."""
    url = address("partners:add_sentence", ROUTES["partners:add_sentence"], lenient_site.world.lakeshore.challenge)
    fields = {b"text": rb"before\ud800\x00after", b"reach": b"network", b"seen": b"0"}
    part = PART.replace(b'; filename="%s"', b"")
    data = b"".join(part % pair for pair in fields.items()) + b"--b--"

    with lenient_site.visit("partner", "POST", url, data, content_type=f"{PARTS}; charset=unicode_escape") as answer:
        assert answer.status_code == 302
        assert Challenge.objects.latest("pk").text == "beforeafter"


CREDENTIALS = ["", "{}", "[]", "null", "1", '"a"', "{", "[" * 5000, '{"id": "\\ud800", "rawId": 1, "response": {}}']
CREDENTIALS += [
    json.dumps({"id": text, "rawId": text, "response": {"clientDataJSON": text}}) for text in ("", "é", "AA")
]


@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"])
def test_no_passkey_breaks_the_door(lenient_site, name):
    url = address(name, ROUTES[name], None)
    wrong = []

    for credential in [*CREDENTIALS, *TEXTS.values()]:
        for actor in ("stranger", "overseer"):
            data = {"credential": credential.encode("utf-8", "replace").decode(), "name": "key"}
            with lenient_site.visit(actor, "GET", url), lenient_site.visit(actor, "POST", url, data) as answer:
                if answer.status_code >= 500:
                    wrong.append(f"{actor} {url} {credential[:60]!r}: {answer.exc_info[1]!r}")

    assert not wrong, "\n".join(wrong)


def test_a_draft_is_kept_whatever_is_in_it(lenient_site):
    pending = lenient_site.world.lakeshore.pending
    url = address("checkins:draft", ROUTES["checkins:draft"], pending)
    page = body("checkins:draft", lenient_site.world, pending)

    for name, text in TEXTS.items():
        typed = text.encode("utf-8", "replace").decode()
        with lenient_site.visit("overseer", "POST", url, {**page, "notes": typed}) as answer:
            assert answer.status_code == 200, name
            assert CallDraft.objects.get(checkin=pending).text["notes"] == typed.replace("\0", ""), name
