"""Two organizations become one while somebody is on the phone with them: nothing typed and no try is lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from checkins import actions
from checkins.models import Attempt, CheckIn, Delivery, FollowUp
from partners import actions as partners
from partners.models import Organization
from tests.factories import (
    AttemptFactory,
    CallDraftFactory,
    CheckInFactory,
    DeliveryFactory,
    FollowUpFactory,
    OrganizationFactory,
    PersonFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db

WORDS = {
    "outcome": "talked",
    "channel": "phone",
    "held_on": timezone.localdate().isoformat(),
    "challenges": "Mentors leave.",
    "client": "page",
}


@pytest.fixture
def kept():
    return OrganizationFactory(name="Harbor Museum")


@pytest.fixture
def gone():
    return OrganizationFactory(name="Harbour Museum", slug="harbour-museum")


def merge(kept, gone):
    return partners.merge(kept, gone, choices={}, by=None)


@pytest.mark.parametrize("planned", [True, False])
def test_a_call_that_is_being_typed_goes_on_and_is_held_with_the_kept_one(kept, gone, staff, sign_in, planned):
    client = sign_in(staff)
    if planned:
        AttemptFactory(checkin=CheckInFactory(organization=kept, due_on=date(2026, 1, 5)), note="Left a message.")
    client.post(reverse("checkins:start", args=[gone.slug]))
    call = gone.checkins.get()
    live, draft = (reverse(f"checkins:{name}", args=[call.pk]) for name in ("call", "draft"))
    client.post(draft, WORDS | {"notes": "Dana", "version": 0, "sequence": 1})

    merge(kept, gone)
    saved = client.post(draft, WORDS | {"notes": "Dana is worried.", "version": 1, "sequence": 2})
    answer = client.post(
        live, WORDS | {"notes": "Dana is worried.", "version": saved.json()["version"], "sequence": 3, "do": "finish"}
    )

    call.refresh_from_db()
    assert answer.url == reverse("checkins:review", args=[call.pk])
    assert (call.state, call.organization, call.notes) == ("held", kept, "Dana is worried.")
    assert [str(challenge) for challenge in kept.challenges.all()] == ["Mentors leave."]
    assert Attempt.objects.filter(checkin=call, note="Left a message.").exists() == planned
    assert CheckIn.objects.count() == 1


def test_a_form_that_was_open_meanwhile_is_sent_on(kept, gone, staff, sign_in):
    page = reverse("partners:add_touchpoint", args=[gone.slug])
    merge(kept, gone)

    answer = sign_in(staff).post(page, {"kind": "visit", "on": "2026-03-02", "summary": "Saw the hall."}, follow=True)

    assert answer.redirect_chain[0] == (reverse("partners:add_touchpoint", args=[kept.slug]), 307)
    assert [touch.summary for touch in kept.touchpoints.all()] == ["Saw the hall."]


def test_an_old_address_leads_on_to_who_may_see_where(kept, gone, staff, partner, sign_in, client):
    merge(kept, gone)
    merge(top := OrganizationFactory(prospect=True), kept)

    assert sign_in(staff).get("/partners/harbour-museum/?kind=call").url == f"{top.get_absolute_url()}?kind=call"
    assert sign_in(partner).get("/partners/harbour-museum/").status_code == 404
    assert client.get("/partners/harbour-museum/").url.startswith("/accounts/")


def test_a_person_who_was_merged_is_repaired_where_they_went(kept, staff, sign_in):
    dana, double = PersonFactory(organization=kept), PersonFactory(organization=kept)
    page = reverse("partners:edit_person", args=[kept.slug, double.pk])
    partners.merge(dana, double, choices={}, by=None)

    assert sign_in(staff).get(page).url == reverse("partners:edit_person", args=[kept.slug, dana.pk])
    assert sign_in(staff).get(page.replace(str(double.pk), "999")).status_code == 404


def test_of_two_planned_calls_the_earlier_one_stays_with_the_tries_of_both(kept, gone):
    later = CheckInFactory(organization=kept, due_on=date(2026, 5, 1), round=RoundFactory())
    earlier = CheckInFactory(organization=gone, due_on=date(2026, 4, 1))
    AttemptFactory(checkin=later), AttemptFactory(checkin=earlier)

    done = merge(kept, gone)

    call = CheckIn.objects.get()
    assert (call, call.organization, call.round, call.attempts.count()) == (earlier, kept, later.round, 2)
    partners.undo_merge(done, by=None)
    assert {(each.pk, each.organization_id, each.attempts.count()) for each in CheckIn.objects.all()} == {
        (later.pk, kept.pk, 1),
        (earlier.pk, gone.pk, 1),
    }


def test_the_call_that_is_open_stays_though_it_is_due_later(kept, gone):
    CheckInFactory(organization=kept, due_on=date(2026, 4, 1))
    opened = CheckInFactory(organization=gone, due_on=date(2026, 5, 1), opened_at=timezone.now())

    merge(kept, gone)

    assert CheckIn.objects.get() == opened


def test_two_calls_that_are_both_being_typed_are_not_made_one(kept, gone):
    CallDraftFactory(checkin=CheckInFactory(organization=kept))
    CheckInFactory(organization=gone, opened_at=timezone.now() - timedelta(hours=2))

    with pytest.raises(ValidationError, match="both being written up"):
        merge(kept, gone)

    assert (CheckIn.objects.count(), Organization.objects.count()) == (2, 2)


def test_a_call_planned_since_the_merge_stays_when_it_is_taken_apart(kept, gone, staff):
    CheckInFactory(organization=kept, due_on=date(2026, 5, 1))
    typed = CheckInFactory(organization=gone, opened_at=timezone.now())
    done = merge(kept, gone)
    typed.refresh_from_db()
    actions.hold(typed, heard={}, by=staff)
    planned = CheckInFactory(organization=kept)

    partners.undo_merge(done, by=staff)

    assert list(CheckIn.objects.pending()) == [planned]
    assert list(CheckIn.objects.held().values_list("organization", flat=True)) == [gone.pk]


def test_a_promise_to_introduce_both_is_one_and_kept_if_either_was(kept, gone):
    call = CheckInFactory(held=True)
    promises = [FollowUpFactory(checkin=call, connection=True, partner=each) for each in (kept, gone)]
    delivery = DeliveryFactory(followup=promises[1])
    actions.close(call)

    done = merge(kept, gone)

    call.refresh_from_db()
    assert (call.is_closed, call.closed_by) == (True, delivery)
    assert FollowUp.objects.get().delivery == delivery
    partners.undo_merge(done, by=None)
    assert list(FollowUp.objects.order_by("pk")) == promises
    assert Delivery.objects.get().followup == promises[1]
