"""Whatever is done to a call, in whatever order: it is closed exactly when something was given and it was held."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkins import actions
from checkins.models import CheckIn, Delivery, FollowUp
from introductions.models import Introduction
from tests.factories import CheckInFactory, OrganizationFactory, ResourceFactory, UserFactory

pytestmark = pytest.mark.django_db


class Call:
    """One call and what can be done to it, each by its name."""

    def __init__(self):
        self.ana, self.ben = UserFactory.create_batch(2)
        self.checkin = CheckInFactory(caller=self.ana)
        self.partner, self.resource = OrganizationFactory(), ResourceFactory()

    def promise_a_connection(self):
        actions.attach(self.checkin, kind="connection", partner=self.partner, by=self.ana)

    def promise_a_tool(self):
        actions.attach(self.checkin, kind="tool", resource=self.resource, by=self.ben)

    def promise_support(self):
        actions.attach(self.checkin, kind="support", text="Read their draft", by=self.ana)

    def take_a_promise_back(self):
        for followup in self.checkin.followups.all()[:1]:
            actions.detach(followup)

    def keep_a_promise(self):
        for followup in self.checkin.followups.with_parts()[:1]:
            actions.give(followup, by=self.ana, note="by phone")

    def try_in_vain(self):
        actions.log_attempt(self.checkin, outcome="no answer", by=self.ben)

    def hand_it_over(self):
        self.checkin.refresh_from_db()
        actions.hand_over(self.checkin, to=self.ben, by=self.ana, reason="Holidays")

    def hold_it(self):
        self.checkin.refresh_from_db()
        actions.hold(self.checkin, heard={"challenges": ["Mentors leave"]}, by=self.ben)

    def close_it(self):
        with suppress(actions.NothingGiven):
            actions.close(self.checkin)


STEPS = sorted(name for name in vars(Call) if not name.startswith("_"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), max_size=14))
def test_a_call_is_closed_exactly_when_it_was_held_and_gave_something(db, steps):
    with transaction.atomic():
        call = Call()

        for step in steps:
            getattr(call, step)()

        checkin = CheckIn.objects.get()
        given_back = list(Delivery.objects.all())
        assert checkin.is_closed == (checkin.held_on is not None and bool(given_back))
        assert checkin.closed_by in [None, *given_back]
        assert Introduction.objects.count() == FollowUp.objects.filter(kind="connection").count()
        transaction.set_rollback(True)
