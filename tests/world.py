"""One of everything at the hub, with a mark in every text that somebody could read.

The suites that look at the whole site (roles, leaks, fuzz) share it: built once a module, rolled back after each test.
A mark is a word that occurs nowhere else; its name says whose text it is: `mark("harbor match strength")`.
"""

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts import record
from checkins.actions import write_letter
from checkins.actions.promises import settle
from checkins.models import HandOver, Plan
from outbox.models import Letter
from partners import actions as partners
from partners.importing import reading, runs
from partners.models import Organization, Reach, SavedView, Source, Tag, Touchpoint
from tests import factories as make

MARK = re.compile(r"zq-[a-z-]+-qz")


def mark(name):
    return f"zq-{name.replace(' ', '-')}-qz"


def marks(text):
    """The names of all marks in a text."""
    return {found[3:-3].replace("-", " ") for found in MARK.findall(text)}


class Partner:
    """An active partner: who is there, a sentence at every reach, three calls, and what stands about them."""

    def __init__(self, name, first_name, world):
        self.name, self.ana, self.topic = name, world.ana, world.robotics
        self.organization = make.OrganizationFactory(
            name=f"{name.capitalize()} Science Center",
            slug=f"{name}-science-center",
            region="Northeast",
            city="Springfield",
            website=f"https://{name}.example.org/",
            owner=self.ana,
            external_id=self.mark("external id"),
        )
        self.organization.tags.add(Tag.objects.create(name=self.mark("tag")))
        self.user = make.UserFactory(partner=True, name=f"{first_name} Lead", email=f"{name}@partner.example.org")
        self.lead = self.person("lead", self.user)
        self.colleague = self.person("colleague", None)
        make.IntrapreneurFactory(person=self.lead, note=self.mark("handover note"))
        self.strength, self.secret_strength, self.withdrawn_strength, _ = self.sentences(make.StrengthFactory)
        self.challenge, self.secret_challenge, _, self.own_challenge = self.sentences(make.ChallengeFactory)
        self.calls(world)
        make.TouchpointFactory(organization=self.organization, summary=self.mark("visit"), logged_by=self.ana)

    def mark(self, what):
        return mark(f"{self.name} {what}")

    def person(self, who, user):
        """With a phone number that was another one before."""
        person = make.PersonFactory(
            organization=self.organization,
            name=user.name if user else f"Colleague at {self.name}",
            title=self.mark(f"{who} title"),
            email=f"{self.mark(f'{who} email')}@partner.example.org",
            phone=self.mark(f"{who} old phone"),
            user=user,
        )
        new = {"phone": self.mark(f"{who} phone")}
        return partners.edit(person, new, seen=partners.version(person), by=self.ana)

    def sentences(self, factory):
        """One at every reach, one withdrawn, one the partner wrote for the hub, one that once said something else."""
        model = factory._meta.model

        def say(what, **fields):
            text = f"Robotics evenings for schools: {self.mark(f'{what} {model.kind}')}."
            sentence = factory(organization=self.organization, text=text, **{"added_by": self.ana, **fields})
            sentence.topics.add(self.topic)
            return sentence

        said = {reach: say(reach.value, reach=reach, source=Source.CALL) for reach in Reach}
        withdrawn = say("withdrawn", withdrawn_on=date(2026, 1, 5))
        own = say("own", reach=Reach.MATCH, added_by=self.user)
        edited = say("edited away")
        words = {"text": f"Robotics evenings: {self.mark(f'edited {model.kind}')}."}
        partners.edit(edited, words, seen=partners.version(edited), by=self.ana)
        return said[Reach.NETWORK], said[Reach.STAFF], withdrawn, own

    def calls(self, world):
        """One that gave something, one that is owed, one with a draft."""
        call = {"organization": self.organization, "caller": self.ana}
        words = {"work": self.mark("work"), "notes": self.mark("notes")}
        self.closed = make.CheckInFactory(**call, held=True, held_on=date(2026, 2, 9), **words)
        self.closed.challenges.add(self.challenge, self.secret_challenge)
        self.given = make.FollowUpFactory(checkin=self.closed, text=self.mark("given"))
        make.DeliveryFactory(followup=self.given, note=self.mark("delivery note"))
        settle(self.closed)
        self.owed = make.CheckInFactory(**call, held=True)
        self.promise = make.FollowUpFactory(checkin=self.owed, text=self.mark("promise"))
        self.pending = make.CheckInFactory(**call, due_on=timezone.localdate())
        typed = {"notes": self.mark("draft"), "challenges": "robotics evenings"}
        make.CallDraftFactory(checkin=self.pending, text=typed)
        make.AttemptFactory(checkin=self.pending, note=self.mark("attempt"))
        passed_on = {"from_caller": world.ben, "to_caller": self.ana, "made_by": world.olu}
        HandOver.objects.create(checkin=self.pending, reason=self.mark("passed on"), **passed_on)


