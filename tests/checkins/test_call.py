"""The live call, as staff see it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.record import version
from checkins import actions, suggestions
from checkins.models import Attempt, CallDraft, CheckIn, FollowUp
from introductions.models import Introduction
from partners.models import Strength, Touchpoint
from tests.factories import (
    TODAY,
    ChallengeFactory,
    CheckInFactory,
    DeliveryFactory,
    FollowUpFactory,
    IntrapreneurFactory,
    OrganizationFactory,
    PersonFactory,
    ResourceFactory,
    StrengthFactory,
    SynonymFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::RuntimeWarning")]

PAGE = {"version": 0, "client": "a", "sequence": 0, "outcome": "talked", "channel": "phone", "held_on": "2026-03-16"}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-03-16T16:00:00Z", tick=False):
        yield


def call_url(checkin):
    return reverse("checkins:call", args=[checkin.pk])


def test_starting_a_call_opens_the_one_that_is_planned(staff, sign_in):
    checkin = CheckInFactory(caller=staff)

    answer = sign_in(staff).post(reverse("checkins:start", args=[checkin.organization.slug]))

    checkin.refresh_from_db()
    assert (answer.url, checkin.opened_at is not None) == (call_url(checkin), True)


def test_starting_a_call_with_nobody_planned_plans_it(staff, sign_in):
    organization = OrganizationFactory()

    for _ in range(2):
        sign_in(staff).post(reverse("checkins:start", args=[organization.slug]))

    checkin = CheckIn.objects.get(organization=organization)
    assert (checkin.caller, checkin.due_on) == (staff, TODAY)


def test_looking_at_a_call_writes_nothing(staff, sign_in, django_assert_num_queries):
    checkin = CheckInFactory(caller=staff)

    page = sign_in(staff).get(call_url(checkin))

    checkin.refresh_from_db()
    assert (page.status_code, checkin.opened_at, CallDraft.objects.count()) == (200, None, 0)


def test_a_finished_call_is_held_and_what_was_heard_is_kept_with_its_reach(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    dana = PersonFactory(organization=checkin.organization)
    heard = {
        "do": "finish",
        "person": dana.pk,
        "minutes": "24",
        "work": "A new cohort of 40 fellows.",
        "challenges": "- Mentors leave after one year\n\nNo money for substitutes\nMentors leave after one year",
        "strengths": "Bench scientists in classrooms",
        "notes": "Dana worried that…",
    }

    answer = sign_in(staff).post(call_url(checkin), {**PAGE, **heard})

    checkin.refresh_from_db()
    assert answer.url == reverse("checkins:review", args=[checkin.pk])
    assert (checkin.state, checkin.held_on, checkin.minutes, checkin.person) == ("held", TODAY, 24, dana)
    assert list(checkin.challenges.order_by("text").values_list("text", "reach", "source")) == [
        ("Mentors leave after one year", "match", "call"),
        ("No money for substitutes", "match", "call"),
    ]
    assert Strength.objects.get().said_by == dana
    assert Touchpoint.objects.get().happened_on == TODAY
    assert not CallDraft.objects.exists()


def test_what_is_heard_is_filed_under_its_topics(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    retention = SynonymFactory(name="mentors leave", topic__name="Mentor retention").topic

    sign_in(staff).post(call_url(checkin), {**PAGE, "do": "finish", "challenges": "Our mentors leave after a year"})

    assert list(checkin.challenges.get().topics.all()) == [retention]


def test_no_answer_is_one_more_try_and_the_text_stays(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    tried = {"do": "finish", "outcome": "no answer", "try_again_on": "2026-03-18", "notes": "Ask about the grant"}

    sign_in(staff).post(call_url(checkin), {**PAGE, **tried})

    attempt = Attempt.objects.get()
    checkin.refresh_from_db()
    assert (attempt.outcome, attempt.try_again_on, checkin.state) == ("no answer", date(2026, 3, 18), "planned")
    assert CallDraft.objects.get().text == {"notes": "Ask about the grant"}


def test_a_try_with_nothing_prepared_leaves_nothing_unfinished(staff, sign_in):
    checkin = CheckInFactory(caller=staff)

    sign_in(staff).post(call_url(checkin), {**PAGE, "do": "finish", "outcome": "message", "attempt_note": "Asked her"})

    assert (Attempt.objects.get().note, CallDraft.objects.count()) == ("Asked her", 0)


def test_a_call_begun_yesterday_and_finished_today_was_held_yesterday(staff, sign_in):
    checkin = CheckInFactory(caller=staff, opened_at=timezone.now() - timedelta(days=1))
    client = sign_in(staff)
    client.post(call_url(checkin), {**PAGE, "do": "save", "notes": "Dana", "held_on": "2026-03-15"})

    day = client.get(call_url(checkin)).context["form"]["held_on"].value()

    assert (day, CallDraft.objects.get().text["held_on"]) == (date(2026, 3, 15), "")


def test_rescheduling_asks_for_the_new_time_and_keeps_it(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    moved = {**PAGE, "do": "finish", "outcome": "rescheduled"}

    refused = sign_in(staff).post(call_url(checkin), moved)
    page = {"version": 1, "scheduled_at": "2026-04-03T10:30"}
    sign_in(staff).post(call_url(checkin), {**moved, **page})

    checkin.refresh_from_db()
    assert "Say when you will talk instead." in refused.content.decode()
    assert (checkin.state, f"{checkin.scheduled_at:%d %H:%M}") == ("scheduled", "03 14:30")
    assert checkin.due_on == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("challenges", "x" * 1001, "longer than 1,000 characters"),
        ("held_on", "2026-03-17", "still to come"),
        ("held_on", "9999-12-31", "between 1990 and 2100"),
        ("minutes", "1" + "0" * 30, "less than or equal to 600"),
        ("outcome", "<script>", "Select a valid choice"),
    ],
)
def test_bad_input_gets_a_sentence_holds_nothing_and_keeps_the_text(staff, sign_in, field, typed, sentence):
    checkin = CheckInFactory(caller=staff)

    page = sign_in(staff).post(call_url(checkin), {**PAGE, "do": "finish", "notes": "Dana worried", field: typed})

    checkin.refresh_from_db()
    assert (page.status_code, checkin.state) == (200, "planned")
    assert sentence in page.content.decode()
    assert "Dana worried" in page.content.decode()


def test_attaching_a_partner_drafts_an_introduction(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    other = OrganizationFactory(name="Riverside")

    for _ in range(2):
        sign_in(staff).post(reverse("checkins:attach", args=[checkin.pk]), {"attach": f"partner:{other.pk}"})

    followup = FollowUp.objects.get()
    assert (followup.kind, followup.promised_for) == ("connection", date(2026, 3, 23))
    assert {party.organization for party in Introduction.objects.get().parties.all()} == {checkin.organization, other}


def test_undoing_an_attached_partner_drops_the_draft_as_well(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    client = sign_in(staff)
    client.post(reverse("checkins:attach", args=[checkin.pk]), {"attach": f"partner:{OrganizationFactory().pk}"})

    client.post(reverse("checkins:detach", args=[FollowUp.objects.get().pk]))

    assert (FollowUp.objects.count(), Introduction.objects.count()) == (0, 0)


@pytest.mark.parametrize("value", ["partner:0", "partner:x", "resource:99999999999999999999", "", "support", "a:b:c"])
def test_attaching_nonsense_promises_nothing(staff, sign_in, value):
    checkin = CheckInFactory(caller=staff)

    answer = sign_in(staff).post(reverse("checkins:attach", args=[checkin.pk]), {"attach": value})

    assert (answer.status_code, FollowUp.objects.count()) == (302, 0)


def test_a_partner_is_not_introduced_to_itself(staff, sign_in):
    checkin = CheckInFactory(caller=staff)

    sign_in(staff).post(reverse("checkins:attach", args=[checkin.pk]), {"attach": f"partner:{checkin.organization.pk}"})

    assert not FollowUp.objects.exists()


def test_a_challenge_brings_partners_and_resources_with_a_reason(staff, sign_in):
    checkin = CheckInFactory(caller=staff)
    riverside = StrengthFactory(
        organization__name="Riverside", text="Mentoring first-year teachers, reach kept", reach="match"
    )
    StrengthFactory(organization__name="Hidden", text="Mentors, but only staff may use this", reach="staff")
    ResourceFactory(title="What keeps mentors", sent_count=6, useful_count=5)

    page = sign_in(staff).get(
        reverse("checkins:suggestions", args=[checkin.pk]), {"challenges": "money\nkeeping mentors"}
    )

    text = page.content.decode()
    assert riverside.text in text
    assert "sent in 6 follow-ups, 5 found it useful" in text
    assert "Hidden" not in text


def test_the_matches_hold_somebody_to_meet_and_something_to_read(staff):
    organization = OrganizationFactory()
    for _ in range(7):
        StrengthFactory(text="Keeping mentors")  # one of each organization
    checklist = ResourceFactory(title="A long checklist for whoever looks after mentors in rural schools")

    found = suggestions.suggest("keeping mentors", organization)

    assert (len(found), found[-1].thing) == (6, checklist)


def test_the_page_after_a_call_lets_staff_widen_who_may_read_a_sentence(staff, sign_in):
    checkin = CheckInFactory(held=True, caller=staff)
    challenge = ChallengeFactory(organization=checkin.organization, text="Mentors leave", reach="match", source="call")
    checkin.challenges.add(challenge)

    sign_in(staff).post(
        reverse("checkins:review", args=[checkin.pk]),
        {
            "do": "done",
            f"challenge-{challenge.pk}": "network",
            "work": "",
            "notes": "Corrected",
            "seen": version(checkin),
        },
    )

    challenge.refresh_from_db()
    checkin.refresh_from_db()
    assert (challenge.reach, checkin.notes) == ("network", "Corrected")


def test_a_past_call_is_logged_for_its_day(staff, sign_in):
    organization = OrganizationFactory()
    client = sign_in(staff)

    answer = client.post(
        reverse("checkins:log_past", args=[organization.slug]),
        {"held_on": "2026-03-10", "channel": "video", "minutes": "30"},
    )
    page = client.get(answer.url)

    assert page.context["form"]["held_on"].value() == "2026-03-10"


def test_the_letter_quotes_a_strength_all_partners_may_read_and_nobodys_challenge(staff):
    checkin = CheckInFactory(held=True, caller=staff)
    IntrapreneurFactory(person=PersonFactory(organization=checkin.organization))
    other = OrganizationFactory()
    for reach in ("staff", "match", "network"):
        StrengthFactory(organization=other, text=f"Good at {reach}", reach=reach)
        ChallengeFactory(organization=other, text=f"Weak at {reach}", reach=reach)
    actions.attach(checkin, kind="connection", partner=other, by=staff)

    letter = actions.write_letter(checkin, by=staff)

    assert "Good at network" in letter.text
    assert not [word for word in ("Good at staff", "Good at match", "Weak at") if word in letter.text + letter.html]


def test_did_it_help_is_asked_beside_the_next_call_and_answered_in_place(staff, sign_in):
    delivery = DeliveryFactory(followup=FollowUpFactory(tool=True))
    delivery.followup.resource.__class__.objects.update(sent_count=1)
    checkin = CheckInFactory(caller=staff, organization=delivery.followup.checkin.organization)
    client = sign_in(staff)

    page = client.get(call_url(checkin)).content.decode()
    client.post(reverse("checkins:landed", args=[delivery.followup.pk]), {"landed": "yes"})

    delivery.refresh_from_db()
    delivery.followup.resource.refresh_from_db()
    assert "Did it help?" in page
    assert (delivery.landed, delivery.followup.resource.useful_count) == ("yes", 1)


@pytest.mark.parametrize("count", [1, 5])
def test_the_live_call_costs_the_same_however_much_was_promised(staff, sign_in, django_assert_num_queries, count):
    checkin = CheckInFactory(caller=staff)
    for _ in range(count):
        FollowUpFactory(checkin=checkin, tool=True)
        DeliveryFactory(followup__checkin=CheckInFactory(held=True, organization=checkin.organization))
        StrengthFactory(text="Keeping mentors")
    client = sign_in(staff)

    with django_assert_num_queries(17):
        client.get(call_url(checkin))


def test_a_partner_cannot_open_a_call_even_about_their_own_organization(partner, sign_in):
    checkin = CheckInFactory(organization=partner.person.organization)

    assert sign_in(partner).get(call_url(checkin)).status_code == 403


def test_a_stranger_is_sent_to_the_door(client):
    checkin = CheckInFactory()

    answer = client.get(call_url(checkin))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_request_login_code"))
