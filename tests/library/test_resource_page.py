import pytest
from django.core.files.base import ContentFile

from accounts.record import version
from library.models import Resource
from tests.factories import OrganizationFactory, ResourceFactory, TopicFactory
from tests.library.documents import HTML, PDF, PNG, file


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def stored(db):
    resource = ResourceFactory(
        title="Harvest guide",
        slug="harvest",
        file_name='Größe "1".pdf',
        file_type="application/pdf",
        file_size=len(PDF),
    )
    resource.file.save("x.pdf", ContentFile(PDF))
    return resource


def names(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def filled(opened=None, **changes):
    form = {"title": "A guide", "kind": "tool", "link": "https://example.org/guide", **changes}
    return form | ({"seen": version(opened)} if opened else {})


def test_strangers_are_sent_to_the_door(client, stored):
    for path in ("", "file/", "edit/"):
        assert client.get(f"/resources/harvest/{path}").status_code == 302


def test_a_partner_reads_a_resource_and_cannot_change_it(sign_in, partner, stored):
    client = sign_in(partner)

    page = client.get("/resources/harvest/").content.decode()

    assert "Save the file" in page
    assert "/resources/harvest/edit/" not in page
    assert client.get("/resources/add/").status_code == 403
    assert client.get("/resources/harvest/edit/").status_code == 403
    for step in ("edit", "withdraw", "restore"):
        assert client.post(f"/resources/harvest/{step}/").status_code == 403
    assert Resource.objects.get().withdrawn_on is None


def test_what_was_withdrawn_is_not_there_for_partners(sign_in, partner, staff, stored):
    Resource.objects.update(withdrawn_on="2026-01-01")

    for path in ("", "file/"):
        assert sign_in(partner).get(f"/resources/harvest/{path}").status_code == 404
    assert "withdrawn 1 Jan 2026" in sign_in(staff).get("/resources/harvest/").content.decode()


def test_a_source_that_partners_may_not_see_is_not_named(sign_in, partner, staff):
    ResourceFactory(slug="guide", source=OrganizationFactory(name="Quiet Prospect", prospect=True))

    assert "Quiet Prospect" in sign_in(staff).get("/resources/guide/").content.decode()
    assert "Quiet Prospect" not in sign_in(partner).get("/resources/guide/").content.decode()


def test_a_file_is_handed_out_to_be_saved_never_to_be_shown(sign_in, partner, stored):
    answer = sign_in(partner).get("/resources/harvest/file/")

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe%20%221%22.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "private, no-store"


def test_no_file_or_a_lost_one_is_not_found(sign_in, partner, stored, files):
    ResourceFactory(slug="link-only")
    (files / stored.file.name).unlink()

    for slug in ("link-only", "harvest", "nonsense"):
        assert sign_in(partner).get(f"/resources/{slug}/file/").status_code == 404


def test_the_hub_adds_a_resource_with_all_there_is_to_say(sign_in, staff, files):
    topic, lakeshore = TopicFactory(), OrganizationFactory(name="Lakeshore Science Center")
    client = sign_in(staff)
    client.get("/resources/add/")

    answer = client.post(
        "/resources/add/",
        filled(topics=[topic.pk], source_name="lakeshore science center", upload=file("../Guide.PDF", PDF)),
        follow=True,
    )

    resource = Resource.objects.get()
    assert answer.redirect_chain == [("/resources/a-guide/", 302)]
    assert (resource.added_by, resource.source, list(resource.topics.all())) == (staff, lakeshore, [topic])
    assert (resource.file_name, resource.file_type, resource.file_size) == ("Guide.pdf", "application/pdf", len(PDF))
    assert names(files) == [resource.file.name.removeprefix("resources/")]
    assert "Guide" not in resource.file.name
    assert {line.history_user for line in resource.history.all()} == {staff}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"link": ""}, "Give a link or a file: without one, nobody can use it."),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"link": "ftp://example.org/x"}, "Enter a valid URL."),
        ({"source_name": "Nobody"}, "No partner is called “Nobody”."),
        ({"kind": "nonsense"}, "Select a valid choice."),
        ({"topics": ["999"]}, "Select a valid choice."),
        ({"upload": file("guide.pdf", HTML)}, "This is not a PDF inside."),
    ],
)
def test_what_cannot_be_kept_comes_back_with_what_was_typed(sign_in, staff, files, changes, sentence):
    TopicFactory()
    if "upload" in changes:
        changes["upload"].seek(0)

    answer = sign_in(staff).post("/resources/add/", filled(summary="My summary", **changes))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "My summary" in page
    assert "<title>Error: " in page
    assert not Resource.objects.exists()
    assert names(files) == []