class World:
    """People and things by name. Dana leads the work at Lakeshore, Omar at Harbor; Ana calls both."""

    def __init__(self):
        self.the_hub()
        self.lakeshore = Partner("lakeshore", "Dana", self)
        self.harbor = Partner("harbor", "Omar", self)
        self.others()
        self.library()
        self.promises()
        self.the_year()
        self.letters()
        self.imports()
        self.merges()
        self.lists()
        self.trash()
        self.actors = {
            "stranger": None,
            "other": self.harbor.user,
            "partner": self.lakeshore.user,
            "staff": self.ana,
            "overseer": self.olu,
            "admin": self.ada,
            "closed": self.zoe,
        }
        for user in filter(None, self.actors.values()):  # as signing in makes them
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    def the_hub(self):
        self.olu = make.UserFactory(overseer=True, name="Olu Overseer", email="olu@hub.example.org")
        self.ana = make.UserFactory(name="Ana Silva", email="ana@hub.example.org", phone=mark("contact phone"))
        self.ada = make.UserFactory(admin=True, name="Ada Admin", email="ada@hub.example.org")
        self.ben = make.UserFactory(name="Ben Ode", email="ben@hub.example.org", phone=mark("colleague phone"))
        self.zoe = make.UserFactory(overseer=True, name="Zoe Closed", email="zoe@hub.example.org", is_active=False)
        self.summit = make.SummitFactory()
        self.round = make.RoundFactory()
        self.robotics = make.TopicFactory(name="Robotics", slug="robotics")
        TOTP.activate(self.ben, "a secret")

    def others(self):
        """A prospect and an alumnus, whose pages partners do not see, and a person who left."""
        self.prospect = make.OrganizationFactory(prospect=True, name=mark("prospect name"), slug="prospect")
        make.StrengthFactory(organization=self.prospect, text=mark("prospect strength"))
        self.alumnus = make.OrganizationFactory(ended=True, name=mark("alumnus name"), slug="alumnus")
        make.ChallengeFactory(organization=self.alumnus, text=mark("alumnus challenge"))
        self.gone = make.PersonFactory(
            organization=self.lakeshore.organization, name=mark("left name"), left_on=date(2025, 5, 5)
        )

    def library(self):
        self.resource = make.ResourceFactory(
            title="Robotics lesson plans",
            slug="robotics-lesson-plans",
            summary=mark("resource summary"),
            file=ContentFile(mark("resource file").encode(), name="plans.txt"),
            file_name="plans.txt",
            file_type="text/plain",
            source=self.lakeshore.organization,
        )
        self.withdrawn_resource = make.ResourceFactory(
            title="Robotics of old",
            slug="robotics-of-old",
            summary=mark("withdrawn resource"),
            file=ContentFile(mark("withdrawn file").encode(), name="old.txt"),
            file_name="old.txt",
            file_type="text/plain",
            withdrawn_on=date(2026, 1, 1),
        )

    def promises(self):
        """What the hub owes Lakeshore beside words: an introduction and a tool."""
        self.introduction = make.IntroductionFactory(reason=mark("introduction reason"), written_by=self.ana)
        for partner in (self.lakeshore, self.harbor):
            make.PartyFactory(introduction=self.introduction, organization=partner.organization)
        self.connection = make.FollowUpFactory(
            checkin=self.lakeshore.owed,
            connection=True,
            partner=self.harbor.organization,
            introduction=self.introduction,
        )
        self.tool = make.FollowUpFactory(checkin=self.lakeshore.owed, tool=True, resource=self.resource)

    def the_year(self):
        """A call the overseer gave out by hand, suggested plans, and Ana on the road, past both partners."""
        told = {"by": "hand", "by_hand_before": []}
        self.assigned = Plan.objects.create(
            round=make.RoundFactory(), state=Plan.State.APPLIED, told=told, made_by=self.olu, applied_at=timezone.now()
        )
        self.plan, self.waiting_plan = make.PlanFactory(made_by=self.olu), make.PlanFactory(waiting=True)
        make.PlanLineFactory(plan=self.plan, organization=self.lakeshore.organization, caller=self.ben)
        self.applied_plan = make.PlanFactory(applied=True)
        self.leave, self.bens_leave = make.LeaveFactory(caller=self.ana), make.LeaveFactory(caller=self.ben)
        self.trip = make.TripFactory(traveller=self.ana)
        Organization.objects.filter(status="active").update(latitude=42.1, longitude=-72.6)

    def trash(self):
        """A visit that Ana logged by mistake, and deleted."""
        visit = make.TouchpointFactory(organization=self.harbor.organization, summary=mark("thrown away"))
        record.delete(visit, Touchpoint.objects.all(), by=self.ana)
        self.thrown_away = Touchpoint.history.get(history_type="-")

    def letters(self):
        self.written = write_letter(self.harbor.owed, by=self.ana)
        about = {"to_name": "Dana", "to_email": "lakeshore@partner.example.org"}
        now = timezone.now()
        self.draft = make.LetterFactory(**about, text=mark("letter draft"))
        self.approved = make.LetterFactory(**about, approved=True, text=mark("letter approved"))
        self.sent = make.LetterFactory(
            **about, sent=True, subject=mark("letter sent subject"), text=mark("letter sent")
        )
        self.failed = make.LetterFactory(**about, approved=True, state=Letter.State.FAILED, problem=mark("problem"))
        self.doubtful = make.LetterFactory(
            **about, approved=True, state=Letter.State.SENDING, claimed_at=now - timedelta(hours=1)
        )

    def imports(self):
        def run(name, rows):
            return runs.start(reading.read(f"Name,Website\n{rows}".encode(), name), by=self.ana)

        self.run = run(
            f"{mark('import file')}.csv", f"{mark('import row')},https://new.example.org\n{mark('bad row')},::\n"
        )
        runs.use_mapping(self.run, self.run.fields)
        self.done_run = run("done.csv", f"Pier Nine,https://pier.example.org\n{mark('set aside row')},::\n")
        runs.confirm(self.done_run, seen=runs.preview(self.done_run).fingerprint, by=self.ana)
        self.done_run.refresh_from_db()
        self.pier = Organization.objects.get(name="Pier Nine")

    def lists(self):
        """Ana's views, one of them deleted, and a tag she gave to many."""
        view = {"owner": self.ana, "query": "kind=other"}
        self.view = SavedView.objects.create(**view, name=mark("view"))
        self.shared_view = SavedView.objects.create(**view, name=mark("shared view"), is_shared=True)
        self.deleted_view = SavedView.objects.create(**view, name=mark("gone view"), deleted_at=timezone.now())
        pks = [self.lakeshore.organization.pk, self.harbor.organization.pk]
        self.bulk = partners.change_many(pks, kind="tag", value=mark("bulk tag"), by=self.ana)

    def merges(self):
        """Somebody who was here twice, two who are not the same, and who follows Omar at Harbor."""
        double = make.OrganizationFactory(prospect=True, name=mark("merged name"), slug="merged")
        self.merge = partners.merge(self.prospect, double, choices={}, by=self.ana)
        harbor = self.harbor
        self.succession = partners.name_successor(
            harbor.organization,
            successor=harbor.colleague,
            on=timezone.localdate() + timedelta(days=30),
            note=harbor.mark("successor note"),
            by=harbor.user,
        )
        self.apart = partners.tell_apart(self.prospect, self.alumnus, by=self.ana)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once a module, and gone after it. Whoever changes something in it undoes that."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
