"""The least valid thing of each model. Traits name situations; nothing is random."""

from datetime import date

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from checkins.models import Attempt, CallDraft, CheckIn, Delivery, FollowUp, Leave, Plan, PlanLine, Round, Trip
from introductions.models import Introduction, Party
from library.models import Resource
from outbox.models import Letter
from partners.models import Challenge, Intrapreneur, Organization, Person, Strength, Synonym, Topic, Touchpoint
from summits.models import Summit

TODAY = date(2026, 3, 16)  # a Monday


class Factory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True


class UserFactory(Factory):
    class Meta:
        model = User

    class Params:
        overseer = factory.Trait(role=User.Role.OVERSEER)
        partner = factory.Trait(role=User.Role.PARTNER)
        admin = factory.Trait(role=User.Role.ADMIN)

    name = factory.Sequence("Caller {}".format)
    email = factory.Sequence("caller{}@hub.example.org".format)
    role = User.Role.STAFF
    password = factory.LazyFunction(lambda: make_password(None))  # signs in by mailed code


class TopicFactory(Factory):
    class Meta:
        model = Topic

    name = factory.Sequence("Topic {}".format)
    slug = factory.Sequence("topic-{}".format)


class SynonymFactory(Factory):
    class Meta:
        model = Synonym

    topic = factory.SubFactory(TopicFactory)
    name = factory.Sequence("synonym {}".format)


class OrganizationFactory(Factory):
    class Meta:
        model = Organization

    class Params:
        ended = factory.Trait(status=Organization.Status.ALUMNI, ended_on=date(2025, 1, 31))
        prospect = factory.Trait(status=Organization.Status.PROSPECT)

    name = factory.Sequence("Organization {}".format)
    slug = factory.Sequence("organization-{}".format)


class PersonFactory(Factory):
    class Meta:
        model = Person

    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence("Person {}".format)
    email = factory.Sequence("person{}@partner.example.org".format)


class IntrapreneurFactory(Factory):
    class Meta:
        model = Intrapreneur

    person = factory.SubFactory(PersonFactory)
    organization = factory.SelfAttribute("person.organization")
    started_on = date(2024, 1, 15)


class SentenceFactory(Factory):
    class Meta:
        abstract = True

    organization = factory.SubFactory(OrganizationFactory)
    reach = "network"
    source = "profile"
    said_on = date(2025, 6, 2)


class StrengthFactory(SentenceFactory):
    class Meta:
        model = Strength

    text = factory.Sequence("We are good at thing {}.".format)


class ChallengeFactory(SentenceFactory):
    class Meta:
        model = Challenge

    text = factory.Sequence("Thing {} is hard for us.".format)


class TouchpointFactory(Factory):
    class Meta:
        model = Touchpoint

    organization = factory.SubFactory(OrganizationFactory)
    kind = Touchpoint.Kind.VISIT
    happened_on = date(2026, 2, 2)


class LetterFactory(Factory):
    class Meta:
        model = Letter

    class Params:
        approved = factory.Trait(state=Letter.State.APPROVED, approved_at=factory.LazyFunction(timezone.now))
        sent = factory.Trait(
            state=Letter.State.SENT,
            approved_at=factory.LazyFunction(timezone.now),
            sent_at=factory.LazyFunction(timezone.now),
        )

    to_name = "Dana Example"
    to_email = factory.Sequence("reader{}@partner.example.org".format)
    subject = factory.Sequence("Letter {}".format)
    text = "Hello."
    html = "<p>Hello.</p>"
    dedupe_key = factory.Sequence("letter-{}".format)
    message_id = factory.Sequence("<letter-{}@hub.example.org>".format)


class ResourceFactory(Factory):
    class Meta:
        model = Resource

    kind = Resource.Kind.TOOL
    title = factory.Sequence("Resource {}".format)
    slug = factory.Sequence("resource-{}".format)
    link = factory.Sequence("https://library.example.org/{}".format)


