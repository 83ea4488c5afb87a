"""Whatever is done to partners and their people, in whatever order: nothing breaks, nothing that was said is lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkins import actions as calls
from checkins.models import Attempt, CallDraft, CheckIn, Delivery, FollowUp
from partners import actions, beat
from partners.importing import reading, runs
from partners.models import Challenge, Intrapreneur, Merge, Organization, Person, PreviousName, Strength, Succession
from tests.factories import IntrapreneurFactory, PersonFactory, ResourceFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


class Network:
    """Three partners with two people each; each step picks what it is done to by two numbers."""

    def __init__(self):
        self.ana = UserFactory()
        self.resource = ResourceFactory()
        self.said, self.held = set(), 0
        for name in ("Harbor Museum", "Pier Nine", "Dock Lab"):
            lead = IntrapreneurFactory(
                person__organization__name=name, person__organization__owner=self.ana, person__name=f"{name} Lead"
            ).person
            PersonFactory(organization=lead.organization, user=UserFactory(partner=True))

    def text(self):
        """Words that nobody said before."""
        self.said.add(text := f"word{len(self.said)}word")
        return text

    @staticmethod
    def pick(rows, number):
        rows = list(rows.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def merge_organizations(self, one, other):
        pair = [self.pick(Organization.objects, number) for number in (one, other)]
        actions.merge(*pair, choices={"name": "gone" if one % 2 else "kept"}, by=self.ana)

    def merge_people(self, one, other):
        pair = [self.pick(Person.objects, number) for number in (one, other)]
        actions.merge(*pair, choices={"email": "gone", "organization": "gone" if one % 2 else "kept"}, by=self.ana)

    def take_a_merge_apart(self, one, other):
        if merge := self.pick(Merge.objects.standing(), one):
            actions.undo_merge(merge, by=self.ana)

    def hand_over(self, one, other):
        organization = self.pick(Organization.objects, one)
        if to := self.pick(organization.people, other):
            actions.hand_over(organization, to=to, by=self.ana)

    def name_a_successor(self, one, other):
        organization = self.pick(Organization.objects, one)
        if to := self.pick(organization.people, other):
            on = TODAY + timedelta(days=other % 3)
            actions.name_successor(organization, successor=to, on=on, outgoing_leaves=bool(one % 2), by=self.ana)

    def take_a_naming_back(self, one, other):
        if succession := self.pick(Succession.objects.open(), one):
            actions.take_back(succession)

    def let_a_day_come(self, one, other):
        beat.every_morning(TODAY + timedelta(days=one % 4))

    def move_somebody(self, one, other):
        person, to = self.pick(Person.objects, one), self.pick(Organization.objects, other)
        actions.move_person(person, to=to, by=self.ana)

    def note_that_somebody_left(self, one, other):
        actions.mark_left(self.pick(Person.objects, one), by=self.ana)

    def import_a_row(self, one, other):
        names = [
            *Organization.objects.values_list("name", flat=True),
            *PreviousName.objects.values_list("name", flat=True),
        ]
        row = f"{sorted(names)[one % len(names)]},Eve Number {other},eve{other}@import.example.org,{self.text()}"
        run = runs.start(reading.read(f"Name,Contact,Email,Strengths\n{row}\n".encode(), "rows.csv"), by=self.ana)
        plan = runs.preview(run)
        runs.confirm(run, seen=plan.fingerprint, by=self.ana)
        run.refresh_from_db()
        if run.set_aside:
            self.said.discard(row.rpartition(",")[2])

    def say(self, one, other):
        organization = self.pick(Organization.objects, one)
        said_by = self.pick(organization.people, other)
        text = self.text() if other % 2 else "Mentors leave."
        actions.say(Challenge, organization, text=text, source="call", said_by=said_by, by=self.ana)

    def type_on_a_call(self, one, other):
        call = calls.start(self.pick(Organization.objects, one), by=self.ana)
        page = {"version": getattr(getattr(call, "draft", None), "version", 0), "client": "page", "sequence": 0}
        before = call.draft.text["notes"] if hasattr(call, "draft") else ""
        calls.save_draft(call, text={"notes": f"{before} {self.text()}"}, by=self.ana, **page)

    def hold_a_call(self, one, other):
        if call := self.pick(CheckIn.objects.pending(), one):
            typed = call.draft.text["notes"] if hasattr(call, "draft") else ""
            heard = {"notes": f"{typed} {self.text()}", "challenges": ["Mentors leave."]}
            self.held += bool(calls.hold(call, heard=heard, by=self.ana))

    def try_in_vain(self, one, other):
        if call := self.pick(CheckIn.objects.pending(), one):
            calls.log_attempt(call, outcome="no answer", note=self.text(), by=self.ana)

    def promise(self, one, other):
        if call := self.pick(CheckIn.objects, one):
            partner = self.pick(Organization.objects, other)
            if other % 2 and partner != call.organization:
                calls.attach(call, kind="connection", partner=partner, by=self.ana)
            else:
                calls.attach(call, kind="support", text=self.text(), by=self.ana)

    def keep_a_promise(self, one, other):
        if promise := self.pick(FollowUp.objects.open(), one):
            calls.give(promise, by=self.ana, note=self.text())


NO_STEPS = {"text", "pick"}
STEPS = sorted(name for name in vars(Network) if not name.startswith("_") and name not in NO_STEPS)


def on_record():
    """All words that are kept somewhere, also in what a merge put by."""
    columns = [
        (CheckIn, "notes"),
        (CallDraft, "text"),
        (Attempt, "note"),
        (FollowUp, "text"),
        (Delivery, "note"),
        (Challenge, "text"),
        (Strength, "text"),
        (Merge, "undo"),
    ]
    return " ".join(str(value) for model, column in columns for value in model.objects.values_list(column, flat=True))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11), st.integers(0, 11)), max_size=24))
def test_nothing_breaks_and_nothing_is_lost(db, steps):
    with transaction.atomic():
        network = Network()

        for step, one, other in steps:
            said = set(network.said)
            try:
                with transaction.atomic():
                    getattr(network, step)(one, other)
            except ValidationError:  # refused with a sentence: nothing happened
                network.said = said

        connection.check_constraints()
        words = on_record()
        assert {text for text in network.said if text not in words} == set()
        assert CheckIn.objects.held().count() == network.held
        for call in CheckIn.objects.held():
            assert call.is_closed == Delivery.objects.filter(followup__checkin=call).exists()
        for role in Intrapreneur.objects.current().select_related("person"):
            assert (role.person.organization_id, role.person.left_on) == (role.organization_id, None)
        transaction.set_rollback(True)
