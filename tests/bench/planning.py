"""Measures the plan of a hub with so many partners and callers, and prints the figures as JSON. See `tests.bench`."""

import json
import os
import random
import sys
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 -- after the setup
from django.db import connection  # noqa: E402

from accounts.models import User  # noqa: E402
from checkins import actions, tasks  # noqa: E402
from checkins.models import CheckIn, Leave, Plan  # noqa: E402
from partners.models import Organization, Touchpoint  # noqa: E402

TODAY = date(2026, 1, 5)
ZONES = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"]


def invent(partners, callers):
    """Two years of calls, half of them with the hub contact; a call planned for most; leave, languages, visits."""
    chance = random.Random("plan")
    team = User.objects.bulk_create(
        User(email=f"{number}@hub.example.org", name=f"Caller {number}", role="staff", password="!",
             time_zone=chance.choice(ZONES), languages=chance.choice(["", "", "", "es"]))
        for number in range(callers)
    )  # fmt: skip
    Leave.objects.bulk_create(
        Leave(caller=caller, starts_on=TODAY + timedelta(days=first), ends_on=TODAY + timedelta(days=first + 14))
        for caller in team
        for first in chance.sample(range(340), 2)
    )
    organizations = Organization.objects.bulk_create(
        Organization(name=f"Partner {number}", name_key=f"partner {number}", slug=f"partner-{number}",
                     time_zone=chance.choice(ZONES), language=chance.choice(["", "", "", "", "", "es"]),
                     owner=chance.choice(team))
        for number in range(partners)
    )  # fmt: skip
    for year in (2024, 2025):
        CheckIn.objects.bulk_create(
            CheckIn(organization=organization, caller=chance.choice([organization.owner, chance.choice(team)]),
                    state="held", due_on=date(year, 12, 31), held_on=date(year, chance.randint(1, 12), 15))
            for organization in organizations
        )  # fmt: skip
    CheckIn.objects.bulk_create(
        CheckIn(organization=organization, caller=organization.owner, by_hand=chance.random() < 0.1,
                due_on=TODAY + timedelta(days=chance.randint(1, 350)))
        for organization in organizations
        if chance.random() < 0.8
    )  # fmt: skip
    Touchpoint.objects.bulk_create(
        Touchpoint(organization=organization, happened_on=TODAY - timedelta(days=chance.randint(1, 700)))
        for organization in organizations
    )
    return team[0]


def seconds(do, *args, **kwargs):
    start = time.perf_counter()
    do(*args, **kwargs)
    return time.perf_counter() - start


def figures(partners, callers):
    load, *_ = os.getloadavg()
    call_command("migrate", verbosity=0)
    by = invent(partners, callers)
    plan = Plan.objects.create(round=actions.open_round(TODAY.year), made_by=by)
    worked = time.process_time()
    suggested = seconds(tasks.work_out, plan.pk, TODAY)
    worked = time.process_time() - worked
    plan.refresh_from_db()
    return {
        "vendor": connection.vendor,
        "load": load,
        "partners": partners,
        "callers": callers,
        "changes": plan.lines.count(),
        "gap": plan.told["gap"],
        "suggested": suggested,
        "worked": worked,
        "applied": seconds(actions.apply_plan, plan, by=by),
        "undone": seconds(actions.undo_plan, plan, by=by),
    }


if __name__ == "__main__":
    json.dump(figures(*map(int, sys.argv[1:])), sys.stdout)
