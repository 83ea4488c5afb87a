"""The pages of planning: shares, leave, the plan as a table, and who may see them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from checkins.models import Capacity, CheckIn, Leave, Plan, Round
from tests.factories import (
    LeaveFactory,
    OrganizationFactory,
    PlanFactory,
    PlanLineFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
START = "/calls/plan/"


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_plan_is_suggested_applied_and_undone(overseer, sign_in):
    OrganizationFactory(name="Harbor Museum")
    client = sign_in(overseer)

    seen = client.post(reverse("checkins:plan_suggest"), follow=True)
    plan = Plan.objects.get()
    applied = client.post(reverse("checkins:plan_apply", args=[plan.pk]), follow=True)
    planned = CheckIn.objects.count()
    undone = client.post(reverse("checkins:plan_undo", args=[plan.pk]), follow=True)

    assert "Apply 1 change</button>" in text(seen)
    assert '<td data-label="Was">no call</td>' in text(seen)
    assert "1 change applied." in text(applied)
    assert "Everything is as it was before." in text(undone)
    assert (planned, CheckIn.objects.count()) == (1, 0)


def test_pressing_a_button_again_says_that_nothing_changed(overseer, sign_in):
    plan = PlanFactory(applied=True)

    for button in ("plan_apply", "plan_undo", "plan_undo"):
        answer = sign_in(overseer).post(reverse(f"checkins:{button}", args=[plan.pk]), follow=True)

    assert "This plan is undone: nothing was changed now." in text(answer)


def test_a_plan_that_is_dropped_changes_nothing(overseer, sign_in):
    line = PlanLineFactory()

    sign_in(overseer).post(reverse("checkins:plan_drop", args=[line.plan.pk]))

    line.plan.refresh_from_db()
    assert (line.plan.state, CheckIn.objects.count()) == ("dropped", 0)


def test_the_lines_of_one_caller(overseer, staff, sign_in):
    plan = PlanFactory()
    PlanLineFactory(plan=plan, organization__name="Given", caller=staff)
    PlanLineFactory(plan=plan, organization__name="Taken", was_caller=staff, was_due_on=date(2026, 4, 4))
    PlanLineFactory(plan=plan, organization__name="Elsewhere")

    page = text(sign_in(overseer).get(plan.get_absolute_url(), {"caller": staff.pk}))

    assert [name in page for name in ("Given", "Taken", "Elsewhere")] == [True, True, False]


def test_what_was_left_out_and_which_wishes_were_not_met(overseer, sign_in):
    refused = [{"organization": 1, "name": "Casa", "wish": "Called in their language", "why": "Nobody could."}]
    plan = PlanFactory(applied=True, told=PlanFactory.told | {"refused": refused})
    PlanLineFactory(plan=plan, organization__name="Harbor Museum", problem="Ana has the call now.")
    client = sign_in(overseer)

    left_out, wishes = (text(client.get(plan.get_absolute_url(), {"show": show})) for show in ("left-out", "refused"))

    assert "Ana has the call now." in left_out
    assert '<strong>Casa</strong> · Called in their language. <span class="tr-muted">Nobody could.</span>' in wishes


@pytest.mark.parametrize("query", ["?page=x&caller=x&show=x", "?caller=99999999999999999999", "?show=refused&page=-1"])
def test_nonsense_in_the_address_is_ignored(overseer, sign_in, query):
    assert sign_in(overseer).get(f"{PlanFactory().get_absolute_url()}{query}").status_code == 200


def test_a_plan_in_the_making_asks_again_by_itself_and_says_when_it_will_not_come(overseer, sign_in):
    making = PlanFactory(waiting=True)
    lost = PlanFactory(waiting=True, made_at=timezone.now() - timedelta(hours=1))
    client = sign_in(overseer)

    assert 'hx-trigger="every 2s"' in text(client.get(making.get_absolute_url()))
    assert "Please suggest a plan again" in text(client.get(lost.get_absolute_url()))


def test_without_anybody_to_call_the_page_says_what_to_do(overseer, sign_in):
    plan = PlanFactory(told={"partners": 1, "nobody": True})

    assert "Nobody can be given calls" in text(sign_in(overseer).get(plan.get_absolute_url()))


def test_the_overseer_says_who_takes_on_how_much(overseer, staff, sign_in):
    year = timezone.localdate().year + 1
    shares = {f"units-{overseer.pk}": 0, f"units-{staff.pk}": 1}

    for _ in range(2):
        sign_in(overseer).post(f"{START}?year={year}", shares)

    assert set(Capacity.objects.values_list("round__year", "caller", "units")) == {
        (year, overseer.pk, 0),
        (year, staff.pk, 1),
    }
    assert 'value="1"' in text(sign_in(overseer).get(f"{START}?year={year}"))


@pytest.mark.parametrize("units", ["-1", "21", "many", ""])
def test_a_share_that_cannot_be_is_refused_with_the_form(overseer, sign_in, units):
    answer = sign_in(overseer).post(START, {f"units-{overseer.pk}": units})

    assert (answer.status_code, Capacity.objects.count()) == (200, 0)


def test_looking_at_the_page_makes_no_round(overseer, sign_in):
    sign_in(overseer).get(START)

    assert Round.objects.count() == 0


@pytest.mark.parametrize("path", [START, "/calls/plan/1/"])
def test_planning_is_the_overseers(staff, partner, client, sign_in, path):
    PlanFactory(pk=1)

    assert sign_in(staff).get(path).status_code == 403
    assert sign_in(partner).get(path).status_code == 403
    assert client.get(path).status_code == 302


def test_staff_say_when_they_are_away_and_see_only_their_own_days(staff, sign_in):
    other = LeaveFactory(caller__name="Ben Ode")
    client = sign_in(staff)

    page = client.post(
        "/calls/leave/", {"starts_on": "2099-07-05", "ends_on": "2099-07-16", "caller": other.caller.pk}, follow=True
    )

    [own] = Leave.objects.exclude(pk=other.pk)
    assert own.caller == staff
    assert "Ana Silva is away from 5 Jul 2099 to 16 Jul 2099" in text(page)
    assert "Ben Ode" not in text(page)
    assert client.post(f"/calls/leave/{other.pk}/remove/").status_code == 404
    assert client.post(f"/calls/leave/{own.pk}/remove/").status_code == 302
    assert list(Leave.objects.all()) == [other]


def test_the_overseer_says_it_for_anybody(overseer, staff, sign_in):
    sign_in(overseer).post("/calls/leave/", {"starts_on": "2099-07-05", "ends_on": "2099-07-16", "caller": staff.pk})

    assert Leave.objects.get().caller == staff


def test_leave_that_ends_before_it_starts_is_refused(staff, sign_in):
    answer = sign_in(staff).post("/calls/leave/", {"starts_on": "2099-07-16", "ends_on": "2099-07-05"})

    assert "The end is before the start." in text(answer)
    assert Leave.objects.count() == 0


@pytest.mark.parametrize("count", [1, 5])
def test_the_plan_costs_the_same_however_long_it_is(overseer, sign_in, django_assert_num_queries, count):
    plan = PlanFactory()
    PlanLineFactory.create_batch(count, plan=plan, was_caller=UserFactory(), was_due_on=date(2026, 4, 4))
    client = sign_in(overseer)

    with django_assert_num_queries(8):
        client.get(plan.get_absolute_url())


@pytest.mark.parametrize("count", [1, 5])
def test_the_start_costs_the_same_however_much_there_is(overseer, sign_in, django_assert_num_queries, count):
    for _ in range(count):
        LeaveFactory()
        PlanLineFactory()
    client = sign_in(overseer)

    with django_assert_num_queries(7):
        client.get(START)
