"""What one reads when a page cannot be had."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_address_that_leads_nowhere_says_so_and_shows_the_way_home(staff, sign_in):
    page = sign_in(staff).get("/no/such/page/")

    assert page.status_code == 404
    assert "There is nothing here" in page.content.decode()


def test_a_page_of_the_hub_tells_a_partner_that_it_is_not_theirs(partner, sign_in):
    page = sign_in(partner).get(reverse("checkins:home"))

    assert page.status_code == 403
    assert "This page is not for you" in page.content.decode()


def test_a_form_that_was_open_too_long_says_what_to_do(staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = client.post(reverse("accounts:profile"), {"name": "Ana"})

    assert page.status_code == 403
    assert "This page was open too long" in page.content.decode()


def test_a_page_that_breaks_shows_no_trace_of_how(staff, sign_in, monkeypatch):
    monkeypatch.setattr("checkins.views.home.team_line", lambda *_: 1 / 0)
    client = sign_in(staff)
    client.raise_request_exception = False

    page = client.get(reverse("checkins:home"))

    assert page.status_code == 500
    assert "Something broke on our side" in page.content.decode()
    assert "ZeroDivisionError" not in page.content.decode()
