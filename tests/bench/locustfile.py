"""What the crowd does, each at a pace of their own: run by `tests.bench.crowd`, which also made their sessions.

The names of requests begin with their kind. Shares of the whole: 55 % reads, 20 % autosaves, 10 % searches, 15 % other.
"""

import json
import os
import random
import time
from itertools import count, cycle
from pathlib import Path

import gevent
from locust import FastHttpUser, events, task

CAST = json.loads(Path(os.environ["BENCH_CAST"]).read_text())
RATE = float(os.environ["BENCH_RATE"])
STAFF_SHARE = 0.58  # of all requests: few people who work here, beside many who look in
TOKEN = "c" * 32
WORDS = ["robot", "mentor", "science", "teachers", "museum", "funding", "garden", "coding", "lakshore", "volunteers"]
TYPED = "They want mentors who stay the whole school year, and ask how others keep them. "

staff, partners = (iter(CAST[role]) for role in ("staff", "partners"))
addresses = cycle(CAST["addresses"])
numbers = count(1)
answers = []


@events.request.add_listener
def note(name, response_time, exception, **rest):
    answers.append((time.time(), name, response_time, str(exception) if exception else ""))


@events.quitting.add_listener
def tell(environment, **rest):
    Path(os.environ["BENCH_ANSWERS"]).write_text(json.dumps(answers))


class Visitor(FastHttpUser):
    """A browser that is signed in, and does not follow redirects: where they lead counts as a visit of its own."""

    abstract = True
    host = os.environ["BENCH_HOST"]

    def __init__(self, environment):
        self.me = self.take()
        cookies = f"{CAST['session_cookie']}={self.me['session']}; {CAST['csrf_cookie']}={TOKEN}"
        self.default_headers = {"Cookie": cookies, "X-CSRFToken": TOKEN}
        super().__init__(environment)

    def on_start(self):
        gevent.sleep(random.uniform(0, self.period))

    def wait_time(self):
        """Nobody keeps step with anybody: half a period to one and a half."""
        return random.uniform(0.5, 1.5) * self.period

    def ask(self, name, path, form=None, status=None, **how):
        """The answer, which has to be the page itself or, after a form, the way on."""
        expected = status or (200 if form is None else 302)
        method = "GET" if form is None else "POST"
        with self.client.request(
            method, path, name=name, data=form, allow_redirects=False, catch_response=True, **how
        ) as answer:
            if answer.status_code != expected:
                answer.failure(f"{path} answers {answer.status_code}")
            return answer


class Staff(Visitor):
    fixed_count = len(CAST["staff"])
    period = len(CAST["staff"]) / (RATE * STAFF_SHARE)  # seconds from one request to the next
    sequence = 0

    def take(self):
        return next(staff)

    @task(345)
    def autosave(self):
        """As static/js/call.js does while somebody types into their own call."""
        self.sequence += 1
        form = {"outcome": "talked", "channel": "phone", "work": "A new exhibit", "notes": TYPED * (self.sequence % 25)}
        page = {"version": self.me["version"], "client": f"page-{self.me['session'][:8]}", "sequence": self.sequence}
        answer = self.ask("autosave", f"{self.me['call']}draft/", {**form, **page}, status=200)
        said = answer.json() if answer.status_code == 200 else {}
        if said.get("sequence") == self.sequence:
            self.me["version"] = said["version"]

    @task(70)
    def home(self):
        self.ask("read, staff home", "/calls/")

    @task(75)
    def call(self):
        self.ask("read, live call", f"{self.me['call']}live/")

    @task(140)
    def record(self):
        self.ask("read, record", random.choice(CAST["records"]))

    @task(60)
    def directory(self):
        self.ask("read, directory", "/partners/")

    @task(45)
    def outbox(self):
        self.ask("read, outbox", "/outbox/")

    @task(45)
    def could_help(self):
        self.ask("search, could help", f"{self.me['call']}suggestions/?challenges={random.choice(WORDS)}")

    @task(45)
    def search_directory(self):
        self.ask("search, directory", f"/partners/?q={random.choice(WORDS)}")

    @task(40)
    def find(self):
        self.ask("search, quick find", f"/find/?q={random.choice(WORDS)}")

    @task(70)
    def log_visit(self):
        form = {"kind": "visit", "on": CAST["today"], "summary": f"Saw the new room, {next(numbers)}."}
        self.ask("other, log a touchpoint", f"{random.choice(CAST['records'])}touchpoints/add/", form)

    @task(15)
    def export(self):
        self.ask("other, export of a search", "/partners/export/?q=science")


class Partner(Visitor):
    fixed_count = len(CAST["partners"])
    period = len(CAST["partners"]) / (RATE * (1 - STAFF_SHARE))

    def take(self):
        return next(partners)

    @task(230)
    def home(self):
        self.ask("read, partner home", "/home/")

    @task(180)
    def given(self):
        self.ask("read, what was given", "/given/")

    @task(180)
    def library(self):
        self.ask("read, library", "/resources/")

    @task(120)
    def record(self):
        self.ask("read, another partner", random.choice(CAST["records"]))

    @task(55)
    def search(self):
        self.ask("search, library", f"/resources/?q={random.choice(WORDS)}")

    @task(100)
    def say(self):
        form = {"text": f"We need help with workshop {next(numbers)} for teachers.", "reach": "network"}
        self.ask("other, say a challenge", f"{self.me['record']}challenge/add/", form)

    @task(75)
    def look(self):
        self.ask("other, light or dark", "/me/theme/", {"theme": random.choice(["light", "dark"])})

    @task(60)
    def ask_for_a_code(self):
        """The first half of signing in, by somebody whose browser is new here; each behind an address of their own."""
        number = next(numbers)
        how = {
            "Cookie": f"{CAST['csrf_cookie']}={TOKEN}",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }
        self.ask("other, ask for a sign-in code", "/accounts/login/code/", {"email": next(addresses)}, headers=how)
