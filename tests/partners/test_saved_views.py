"""Tabs above the directory, and the columns of a list: each person's own, or shared."""

import pytest
from django.db import IntegrityError, transaction

from partners import actions, listing
from partners.models import ListColumns, SavedView, Tag
from tests.factories import IntrapreneurFactory, OrganizationFactory, StrengthFactory, UserFactory

pytestmark = pytest.mark.django_db


def keep(owner, name="Museums", query="kind=museum", **fields):
    is_default = fields.pop("is_default", False)
    return actions.keep_view(SavedView(owner=owner, name=name, query=query, **fields), is_default=is_default)


def tabs(answer):
    return [view.name for view in answer.context["directory"].views]


def shown(answer):
    return [organization.name for organization in answer.context["page"]]


def headings(answer):
    return [column.label for column in answer.context["directory"].columns]


def test_what_is_on_the_screen_becomes_a_tab(sign_in, staff):
    OrganizationFactory(name="Lake", kind="museum")
    OrganizationFactory(name="Mill", kind="company")
    client = sign_in(staff)

    answer = client.post("/partners/views/save/?kind=museum&q=l&page=2", {"name": " My  museums "}, follow=True)

    view = SavedView.objects.get()
    assert (view.name, view.query, view.owner, view.is_shared) == ("My museums", "q=l&kind=museum", staff, False)
    assert (tabs(answer), shown(answer)) == (["My museums"], ["Lake"])
    assert answer.context["directory"].view == view


def test_a_view_is_ones_own_until_it_is_shared(sign_in, staff, overseer):
    mine, shared = keep(staff, "Mine"), keep(staff, "Ours", is_shared=True)
    colleague = sign_in(overseer)

    answer = colleague.get(shared.get_absolute_url())

    assert (tabs(answer), answer.context["directory"].view) == (["Ours"], shared)
    assert "of Ana Silva" in answer.content.decode()
    assert colleague.get(mine.get_absolute_url()).context["directory"].view is None
    for path in (f"/partners/views/{shared.pk}/", f"/partners/views/{mine.pk}/"):
        assert colleague.get(path).status_code == 404


def test_a_colleague_cannot_change_or_delete_a_shared_view(sign_in, staff, overseer):
    view = keep(staff, is_shared=True)

    answers = [
        sign_in(overseer).post(f"/partners/views/{view.pk}/{verb}/") for verb in ("delete", "restore", "filters")
    ]

    view.refresh_from_db()
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert (view.deleted_at, view.query) == (None, "kind=museum")


def test_partners_have_no_views(sign_in, partner, staff):
    view = keep(staff, is_shared=True)

    answer = sign_in(partner).get(f"/partners/?view={view.pk}")

    assert (tabs(answer), answer.context["directory"].view) == ([], None)
    assert b"tr-tabs" not in answer.content


def test_the_directory_opens_with_the_default_and_everything_is_one_click_away(sign_in, staff):
    OrganizationFactory(name="Lake", kind="museum")
    OrganizationFactory(name="Mill", kind="company")
    view = keep(staff, is_default=True)
    client = sign_in(staff)

    assert client.get("/partners/").headers["Location"] == view.get_absolute_url()
    assert shown(client.get("/partners/", follow=True)) == ["Lake"]
    assert shown(client.get("/partners/?q=")) == ["Lake", "Mill"]


def test_a_person_has_one_default(staff):
    first = keep(staff, "First", is_default=True)

    keep(staff, "Second", is_default=True)

    first.refresh_from_db()
    assert not first.is_default
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=first.pk).update(is_default=True)


def test_a_name_is_given_once_a_person(sign_in, staff, overseer):
    keep(staff)
    keep(overseer)

    answer = sign_in(staff).post("/partners/views/save/?kind=company", {"name": "Museums"})

    assert "You have a view of this name." in answer.content.decode()
    assert SavedView.objects.of(staff).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(owner=staff, name="Museums")


