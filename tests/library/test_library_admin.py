import pytest

from accounts.record import version
from library.models import Resource
from tests.factories import ResourceFactory, TopicFactory
from tests.library.documents import HTML, PDF, file

LIST = "/admin/library/resource/"


@pytest.fixture
def admin(sign_in, admin_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return sign_in(admin_user)


def test_staff_have_no_admin(sign_in, staff):
    assert sign_in(staff).get(LIST).status_code in (302, 403)


def test_the_admin_searches_and_filters(admin):
    ResourceFactory(title="Night walks").topics.add(TopicFactory(name="Bats"))
    ResourceFactory(title="Tides", withdrawn_on="2026-01-01")

    assert "Night walks" in admin.get(LIST, {"q": "bats"}).content.decode()
    assert "Night walks" not in admin.get(LIST, {"withdrawn_on__isempty": "0"}).content.decode()


def test_a_file_added_here_is_inspected_too(admin, admin_user):
    topic = TopicFactory()
    form = {"title": "A guide", "kind": "tool", "link": "", "topics": [topic.pk]}

    refused = admin.post(f"{LIST}add/", {**form, "upload": file("guide.pdf", HTML)})
    admin.post(f"{LIST}add/", {**form, "upload": file("guide.pdf", PDF)})

    assert "This is not a PDF inside." in refused.content.decode()
    resource = Resource.objects.get()
    assert (resource.slug, resource.added_by, resource.file_name) == ("a-guide", admin_user, "guide.pdf")
    assert list(resource.topics.all()) == [topic]


def test_a_resource_is_changed_here_by_the_same_action(admin):
    resource = ResourceFactory(title="A guide")
    admin.get(f"{LIST}{resource.pk}/change/")

    new = {"title": "The guide", "kind": "data", "link": "https://example.org", "seen": version(resource)}
    admin.post(f"{LIST}{resource.pk}/change/", new)

    resource.refresh_from_db()
    assert (resource.title, resource.kind) == ("The guide", "data")


def test_resources_are_withdrawn_never_deleted(admin):
    resource = ResourceFactory()
    chosen = {"_selected_action": [resource.pk]}

    assert admin.post(f"{LIST}{resource.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "1 of 1 withdrawn." in admin.post(LIST, {**chosen, "action": "withdraw"}, follow=True).content.decode()
    assert "0 of 1 withdrawn." in admin.post(LIST, {**chosen, "action": "withdraw"}, follow=True).content.decode()
    admin.post(LIST, {**chosen, "action": "restore"})

    assert Resource.objects.get().withdrawn_on is None
