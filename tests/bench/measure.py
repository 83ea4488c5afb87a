"""Measures one demo network and prints the figures as JSON. Started by `tests.bench`, in an environment of its own."""

import csv
import json
import os
import subprocess
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network.settings")
django.setup()

from django.conf import settings  # noqa: E402 -- after the setup
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from checkins import actions  # noqa: E402
from checkins.models import CheckIn  # noqa: E402
from partners.models import Organization  # noqa: E402
from tests.bench.visits import Visitor, gunicorn  # noqa: E402

SOME = 25  # different records and calls, so that no single one decides
ROWS = 10_000


def note(text):
    sys.stderr.write(f"{text}\n")


def timed(do, *args, **kwargs):
    start = time.perf_counter()
    do(*args, **kwargs)
    return time.perf_counter() - start


def prepare(scale):
    """The seconds it takes to make the demo network."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with open(os.devnull, "w") as nowhere:
        return timed(call_command, "demo_network", seed=True, scale=scale, stdout=nowhere)


def spread(rows):
    """Some rows from all over the table."""
    keys = list(rows.values_list("pk", flat=True))
    return list(rows.filter(pk__in=keys[:: max(1, len(keys) // SOME)]))


def caller():
    """The member of staff who has most calls."""
    return max(User.objects.filter(role=User.Role.STAFF), key=lambda user: CheckIn.objects.filter(caller=user).count())


def pages(staff):
    """Name of a page → who asks for it, and its addresses."""
    organizations = spread(Organization.objects.filter(status=Organization.Status.ACTIVE).order_by("pk"))
    calls = [actions.start(organization, by=staff) for organization in organizations]
    partner = User.objects.filter(role=User.Role.PARTNER, person__isnull=False).order_by("pk").first()
    records = [organization.get_absolute_url() for organization in organizations]
    return {
        "Home, staff": (staff, ["/calls/"]),
        "Home, partner": (partner, ["/home/"]),
        "Directory": (staff, ["/partners/"]),
        "Directory, searched": (staff, ["/partners/?q=robot", "/partners/?q=science", "/partners/?q=mentor"]),
        "Quick find": (
            staff,
            [f"/find/?q={typed}" for typed in ("lakeshroe", "univrsity", "mentor", "dana+whitf", "s")],
        ),
        "Record": (staff, records),
        "Record, panel of calls": (staff, [f"/calls/panel/{organization.slug}/" for organization in organizations]),
        "Live call": (staff, [f"/calls/{call.pk}/live/" for call in calls]),
        "Library": (staff, ["/resources/", "/resources/?q=mentor"]),
        "Outbox": (staff, ["/outbox/"]),
    }, [f"/calls/{call.pk}/" for call in calls]


def queries(user, paths):
    """The most that any of these addresses asks the database."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    counts = []
    for path in [paths[0], *paths]:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        counts.append(len(asked))
    return max(counts[1:])  # the first visit also fills what a process remembers


def spreadsheet():
    """10,000 rows: partners that are all new, with what a hub knows of them."""
    file = settings.VAR / "partners.csv"
    with file.open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Id", "Name", "City", "State", "Website", "Kind", "Strengths", "Contact", "Contact email"])
        for number in range(ROWS):
            place = ["Springfield", "IL", f"https://bench-{number}.example.org"]
            strength = f"We run workshop {number} for teachers of the region."
            contact = [f"Person {number}", f"person-{number}@bench.example.org"]
            rows.writerow([f"bench-{number}", f"Bench Partner {number}", *place, "", strength, *contact])
    return file


def import_seconds():
    command = [sys.executable, "manage.py", "import_partners", str(spreadsheet())]
    before = Organization.objects.count()
    seconds = timed(subprocess.run, command, cwd=settings.BASE_DIR, check=True, stdout=subprocess.DEVNULL)
    assert Organization.objects.count() == before + ROWS
    return seconds


def figures(scale, requests):
    note(f"{connection.vendor}: making a demo network {scale} × 280 …")
    found = {"vendor": connection.vendor, "seed_seconds": prepare(scale), "pages": {}}
    found["organizations"] = Organization.objects.count()
    places, calls = pages(caller())
    with gunicorn() as (addr, _):
        for name, (user, paths) in places.items():
            note(f"  {name}")
            visitor = Visitor(addr, user)
            found["pages"][name] = {
                "queries": queries(user, paths),
                "bytes": visitor.weight(paths[0]),
                "ms": visitor.times(paths, requests),
            }
        note("  autosave")
        found["autosave_ms"] = Visitor(addr, caller()).save_times(calls, requests)
    note(f"  import of {ROWS:,} rows")
    found["import_rows_a_second"] = ROWS / import_seconds()
    return found


if __name__ == "__main__":
    json.dump(figures(*map(int, sys.argv[1:])), sys.stdout)
