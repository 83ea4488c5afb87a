"""The hub's own team, the demo logins, and what every tile shares: topics, tags, rounds, the Summit."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from accounts.models import User
from checkins.models import Capacity, Leave, Round
from network.demo import PASSWORD, logins, names
from network.demo.corpus import subjects
from network.demo.days import clock
from network.demo.organizations import TAGS
from network.demo.tile import Hub
from partners.models import Synonym, Tag, Topic
from summits.models import Summit

TEAM = [
    ("Marguerite Okafor", "overseer", "America/New_York"),
    ("Ana Silva", "staff", "America/New_York"),
    ("Ben Osei", "staff", "America/Chicago"),
    ("Carla Reyes", "staff", "America/Los_Angeles"),
    ("Daniel Kwon", "staff", "America/New_York"),
    ("Esther Goldberg", "staff", "America/New_York"),
    ("Farid Haddad", "staff", "America/Chicago"),
    ("Grace Mbeki", "staff", "America/New_York"),
    ("Hanna Lindqvist", "staff", "America/Denver"),
    ("Ivan Petrov", "staff", "America/New_York"),
    ("Jasmine Tranh", "staff", "America/Los_Angeles"),
]

SPEAK = {"Ana Silva": "es, pt", "Carla Reyes": "es", "Farid Haddad": "ar, fr"}
HALF_TIME = {"Marguerite Okafor", "Jasmine Tranh"}
AWAY = {"Ben Osei": (20, 31), "Esther Goldberg": (3, 12)}
"""Who is on leave: from so many days after today to so many."""


def make(rows, *, today, callers, rng):
    """The hub with this many callers, the overseer among them."""
    password, known = make_password(PASSWORD), {login.email for login in logins()}
    more = [(f"{rng.choice(names.FIRST)} {rng.choice(names.LAST)}", "staff", "") for _ in range(callers - len(TEAM))]
    team = []
    for number, (name, role, zone) in enumerate([*TEAM, *more]):
        email = f"{slugify(name).replace('-', '.')}{number if number >= len(TEAM) else ''}@example.org"
        email = "overseer@example.org" if role == "overseer" else email
        team.append(
            account(
                rows,
                email,
                name=name,
                role=role,
                time_zone=zone,
                languages=SPEAK.get(name, ""),
                phone=f"+1 212 555 {100 + number % 100:04}",
                password=password if email in known else locked(email),
                created_at=clock(today - timedelta(days=1500 - number), 9),
                last_login=clock(today - timedelta(days=1 + number % 9), 9, number % 60),
            )
        )
    admin = account(
        rows,
        "admin@example.org",
        name="Robin Castillo",
        role=User.Role.ADMIN,
        password=password,
        created_at=clock(today - timedelta(days=1600), 9),
        last_login=clock(today - timedelta(days=4), 8),
    )
    summits(rows, today)
    years = rounds(rows, today)
    time_to_call(rows, team, years[today.year], today)
    return Hub(
        today=today,
        callers=team,
        admin=admin,
        topics=topics(rows),
        tags=[rows.add(Tag(name=name)) for name in TAGS],
        rounds=years,
    )


def locked(email):
    """No password fits; a code by mail does. Always the same, unlike Django's own."""
    return f"!{slugify(email)}"[:128]


def account(rows, email, *, by=None, **fields):
    """Someone who can sign in, with an address that is known to be theirs."""
    user = rows.add(User(email=email, invited_by=by, **fields))
    rows.record(user, at=user.created_at, by=by)
    rows.add(EmailAddress(user=user, email=email, verified=True, primary=True))
    return user


def topics(rows):
    made = {}
    for subject in subjects():
        topic = made[subject.name] = rows.add(Topic(name=subject.name, slug=slugify(subject.name)))
        for synonym in subject.synonyms:
            rows.add(Synonym(topic=topic, name=synonym))
    return made


def rounds(rows, today):
    years = range(today.year - 2, today.year + 1)
    return {year: rows.add(Round(year=year, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31))) for year in years}


def time_to_call(rows, team, round, today):
    """What share of this year's calls each takes, and who is away."""
    for caller in team:
        rows.add(Capacity(round=round, caller=caller, units=Capacity.FULL - (caller.name in HALF_TIME)))
        if caller.name in AWAY:
            first, last = (today + timedelta(days=days) for days in AWAY[caller.name])
            rows.add(Leave(caller=caller, starts_on=first, ends_on=last))


def summits(rows, today):
    """The one before, and the one to come."""
    for days, place in ((-265, "Ironworks Hall, St. Louis"), (104, "Old Assay Office, Denver")):
        starts_on = today + timedelta(days=days)
        rows.add(
            Summit(
                name=f"Summit {starts_on.year}",
                slug=f"summit-{starts_on:%Y-%m}",
                place=place,
                time_zone="America/Denver" if days > 0 else "America/Chicago",
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=2),
            )
        )
