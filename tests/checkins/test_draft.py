"""Nothing typed on a call is lost, and nothing older overwrites it."""

import pytest
from django.urls import reverse

from checkins import actions
from checkins.models import CallDraft
from tests.factories import CallDraftFactory, CheckInFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGE = {"version": 0, "client": "a", "sequence": 0}


def save(checkin, text, *, version, client="one", sequence=1, by=None):
    return actions.save_draft(
        checkin, text={"notes": text}, version=version, client=client, sequence=sequence, by=by or checkin.caller
    )


def kept(checkin):
    return CallDraft.objects.get(checkin=checkin).text["notes"]


def bens_draft():
    ben = UserFactory(name="Ben Ode")
    return CallDraftFactory(text={"notes": "Ben's text"}, version=4, client="two", saved_by=ben)


def test_saves_of_one_page_follow_each_other():
    checkin = CheckInFactory()

    first = save(checkin, "Dana", version=0, sequence=1)
    second = save(checkin, "Dana worried", version=first.version, sequence=2)

    assert (kept(checkin), second.version, second.sequence) == ("Dana worried", 2, 2)


def test_an_old_save_that_arrives_late_changes_nothing():
    checkin = CheckInFactory()
    save(checkin, "Dana", version=0, sequence=1)
    save(checkin, "Dana worried", version=1, sequence=3)

    answer = save(checkin, "Dana wo", version=1, sequence=2)

    assert (kept(checkin), answer.sequence) == ("Dana worried", 3)


def test_a_save_whose_answer_was_lost_is_no_conflict_with_itself():
    checkin = CheckInFactory()
    save(checkin, "Dana", version=0, sequence=1)

    save(checkin, "Dana worried", version=0, sequence=2)

    assert kept(checkin) == "Dana worried"


def test_another_page_that_saved_meanwhile_is_a_conflict_and_loses_nothing():
    checkin = CheckInFactory()
    ben = UserFactory(name="Ben Ode")
    save(checkin, "Dana", version=0)
    save(checkin, "Ben's text", version=1, client="two", by=ben)

    with pytest.raises(actions.Conflict) as conflict:
        save(checkin, "Ana's text", version=1, sequence=2)

    assert (kept(checkin), conflict.value.draft.saved_by) == ("Ben's text", ben)


def test_two_pages_that_begin_at_once_are_a_conflict():
    checkin = CheckInFactory()
    save(checkin, "mine", version=0)

    with pytest.raises(actions.Conflict):
        save(checkin, "yours", version=0, client="two")


def test_the_same_text_from_two_pages_is_no_conflict():
    checkin = CheckInFactory()
    save(checkin, "Dana", version=0)

    save(checkin, "Dana", version=0, client="two")

    assert kept(checkin) == "Dana"


def test_a_finished_call_takes_no_draft():
    checkin = CheckInFactory(held=True)

    with pytest.raises(actions.Finished):
        save(checkin, "more", version=0)

    assert not CallDraft.objects.exists()


def test_the_server_echoes_the_sequence_it_has_kept(staff, sign_in):
    checkin = CheckInFactory(caller=staff)

    answer = sign_in(staff).post(
        reverse("checkins:draft", args=[checkin.pk]), {"notes": "Dana", "version": 0, "client": "a", "sequence": 7}
    )

    assert (answer.status_code, answer.json()) == (200, {"version": 1, "sequence": 7})


def test_a_conflict_answers_with_the_other_text_and_its_version(staff, sign_in):
    draft = CallDraftFactory(
        text={"notes": "Ben's text"}, version=4, client="two", saved_by=UserFactory(name="Ben Ode")
    )

    answer = sign_in(staff).post(
        reverse("checkins:draft", args=[draft.checkin.pk]),
        {"notes": "mine", "version": 3, "client": "a", "sequence": 1},
    )

    said = answer.json()
    assert (answer.status_code, said["theirs"]["notes"], said["version"], said["by"]) == (
        409,
        "Ben's text",
        4,
        "Ben Ode",
    )


def test_a_save_while_signed_out_is_told_so_and_not_sent_to_the_door(client):
    checkin = CheckInFactory()

    answer = client.post(
        reverse("checkins:draft", args=[checkin.pk]), {"notes": "Dana"}, headers={"X-Trellis-Save": "1"}
    )

    assert (answer.status_code, CallDraft.objects.count()) == (401, 0)


def test_the_form_without_javascript_keeps_what_is_typed(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    url = reverse("checkins:call", args=[checkin.pk])

    answer = sign_in(staff).post(url, {**PAGE, "do": "save", "notes": "Dana worried"})

    assert kept(checkin) == "Dana worried"
    assert "Dana worried" in answer.content.decode()


def test_two_people_without_javascript_see_both_texts(staff, sign_in):
    draft = CallDraftFactory(
        text={"notes": "Ben's text"}, version=4, client="two", saved_by=UserFactory(name="Ben Ode")
    )
    url = reverse("checkins:call", args=[draft.checkin.pk])

    answer = sign_in(staff).post(url, {**PAGE, "do": "finish", "notes": "Ana's text", "version": 3})

    page = answer.content.decode()
    assert ("Ben&#x27;s text" in page, "Ana&#x27;s text" in page, kept(draft.checkin)) == (True, True, "Ben's text")


def test_attaching_without_javascript_keeps_the_text_too(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    form = {"checkin": checkin.pk, "notes": "Dana", "version": 0, "client": "a", "sequence": 0}

    sign_in(staff).post(
        reverse("checkins:attach", args=[checkin.pk]), {**form, "attach": "support", "text": "Read their draft"}
    )

    assert (kept(checkin), str(checkin.followups.get())) == ("Dana", "Read their draft")
