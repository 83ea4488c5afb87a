"""A person with a mark in everything the database, the files and the outbox can keep of somebody."""

import subprocess
from datetime import date
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from checkins.models import HandOver
from outbox.models import Letter
from partners import actions
from partners.models import Affiliation, ImportRun, Merge, OtherEmail, Person, SavedView, Succession
from tests import factories as make

TODAY = timezone.localdate


class Marked:
    """Every text that is put anywhere carries a mark of its own; `marks` are all of them."""

    def __init__(self, hub):
        self.hub, self.marks = hub, []
        self.who()
        self.sentences()
        self.calls()
        self.letters()
        self.elsewhere()

    def mark(self, what, words="{}"):
        self.marks.append(f"zq{what}")
        return words.format(self.marks[-1])

    def who(self):
        """Name, addresses, phone and title, each of them once different; an account with all that belongs to it."""
        self.user = make.UserFactory(
            partner=True, name=self.mark("accountname", "Dana {}"), email=self.mark("mail", "{}@lakeshore.example.org")
        )
        self.user.phone = self.mark("accountphone")
        self.user.save()
        self.organization = make.OrganizationFactory(name="Lakeshore", slug="lakeshore", owner=self.hub)
        self.person = make.PersonFactory(
            organization=self.organization,
            name=self.mark("maiden", "Dana {}"),
            title=self.mark("oldtitle"),
            email=self.mark("oldmail", "{}@lakeshore.example.org"),
            phone=self.mark("oldphone"),
            user=self.user,
        )
        new = {"name": self.mark("surname", "Dana {}"), "title": self.mark("title"), "email": self.user.email}
        self.edit(self.person, **new, phone="+1 (312) 555-0142")
        self.marks.append("555-0142")
        OtherEmail.objects.create(person=self.person, email=self.mark("othermail", "{}@private.example.org"))
        EmailAddress.objects.create(user=self.user, email=self.user.email, verified=True, primary=True)
        EmailAddress.objects.create(user=self.user, email=self.mark("secondmail", "{}@private.example.org"))
        TOTP.activate(self.user, self.mark("secret"))
        self.client = Client()
        self.client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        Affiliation.objects.create(
            person=self.person, organization=make.OrganizationFactory(), title=self.mark("formertitle")
        )
        make.IntrapreneurFactory(person=self.person, note=self.mark("rolenote"))
        colleague = make.PersonFactory(organization=self.organization, name="Dana Other")
        Succession.objects.create(
            organization=self.organization, outgoing=self.person, successor=colleague, note=self.mark("succession")
        )
        self.namesake = colleague

    def edit(self, thing, **changes):
        return actions.edit(thing, changes, seen=actions.version(thing), by=self.hub)

    def sentences(self):
        said = {"organization": self.organization, "said_by": self.person}
        strength = make.StrengthFactory(**said, text=self.mark("oldstrength", "We are good at {} & more"))
        self.edit(strength, text=self.mark("strength", "We are good at {} & more"))
        self.challenge = make.ChallengeFactory(**said, reach="staff", text=self.mark("challenge", "Hard is {}"))
        typed = self.mark("typed", "Also hard: {}")
        make.ChallengeFactory(organization=self.organization, added_by=self.user, text=typed)

    def calls(self):
        self.call = make.CheckInFactory(
            organization=self.organization,
            person=self.person,
            caller=self.hub,
            held=True,
            work=self.mark("work"),
            notes=self.mark("oldnotes"),
        )
        self.edit(self.call, notes=self.mark("notes"))
        promise = make.FollowUpFactory(checkin=self.call, text=self.mark("promise"))
        make.DeliveryFactory(
            followup=promise, note=self.mark("given"), landed="yes", landed_on=TODAY(), landed_note=self.mark("landed")
        )
        planned = make.CheckInFactory(organization=self.organization, person=self.person, caller=self.hub)
        make.CallDraftFactory(checkin=planned, text={"notes": self.mark("draft")})
        make.AttemptFactory(checkin=planned, note=self.mark("attempt"))
        people = {"from_caller": self.hub, "to_caller": self.hub, "made_by": self.hub}
        HandOver.objects.create(checkin=planned, reason=self.mark("passedon"), **people)
        visit = {"kind": "visit", "on": date(2026, 2, 2), "person": self.person, "summary": self.mark("visit")}
        actions.touch(self.organization, **visit, by=self.hub)
        introduction = make.IntroductionFactory(reason=self.mark("introduction"))
        make.PartyFactory(introduction=introduction, organization=self.organization, person=self.person)

    def letters(self):
        text = {"to_name": self.person.name, "text": self.mark("letter"), "html": f"<p>{self.marks[-1]}</p>"}
        make.LetterFactory(to_email=self.user.email, sent=True, subject=self.mark("subject"), **text)
        make.LetterFactory(to_email=self.person.history.last().email, sent=True, text=self.mark("toformer"))
        make.LetterFactory(to_email=self.user.email, text=self.mark("letterdraft"))
        make.LetterFactory(to_email=self.user.email, approved=True, problem=self.mark("problem"))
        make.LetterFactory(about=self.person, to_email="x@example.org", sent=True, text=self.mark("about"))
        # To somebody else: their strength is quoted, escaped, and they are named.
        quoted = f"{self.person.name} of Lakeshore says: {Person.objects.get(pk=self.person.pk).strengths.get().text}"
        self.quote = make.LetterFactory(
            to_email="y@example.org", sent=True, text=quoted, html=quoted.replace("&", "&amp;")
        )

    def elsewhere(self):
        """In words about others, in files, and in what machines keep."""
        person = Person.objects.get(pk=self.person.pk)
        name, email = person.name, person.email
        notes = f"Ask {name} ({email}, 312.555.0142). Dana Other agrees."
        self.other_call = make.CheckInFactory(held=True, notes=notes)
        cells = [name, email, "Lakeshore", person.title]
        ImportRun.objects.create(file_name=f"{name}.csv", rows=[[2, *cells]], set_aside=[[3, f"not {email}", cells]])
        SavedView.objects.create(owner=self.hub, name=f"All of {name}", query=f"q={name.replace(' ', '+')}&page=2")
        gone = make.PersonFactory(organization=self.organization, name=self.mark("double", "Dana {}"))
        key = gone.pk
        gone.delete()
        steps = {"steps": [{"fields": {"name": gone.name}}]}
        Merge.objects.create(kind="person", kept_id=person.pk, gone_id=key, gone_name=gone.name, undo=steps)
        kind = ContentType.objects.get_for_model
        log = {"user": self.hub, "action_flag": CHANGE, "change_message": f'[{{"changed": "{name}"}}]'}
        LogEntry.objects.create(content_type=kind(person), object_id=person.pk, object_repr=name, **log)
        sentence = {"object_id": self.challenge.pk, "object_repr": self.challenge.text[:9] + self.mark("cut")}
        LogEntry.objects.create(content_type=kind(self.challenge), **sentence, **log)
        session = SessionStore()
        session["_messages"] = [f"{name} can sign in"]
        session.save()
        file = ContentFile(b"Plans", name="plans.txt")
        make.ResourceFactory(title="Plans", file=file, file_name=f"{email} plans.txt", summary=f"By {name}.")
        mail.send_mail(f"To {name}", "Hello", None, [email])
        mail.send_mail("To another", "Hello Dana Other", None, ["other@example.org"])

    def counts(self):
        """What must not change."""
        person = Person.objects.get(pk=self.person.pk)
        return {
            "calls": person.checkins.count(),
            "given": self.organization.checkins.filter(followups__delivery__isnull=False).count(),
            "sentences": self.organization.strengths.count() + self.organization.challenges.count(),
            "sent": Letter.objects.sent().count(),
            "touches": self.organization.touchpoints.count(),
            "people": self.organization.people.count(),
        }

    def found(self, *texts):
        """The marks that stand in any of these texts, packed sessions aside."""
        return {mark for mark in self.marks for text in texts if mark.casefold() in text.casefold()}


def dump():
    """The whole database as SQL; what sessions hold, unpacked."""
    unpacked = [str(session.get_decoded()) for session in SessionStore.get_model_class().objects.all()]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return "\n".join([*connection.connection.iterdump(), *unpacked])
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    done = subprocess.run(["pg_dump", "--inserts", url], capture_output=True, text=True, check=True)
    return "\n".join([done.stdout, *unpacked])


def files(folder):
    """Every file below, name and content, as text."""
    found = [path for path in Path(folder).rglob("*") if path.is_file()]
    return [f"{path}\n{path.read_bytes().decode(errors='replace')}" for path in found]


def database_files():
    """The raw bytes of an SQLite database and of what lies beside it."""
    name = Path(connection.settings_dict["NAME"])
    return [path.read_bytes().decode("latin-1") for path in name.parent.glob(f"{name.name}*")]
