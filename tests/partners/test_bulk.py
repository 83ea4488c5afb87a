"""Many organizations changed at once: once, on record, with what could not be, and one way back."""

from datetime import date

import pytest

from partners import actions, bulk, tasks
from partners.models import BulkChange, Organization, Tag
from tests.factories import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


def pks():
    return list(Organization.objects.values_list("pk", flat=True))


def change(by, kind, value, asked=None, **options):
    return actions.change_many(asked or pks(), kind=kind, value=value, by=by, **options)


def tags():
    return {o.name: sorted(tag.name for tag in o.tags.all()) for o in Organization.objects.all()}


def statuses():
    return dict(Organization.objects.values_list("name", "status"))


def test_a_tag_is_added_where_it_is_not_and_taken_back_from_there_alone(staff):
    lake, mill = OrganizationFactory(name="Lake"), OrganizationFactory(name="Mill")
    lake.tags.add(Tag.objects.create(name="Rural"))

    done = change(staff, "tag", "rural")
    after = tags()
    actions.undo_many(done, by=staff)

    assert after == {"Lake": ["Rural"], "Mill": ["Rural"]}
    assert done.lines == [[mill.pk, False]]
    assert tags() == {"Lake": ["Rural"], "Mill": []}


def test_a_tag_is_removed_and_comes_back(staff):
    OrganizationFactory(name="Lake").tags.add(Tag.objects.create(name="Rural"))
    OrganizationFactory(name="Mill")

    done = change(staff, "untag", "Rural")
    after = tags()
    actions.undo_many(done, by=staff)

    assert after == {"Lake": [], "Mill": []}
    assert tags() == {"Lake": ["Rural"], "Mill": []}


def test_each_gets_the_hub_contact_back_that_it_had(staff, overseer):
    OrganizationFactory(name="Lake", owner=overseer)
    OrganizationFactory(name="Mill")
    OrganizationFactory(name="Own", owner=staff)

    done = change(overseer, "assign", staff.pk)
    after = set(Organization.objects.values_list("owner", flat=True))
    actions.undo_many(done, by=overseer)

    assert (after, len(done.lines)) == ({staff.pk}, 2)
    assert dict(Organization.objects.values_list("name", "owner")) == {
        "Lake": overseer.pk,
        "Mill": None,
        "Own": staff.pk,
    }


def test_what_the_database_refuses_is_listed_with_its_reason_and_the_rest_is_done(staff):
    for number in range(5):
        OrganizationFactory(name=f"Ended {number}", ended=True)
        OrganizationFactory(name=f"Alum {number}", status="alumni")

    done = change(staff, "status", "active")

    assert sorted(done.failed) == [
        [f"Ended {number}", "An end date goes with the status alumni."] for number in range(5)
    ]
    assert {name for name, status in statuses().items() if status == "active"} == {f"Alum {n}" for n in range(5)}
    assert Organization.history.filter(history_type="~").count() == 5


def test_one_that_is_gone_meanwhile_is_listed(staff):
    lake = OrganizationFactory(name="Lake")

    done = change(staff, "status", "prospect", [lake.pk, lake.pk + 1])

    assert (done.lines, done.failed) == ([[lake.pk, "active"]], [["", bulk.GONE]])


def test_the_undo_leaves_what_was_changed_since_and_says_so(staff):
    lake, _, shed = (OrganizationFactory(name=name) for name in ("Lake", "Mill", "Shed"))
    done = change(staff, "status", "prospect")
    Organization.objects.filter(pk=lake.pk).update(status="alumni")
    shed.delete()

    actions.undo_many(done, by=staff)

    done.refresh_from_db()
    assert statuses() == {"Lake": "alumni", "Mill": "active"}
    assert sorted(done.kept) == [["", bulk.GONE], ["Lake", bulk.CHANGED]]


def test_the_undo_lists_what_the_database_refuses(staff):
    lake = OrganizationFactory(name="Lake")
    done = change(staff, "status", "alumni")
    Organization.objects.filter(pk=lake.pk).update(ended_on=date(2026, 1, 31))

    actions.undo_many(done, by=staff)

    done.refresh_from_db()
    assert (statuses(), done.kept) == ({"Lake": "alumni"}, [["Lake", "An end date goes with the status alumni."]])


