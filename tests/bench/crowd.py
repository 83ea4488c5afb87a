"""Fifty staff and two hundred partners at once: prints the figures as JSON. Started by `tests.bench.load`."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings")
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402 -- after the setup
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from checkins import actions  # noqa: E402
from checkins.models import CallDraft  # noqa: E402
from partners.models import Intrapreneur, Organization, Person  # noqa: E402
from tests.bench.measure import note, prepare  # noqa: E402
from tests.bench.visits import gunicorn  # noqa: E402

STAFF, PARTNERS, WARM_UP = 50, 200, 20
HERE = Path(__file__).parent


def session(user):
    """Signed in by a session in the database: hashing passwords would be all that is measured."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def account(email, **fields):
    user = User.objects.create_user(email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def staff():
    """Fifty, each with a call of their own that is open."""
    team = list(User.objects.filter(role=User.Role.STAFF))
    for number in range(len(team), STAFF):
        team.append(account(f"staff{number}@bench.example.org", name=f"Staff {number}", role=User.Role.STAFF))
    organizations = Organization.objects.filter(status=Organization.Status.ACTIVE).order_by("pk")
    for user, organization in zip(team, organizations, strict=False):
        call = actions.start(organization, by=user)
        draft = CallDraft.objects.filter(checkin=call).first()
        yield {"session": session(user), "call": f"/calls/{call.pk}/", "version": draft.version if draft else 0}


def partners():
    """Two hundred intrapreneurs, each of an organization of their own."""
    current = Intrapreneur.objects.filter(ended_on=None)
    leads = Person.objects.filter(intrapreneur_roles__in=current, user=None).order_by("pk")
    for number, person in enumerate(leads.select_related("organization")[:PARTNERS]):
        person.user = account(f"partner{number}@bench.example.org", name=person.name, role=User.Role.PARTNER)
        person.save()
        yield {
            "session": session(person.user),
            "record": person.organization.get_absolute_url(),
            "email": person.user.email,
        }


def cast():
    active = Organization.objects.filter(status=Organization.Status.ACTIVE)
    everybody = {"staff": list(staff()), "partners": list(partners())}
    return {
        **everybody,
        "addresses": [partner["email"] for partner in everybody["partners"]],
        "records": [organization.get_absolute_url() for organization in active],
        "today": timezone.localdate().isoformat(),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }


def idle(seconds=2):
    """The share of the machine that nobody uses just now."""

    def ticks():
        with open("/proc/stat") as stat:
            counted = [int(number) for number in stat.readline().split()[1:9]]
        return counted[3] + counted[4], sum(counted)

    was_idle, before = ticks()
    time.sleep(seconds)
    is_idle, now = ticks()
    return (is_idle - was_idle) / (now - before)


def cpu_seconds(pid):
    """What a process, its children and those it has outlived have used so far."""
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(int, used[11:15])) / os.sysconf("SC_CLK_TCK") + sum(map(cpu_seconds, children))


def postmaster():
    """The process that all of PostgreSQL's are children of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def visit(addr, seconds, rate):
    """Let the crowd in. Every answer as (time, name, milliseconds, problem)."""
    answers = settings.VAR / "answers.json"
    names = {"BENCH_CAST": settings.VAR / "cast.json", "BENCH_ANSWERS": answers, "BENCH_HOST": f"http://{addr}"}
    environment = {**os.environ, **{name: str(value) for name, value in names.items()}, "BENCH_RATE": str(rate)}
    people = STAFF + PARTNERS
    how = ["--headless", "--users", people, "--spawn-rate", 100, "--run-time", f"{WARM_UP + seconds}s"]
    quiet = ["--skip-log", "--exit-code-on-error", "0", "--stop-timeout", "10"]
    command = [sys.executable, "-m", "locust", "--locustfile", HERE / "locustfile.py", *how, *quiet]
    subprocess.run(
        [str(word) for word in command], cwd=settings.VAR, env=environment, stdout=subprocess.DEVNULL, check=True
    )
    return json.loads(answers.read_text())


def figures(seconds, rate, workers):
    note(f"{connection.vendor}: making a demo network, {STAFF} staff and {PARTNERS} partners …")
    prepare(1)
    (settings.VAR / "cast.json").write_text(json.dumps(cast()))
    with gunicorn(workers) as (addr, pid):
        found = {"idle": idle(), "load": os.getloadavg()[0]}
        note(f"  {seconds} s at {rate:g} requests a second, after {WARM_UP} s to warm up …")
        processes = {"gunicorn": pid, "PostgreSQL": postmaster(), "the crowd": os.getpid()}
        before = {name: cpu_seconds(pid) for name, pid in processes.items()}
        answers = visit(addr, seconds, rate)
        used = {name: cpu_seconds(pid) - before[name] for name, pid in processes.items()}
    used["the crowd"] -= used["gunicorn"]  # which is a child of this process
    found["cpu_ms"] = {name: seconds * 1000 / len(answers) for name, seconds in used.items()}
    begin = answers[0][0] + WARM_UP
    counted = [answer for answer in answers if begin <= answer[0] < begin + seconds]
    return {**found, "workers": workers, "seconds": seconds, "offered": rate, "answers": counted}


if __name__ == "__main__":
    seconds, rate, workers = sys.argv[1:]
    json.dump(figures(int(seconds), float(rate), int(workers)), sys.stdout)