def test_a_view_is_renamed_and_shared(sign_in, staff):
    view = keep(staff)

    sign_in(staff).post(f"/partners/views/{view.pk}/", {"name": "All museums", "is_shared": "on", "is_default": "on"})

    view.refresh_from_db()
    assert (view.name, view.is_shared, view.is_default, view.query) == ("All museums", True, True, "kind=museum")


def test_other_filters_are_kept_in_a_view_only_when_asked_to(sign_in, staff):
    view = keep(staff)
    client = sign_in(staff)

    page = client.get(f"/partners/?kind=company&view={view.pk}")
    view.refresh_from_db()
    before = view.query
    client.post(f"/partners/views/{view.pk}/filters/", {"query": f"kind=company&view={view.pk}"})

    view.refresh_from_db()
    assert page.context["directory"].is_changed
    assert (before, view.query) == ("kind=museum", "kind=company")


def test_a_deleted_view_comes_back(sign_in, staff):
    view = keep(staff, is_default=True)
    client = sign_in(staff)

    gone = client.post(f"/partners/views/{view.pk}/delete/", {"query": "kind=museum"}, follow=True)
    back = client.post(f"/partners/views/{view.pk}/restore/", follow=True)

    assert (tabs(gone), gone.context["deleted"]) == ([], view)
    assert tabs(back) == ["Museums"]


def test_a_deleted_view_stays_away_from_its_successor(sign_in, staff):
    view = keep(staff)
    actions.delete_view(view)
    keep(staff)

    answer = sign_in(staff).post(f"/partners/views/{view.pk}/restore/", follow=True)

    assert "another view has its name now" in answer.content.decode()
    assert SavedView.objects.standing().count() == 1


def test_each_person_chooses_their_columns_and_keeps_the_filter(sign_in, staff, overseer):
    lake = OrganizationFactory(name="Lake", kind="museum")
    IntrapreneurFactory(person__organization=lake, person__email="lee@example.org")
    lake.tags.add(Tag.objects.create(name="Rural"))
    StrengthFactory(organization=lake)
    client = sign_in(staff)
    chosen = ["email", "tags", "strengths", "no such column"]

    client.post("/partners/columns/", {"query": "kind=museum", "columns": chosen})
    answer = client.post("/partners/columns/", {"query": "kind=museum", "columns": chosen[:3]}, follow=True)

    assert answer.redirect_chain == [("/partners/?kind=museum", 302)]
    assert headings(answer) == ["Email", "Tags", "Strengths"]
    assert [cell.value for cell in answer.context["rows"][0][1]] == ["lee@example.org", ["Rural"], 1]
    assert headings(sign_in(overseer).get("/partners/")) == [
        "Kind",
        "Place",
        "Intrapreneur",
        "Hub contact",
        "Last contact",
    ]


def test_a_view_of_ones_own_has_columns_of_its_own(sign_in, staff):
    view = keep(staff)
    client = sign_in(staff)

    client.post("/partners/columns/", {"query": f"kind=museum&view={view.pk}", "columns": ["status"]})

    assert headings(client.get(view.get_absolute_url())) == ["Status"]
    assert not ListColumns.objects.exists()


def test_in_a_colleagues_view_columns_are_chosen_for_oneself(sign_in, staff):
    view = keep(UserFactory(), is_shared=True, columns=["kind"])
    client = sign_in(staff)

    answer = client.post(
        "/partners/columns/", {"query": f"kind=museum&view={view.pk}", "columns": ["status"]}, follow=True
    )

    view.refresh_from_db()
    assert (view.columns, headings(answer)) == (["kind"], ["Status"])
    assert answer.redirect_chain == [("/partners/?kind=museum", 302)]


@pytest.mark.parametrize("count", [1, 5])
def test_every_column_at_once_costs_the_same_however_long_the_list_is(sign_in, staff, django_assert_num_queries, count):
    ListColumns.objects.create(user=staff, columns=list(listing.COLUMNS))
    for role in IntrapreneurFactory.create_batch(count):
        role.organization.tags.create(name=f"Tag of {role.pk}")
        keep(staff, f"View {role.pk}", is_shared=True)
    client = sign_in(staff)

    with django_assert_num_queries(14):
        client.get("/partners/?q=")