def test_both_ways_are_on_record_with_who_went_them_and_all_tags(staff, overseer):
    lake = OrganizationFactory(name="Lake")
    lake.tags.add(Tag.objects.create(name="Club"))

    done = change(staff, "tag", "Rural")
    actions.undo_many(done, by=overseer)

    newest, before, *_ = lake.history.all()
    assert [(row.history_user, row.history_change_reason) for row in (newest, before)] == [
        (overseer, f"Undo of bulk change {done.pk}"),
        (staff, f"Bulk change {done.pk}"),
    ]
    assert [{row.tag.name for row in line.tags.all()} for line in (newest, before)] == [{"Club"}, {"Club", "Rural"}]


def test_the_same_form_sent_twice_is_one_change_and_two_forms_are_two(staff):
    OrganizationFactory()

    first, again = (change(staff, "status", "prospect", once="a form") for _ in range(2))
    actions.undo_many(first, by=staff)
    other = change(staff, "status", "prospect", once="another")

    assert first == again != other
    assert len(other.lines) == 1


def test_an_undo_is_done_once(staff):
    OrganizationFactory()
    done = change(staff, "status", "prospect")

    assert [actions.undo_many(done, by=staff) for _ in range(2)] == [True, False]


def test_many_are_done_by_a_task_and_once_however_often_it_runs(staff, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("partners.actions.bulk.AT_ONCE", 1)
    asked = []
    monkeypatch.setattr("partners.tasks.carry_out.delay", asked.append)
    OrganizationFactory.create_batch(2)

    with django_capture_on_commit_callbacks(execute=True):
        done = change(staff, "status", "prospect")
    waiting = (done.is_waiting, set(statuses().values()))
    for pk in asked * 2:
        bulk.carry_out(pk)

    done.refresh_from_db()
    assert waiting == (True, {"active"})
    assert (asked, len(done.lines), set(statuses().values())) == ([done.pk], 2, {"prospect"})
    assert Organization.history.filter(history_type="~").count() == 2


def test_many_are_taken_back_by_a_task_too(staff, monkeypatch, django_capture_on_commit_callbacks):
    OrganizationFactory.create_batch(2)
    done = change(staff, "status", "prospect")
    monkeypatch.setattr("partners.actions.bulk.AT_ONCE", 1)
    asked = []
    monkeypatch.setattr("partners.tasks.take_back.delay", lambda *args: asked.append(args))

    with django_capture_on_commit_callbacks(execute=True):
        answer = actions.undo_many(done, by=staff)
    for args in asked * 2:
        tasks.take_back(*args)

    assert (answer, asked, set(statuses().values())) == (None, [(done.pk, staff.pk)], {"active"})
    assert actions.undo_many(done, by=staff) is False


def test_an_error_in_the_middle_leaves_nothing_done(staff, monkeypatch):
    OrganizationFactory()
    monkeypatch.setattr("partners.bulk.put_on_record", lambda *args, **options: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        change(staff, "status", "prospect")

    assert (set(statuses().values()), BulkChange.objects.count()) == ({"active"}, 0)


@pytest.mark.parametrize("count", [1, 5, 40])
@pytest.mark.parametrize(("kind", "value", "queries"), [("status", "prospect", 18), ("tag", "Rural", 21)])
def test_a_change_costs_the_same_however_many_it_is_for(staff, django_assert_num_queries, count, kind, value, queries):
    Tag.objects.create(name="Rural")
    OrganizationFactory.create_batch(count)
    asked = pks()

    with django_assert_num_queries(queries):
        change(staff, kind, value, asked)


def test_the_hub_contact_must_be_one_of_the_hub(sign_in, staff):
    partner = UserFactory(partner=True)
    lake = OrganizationFactory()

    answer = sign_in(staff).post(
        "/partners/bulk/",
        {"which": "ticked", "pick": [lake.pk], "kind": "assign", "contact": partner.pk, "count": 1, "once": "x"},
    )

    assert answer.status_code == 200
    assert BulkChange.objects.count() == 0