def test_two_partners_of_one_name_are_asked_about(sign_in, staff):
    OrganizationFactory(name="Museum of Tides")
    other = OrganizationFactory(name="Tide House")
    other.previous_names.create(name="Museum of Tides")

    page = sign_in(staff).post("/resources/add/", filled(source_name="Museum of Tides")).content.decode()

    assert "More than one partner is called “Museum of Tides”." in page


def test_coaching_needs_neither_link_nor_file(sign_in, staff):
    sign_in(staff).post("/resources/add/", filled(kind="coaching", link=""))

    page = sign_in(staff).get("/resources/a-guide/").content.decode()
    assert "This is given in person." in page


def test_a_replaced_file_leaves_the_disk_after_the_commit(
    sign_in, staff, stored, files, django_capture_on_commit_callbacks
):
    before = names(files)
    with django_capture_on_commit_callbacks(execute=True) as after_commit:
        sign_in(staff).post("/resources/harvest/edit/", filled(stored, upload=file("photo.png", PNG)))

    stored.refresh_from_db()
    assert len(after_commit) == 1
    assert (stored.file_name, stored.file_type) == ("photo.png", "image/png")
    assert names(files) == [stored.file.name.removeprefix("resources/")] != before


def test_a_file_can_be_taken_away_if_a_link_stays(sign_in, staff, stored, files, django_capture_on_commit_callbacks):
    client = sign_in(staff)

    assert (
        "Give a link or a file"
        in client.post("/resources/harvest/edit/", filled(stored, link="", drop_file="on")).content.decode()
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/resources/harvest/edit/", filled(stored, drop_file="on"))

    stored.refresh_from_db()
    assert (stored.file.name, stored.file_name, stored.file_size) == ("", "", 0)
    assert names(files) == []


def test_an_edit_without_a_file_keeps_the_one_there_is(sign_in, staff, stored, files):
    sign_in(staff).post("/resources/harvest/edit/", filled(stored, title="The guide", link=""))

    stored.refresh_from_db()
    assert (stored.title, stored.slug, stored.file_name) == ("The guide", "harvest", 'Größe "1".pdf')
    assert len(names(files)) == 1


def test_the_source_can_be_changed_and_taken_away(sign_in, staff):
    guide = ResourceFactory(slug="guide", source=OrganizationFactory(name="Tide House"))
    client = sign_in(staff)

    assert 'value="Tide House"' in client.get("/resources/guide/edit/").content.decode()
    client.post("/resources/guide/edit/", filled(guide, source_name=""))

    assert Resource.objects.get().source is None


def test_withdrawing_can_be_undone_on_the_page_it_leads_to(sign_in, staff):
    ResourceFactory(title="A guide", slug="guide")
    client = sign_in(staff)

    answer = client.post("/resources/guide/withdraw/", follow=True)

    assert "Withdrawn: partners no longer find “A guide”." in answer.content.decode()
    assert 'action="/resources/guide/restore/"' in answer.content.decode()
    client.post("/resources/guide/restore/")
    assert Resource.objects.current().exists()


def test_following_a_link_withdraws_nothing(sign_in, staff):
    ResourceFactory(slug="guide")

    for step in ("withdraw", "restore"):
        assert sign_in(staff).get(f"/resources/guide/{step}/").status_code == 405


def test_mass_assignment_changes_nothing_but_the_fields_of_the_form(sign_in, staff, overseer):
    extra = {"slug": "mine", "added_by": overseer.pk, "sent_count": 9, "withdrawn_on": "2026-01-01", "file": "x"}

    sign_in(staff).post("/resources/add/", filled(**extra))

    resource = Resource.objects.get()
    assert (resource.slug, resource.added_by, resource.sent_count, resource.withdrawn_on, resource.file.name) == (
        "a-guide",
        staff,
        0,
        None,
        "",
    )
