"""A plan is applied as one and undone as one, once, and never over what somebody did meanwhile."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from checkins import actions, beat, tasks
from checkins.models import CheckIn, HandOver, Plan
from tests.factories import CallDraftFactory, CheckInFactory, OrganizationFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
JANUARY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def in_january():
    with time_machine.travel("2026-01-05T16:00:00Z"):
        yield


def suggest(by):
    return actions.suggest_plan(RoundFactory(), by=by, today=JANUARY)


def calls():
    return set(CheckIn.objects.values_list("organization", "caller", "due_on"))


@pytest.fixture
def moving(overseer):
    """Two calls of somebody who left: a plan gives them to the overseer."""
    gone = UserFactory(name="Zoe Gone", is_active=False)
    return CheckInFactory.create_batch(2, caller=gone, due_on=date(2026, 5, 5))


def heard():
    return {"held_on": JANUARY, "channel": "phone"}


def test_a_suggestion_changes_nothing(overseer, moving):
    before = calls()

    plan = suggest(overseer)

    assert (plan.state, plan.lines.count(), calls()) == ("draft", 2, before)


def test_applying_makes_every_line_true(overseer, moving):
    OrganizationFactory()
    plan = suggest(overseer)

    actions.apply_plan(plan, by=overseer)

    assert calls() == set(plan.lines.values_list("organization", "caller", "due_on"))
    assert (plan.state, plan.lines.left_out().count()) == ("applied", 0)


def test_undoing_makes_it_as_it_was(overseer, moving):
    OrganizationFactory()
    before = calls()
    plan = actions.apply_plan(suggest(overseer), by=overseer)

    actions.undo_plan(plan, by=overseer)

    assert (plan.state, calls()) == ("undone", before)


def test_twice_is_once(overseer, moving):
    plan = suggest(overseer)

    first, second = (actions.apply_plan(plan, by=overseer) for _ in range(2))
    actions.undo_plan(plan, by=overseer)
    CheckIn.objects.update(due_on=date(2026, 6, 6))
    third = actions.undo_plan(plan, by=overseer)

    assert (first, second, third) == (plan, None, None)
    assert set(CheckIn.objects.values_list("due_on", flat=True)) == {date(2026, 6, 6)}


def test_each_change_is_on_record_with_who_made_it(overseer, moving):
    OrganizationFactory()
    plan = actions.apply_plan(suggest(overseer), by=overseer)
    actions.undo_plan(plan, by=overseer)

    made = CheckIn.history.filter(history_user=overseer).values_list("history_type", flat=True)

    assert sorted(made) == ["+", "-", "~", "~", "~", "~"]


HELD = "The call was held on 5 Jan."
BEGUN = "Zoe Gone agreed a time, began the call or keeps it by hand."


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (lambda call, by: actions.hold(call, heard=heard(), by=by), HELD),
        (lambda call, by: actions.hand_over(call, to=by, by=by, reason="Mine"), "Olu Overseer has the call now."),
        (lambda call, by: actions.reschedule(call, due_on=date(2026, 8, 3), by=by), "The call was moved to 3 Aug."),
        (lambda call, by: actions.reschedule(call, due_on=call.due_on, by=by), BEGUN),
        (lambda call, by: actions.start(call.organization, by=by), BEGUN),
        (lambda call, by: CallDraftFactory(checkin=call, saved_by=by), BEGUN),
        (lambda call, by: call.delete(), "The call is not there any more."),
    ],
)
def test_what_moved_on_since_the_suggestion_is_left_out(overseer, moving, happens, reason):
    plan = suggest(overseer)
    happens(moving[0], overseer)
    one, other = (CheckIn.objects.filter(pk=pk) for pk in plan.lines.order_by("pk").values_list("checkin", flat=True))
    before = list(one.values())

    actions.apply_plan(plan, by=overseer)

    assert [line.problem for line in plan.lines.left_out()] == [reason]
    assert (list(one.values()), other.get().caller) == (before, overseer)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (lambda call, by: actions.hold(call, heard=heard(), by=by), HELD),
        (lambda call, by: actions.reschedule(call, due_on=date(2026, 8, 3), by=by), "The call was moved to 3 Aug."),
        (
            lambda call, by: actions.log_attempt(call, outcome="message", by=by),
            "Somebody tried to call them already.",
        ),
    ],
)
def test_what_moved_on_since_stays_when_a_plan_is_undone(overseer, happens, reason):
    OrganizationFactory.create_batch(2)
    plan = actions.apply_plan(suggest(overseer), by=overseer)
    kept = CheckIn.objects.first()
    happens(kept, overseer)

    actions.undo_plan(plan, by=overseer)

    assert list(CheckIn.objects.all()) == [kept]
    assert [line.problem for line in plan.lines.left_out()] == [reason]


def test_a_call_made_meanwhile_is_not_made_twice(overseer):
    partner = OrganizationFactory()
    plan = suggest(overseer)
    actions.start(partner, by=overseer)

    actions.apply_plan(plan, by=overseer)
    actions.undo_plan(plan, by=overseer)

    assert CheckIn.objects.count() == 1
    assert [line.problem for line in plan.lines.all()] == [
        "They have a call meanwhile, or are not an active partner any more."
    ]


def test_nobody_is_given_calls_who_left_meanwhile(overseer, moving):
    plan = suggest(overseer)
    type(overseer).objects.update(is_active=False)

    actions.apply_plan(plan, by=overseer)

    assert plan.lines.clean().count() == 0


def test_a_day_that_is_over_when_a_plan_is_applied_is_left_out(overseer, moving):
    plan = suggest(overseer)

    with time_machine.travel("2026-12-31T16:00:00Z"):
        actions.apply_plan(plan, by=overseer)

    assert {line.problem for line in plan.lines.all()} == {"That day is over. Suggest a new plan."}


def test_an_admin_who_moves_a_call_fixes_it_too(admin_user, sign_in):
    checkin, client = CheckInFactory(), sign_in(admin_user)
    url = f"/admin/checkins/checkin/{checkin.pk}/change/"
    inlines = {f"{name}-{count}_FORMS": 0 for name in ("attempts", "followups") for count in ("TOTAL", "INITIAL")}

    for change, by_hand in (({"minutes": 12}, False), ({"due_on": date(2026, 8, 3)}, True)):
        form = client.get(url).context["adminform"].form
        shown = {name: form[name].value() for name in form.fields if form[name].value()}
        client.post(url, shown | inlines | change)

        checkin.refresh_from_db()
        assert (checkin.minutes, checkin.by_hand) == (12, by_hand)
    assert checkin.due_on == date(2026, 8, 3)


def test_a_dropped_plan_cannot_be_applied(overseer, moving):
    plan = suggest(overseer)

    assert actions.drop_plan(plan)
    assert actions.apply_plan(plan, by=overseer) is None
    assert not actions.drop_plan(plan)


def test_of_two_plans_the_second_leaves_out_what_the_first_changed(overseer, moving):
    first, second = suggest(overseer), suggest(overseer)

    actions.apply_plan(first, by=overseer)
    actions.apply_plan(second, by=overseer)

    assert {line.problem for line in second.lines.all()} == {"Olu Overseer has the call now."}


def test_a_hand_over_and_a_new_day_are_fixed_by_hand(overseer, staff):
    one, other = CheckInFactory.create_batch(2, caller=staff)

    actions.hand_over(one, to=overseer, by=staff, reason="Holidays")
    actions.reschedule(other, due_on=date(2026, 8, 3), by=staff)

    assert set(CheckIn.objects.values_list("by_hand", flat=True)) == {True}


def test_a_large_hub_is_planned_by_the_worker_and_once(
    overseer, moving, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("checkins.actions.plans.AT_ONCE", 1)
    asked = []
    monkeypatch.setattr(tasks.work_out, "delay", lambda *args: asked.append(args))

    with django_capture_on_commit_callbacks(execute=True):
        plan = suggest(overseer)
    waiting = plan.is_ready
    for _ in range(2):
        tasks.work_out(*asked[0])
    plan.refresh_from_db()

    assert (waiting, plan.is_ready, plan.lines.count()) == (False, True, 2)


@pytest.mark.parametrize(("minutes", "again"), [(9, 0), (11, 1)])
def test_a_plan_whose_task_was_lost_is_worked_out_again(overseer, monkeypatch, minutes, again):
    plan = Plan.objects.create(round=RoundFactory(), made_by=overseer)
    begun = []
    monkeypatch.setattr(tasks.work_out, "delay", lambda *args: begun.append(args))

    beat.every_minute(now=timezone.now() + timedelta(minutes=minutes))

    assert begun == [(plan.pk, JANUARY)] * again


def test_a_plan_still_in_the_making_cannot_be_applied(overseer):
    plan = Plan.objects.create(round=RoundFactory(), made_by=overseer)

    assert actions.apply_plan(plan, by=overseer) is None


@pytest.mark.django_db(transaction=True)
def test_two_who_apply_at_once_apply_once(overseer):
    OrganizationFactory.create_batch(3)
    plan, answers, ready = suggest(overseer), [], threading.Barrier(2)

    def press():
        ready.wait()
        answers.append(actions.apply_plan(Plan.objects.get(pk=plan.pk), by=overseer))
        connection.close()

    people = [threading.Thread(target=press) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(answer is None for answer in answers) == [False, True]
    assert (CheckIn.objects.count(), HandOver.objects.count()) == (3, 0)
    assert plan.lines.left_out().count() == 0
