"""One page to take along to a visit."""

from datetime import date

import pytest

from checkins import actions as checkins
from tests.factories import (
    ChallengeFactory,
    CheckInFactory,
    DeliveryFactory,
    FollowUpFactory,
    OrganizationFactory,
    StrengthFactory,
    TouchpointFactory,
)


def page_of(client, organization):
    return client.get(f"{organization.get_absolute_url()}brief/")


def test_everything_one_needs_is_on_one_page(partner, staff, sign_in):
    lake = partner.person.organization
    partner.person.phone, lake.city, lake.time_zone = "+1 555 0100", "Chicago", "America/Chicago"
    partner.person.save()
    lake.save()
    StrengthFactory(organization=lake, text="We keep mentors.")
    ChallengeFactory(organization=lake, text="Our lab leaks.", reach="match")
    TouchpointFactory(organization=lake, summary="Saw the new wing.")
    call = CheckInFactory(organization=lake, caller=staff, held=True, notes="They plan a fair.")
    FollowUpFactory(checkin=call, text="Read their grant draft")
    kept = DeliveryFactory(followup=FollowUpFactory(checkin=call, text="Send a checklist"), given_on=date(2026, 3, 18))
    checkins.say_landed(kept, landed="yes", by=staff)

    text = page_of(sign_in(staff), lake).content.decode()

    for words in (
        *("Dana Whitfield", "+1 555 0100", "Chicago", "there now", "We keep mentors.", "Saw the new wing."),
        *("Our lab leaks. <strong>(private)</strong>", "They plan a fair.", "Read their grant draft, by 23 Mar 2026"),
        "18 Mar 2026: Send a checklist (it helped)",
    ):
        assert words in text, words


def test_an_organization_nobody_knows_yet_has_a_brief_too(staff, sign_in):
    text = page_of(sign_in(staff), OrganizationFactory()).content.decode()

    assert all(words in text for words in ("Nobody yet.", "Nothing noted yet.", "None yet.", "None: we owe nothing."))


def test_it_is_linked_from_the_record(staff, sign_in):
    lake = OrganizationFactory(slug="lake")

    assert 'href="/partners/lake/brief/"' in sign_in(staff).get(lake.get_absolute_url()).content.decode()


def test_partners_have_no_brief(partner, client, sign_in):
    lake = partner.person.organization

    assert page_of(sign_in(partner), lake).status_code == 403
    assert page_of(client, lake).status_code == 302


@pytest.mark.parametrize("count", [1, 5])
def test_a_brief_costs_the_same_however_much_there_is(staff, sign_in, django_assert_num_queries, count):
    client, lake = sign_in(staff), OrganizationFactory()
    StrengthFactory.create_batch(count, organization=lake)
    ChallengeFactory.create_batch(count, organization=lake)
    TouchpointFactory.create_batch(count, organization=lake, logged_by=staff)
    for call in CheckInFactory.create_batch(count, organization=lake, held=True):
        FollowUpFactory(checkin=call)
        DeliveryFactory(followup=FollowUpFactory(checkin=call))

    with django_assert_num_queries(19):
        page_of(client, lake)