class IntroductionFactory(Factory):
    class Meta:
        model = Introduction


class PartyFactory(Factory):
    class Meta:
        model = Party

    introduction = factory.SubFactory(IntroductionFactory)
    organization = factory.SubFactory(OrganizationFactory)


class RoundFactory(Factory):
    class Meta:
        model = Round
        django_get_or_create = ["year"]

    year = 2026
    starts_on = factory.LazyAttribute(lambda round: date(round.year, 1, 1))
    ends_on = factory.LazyAttribute(lambda round: date(round.year, 12, 31))


class CheckInFactory(Factory):
    class Meta:
        model = CheckIn

    class Params:
        held = factory.Trait(state=CheckIn.State.HELD, held_on=TODAY)

    organization = factory.SubFactory(OrganizationFactory)
    caller = factory.SubFactory(UserFactory)
    due_on = date(2026, 3, 31)


class AttemptFactory(Factory):
    class Meta:
        model = Attempt

    checkin = factory.SubFactory(CheckInFactory)
    outcome = Attempt.Outcome.NO_ANSWER
    made_by = factory.SelfAttribute("checkin.caller")


class FollowUpFactory(Factory):
    """A promise of support; `.resource` and `.connection` are the other kinds."""

    class Meta:
        model = FollowUp

    class Params:
        tool = factory.Trait(kind=FollowUp.Kind.TOOL, text="", resource=factory.SubFactory(ResourceFactory))
        connection = factory.Trait(
            kind=FollowUp.Kind.CONNECTION,
            text="",
            partner=factory.SubFactory(OrganizationFactory),
            introduction=factory.SubFactory(IntroductionFactory),
        )

    checkin = factory.SubFactory(CheckInFactory, held=True)
    kind = FollowUp.Kind.SUPPORT
    text = "Read their grant draft"
    promised_for = date(2026, 3, 23)
    promised_by = factory.SelfAttribute("checkin.caller")


class DeliveryFactory(Factory):
    class Meta:
        model = Delivery

    followup = factory.SubFactory(FollowUpFactory)
    given_on = date(2026, 3, 18)
    note = "by phone"


class CallDraftFactory(Factory):
    class Meta:
        model = CallDraft

    checkin = factory.SubFactory(CheckInFactory)
    saved_by = factory.SelfAttribute("checkin.caller")


class LeaveFactory(Factory):
    class Meta:
        model = Leave

    caller = factory.SubFactory(UserFactory)
    starts_on = date(2100, 7, 5)
    ends_on = date(2100, 7, 16)


class PlanFactory(Factory):
    """A suggestion that is ready; `waiting` is one still in the making."""

    class Meta:
        model = Plan

    class Params:
        waiting = factory.Trait(told={})
        applied = factory.Trait(state=Plan.State.APPLIED, applied_at=factory.LazyFunction(timezone.now))

    round = factory.SubFactory(RoundFactory)
    told = {"partners": 1, "fixed": 0, "gap": 0, "loads": [], "wishes": [], "refused": []}


class PlanLineFactory(Factory):
    class Meta:
        model = PlanLine

    plan = factory.SubFactory(PlanFactory)
    organization = factory.SubFactory(OrganizationFactory)
    caller = factory.SubFactory(UserFactory)
    due_on = date(2026, 5, 5)
    why = "New to them"


class TripFactory(Factory):
    """To Springfield, Massachusetts."""

    class Meta:
        model = Trip

    traveller = factory.SubFactory(UserFactory)
    place = "Springfield, MA"
    latitude = 42.1015
    longitude = -72.5898
    starts_on = date(2026, 3, 16)
    ends_on = date(2026, 3, 18)


class SummitFactory(Factory):
    class Meta:
        model = Summit

    name = factory.Sequence("Summit {}".format)
    slug = factory.Sequence("summit-{}".format)
    place = "Denver, CO"
    time_zone = "America/Denver"
    starts_on = date(2027, 3, 3)
    ends_on = date(2027, 3, 4)
