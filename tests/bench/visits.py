"""Real requests to a real gunicorn: how long they take, and how much travels."""

import gzip
import json
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import cycle, islice
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

AT_ONCE = 2
TYPED = "They want mentors who stay the whole school year, and ask how others keep them. " * 25  # 2 kB


@contextmanager
def gunicorn(workers=2):
    """On loopback, for as long as the block lasts: its address and process."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        addr = f"127.0.0.1:{door.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "network.wsgi", "--workers", str(workers), "--bind", addr]
    process = subprocess.Popen([*command, "--log-level", "warning", "--no-control-socket"], cwd=settings.BASE_DIR)
    try:
        for _ in range(300):
            if is_open(addr):
                break
            time.sleep(0.1)
        yield addr, process.pid
    finally:
        process.terminate()
        process.wait()


def is_open(addr):
    host, port = addr.split(":")
    with closing(socket.socket()) as line:
        return line.connect_ex((host, int(port))) == 0


class Visitor:
    """A browser of one user, signed in by a session in the database."""

    def __init__(self, addr, user):
        self.addr = addr
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        self.cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    def ask(self, path, form=None, **headers):
        """The answer and its body, as they travel: compressed."""
        with closing(HTTPConnection(self.addr, timeout=60)) as line:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"Cookie": cookie, "Accept-Encoding": "gzip", **headers}
            if form is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            line.request("GET" if form is None else "POST", path, form and urlencode(form), headers)
            answer = line.getresponse()
            body = answer.read()
        assert answer.status == 200, f"{path} answers {answer.status}"
        return answer, body

    def milliseconds(self, path):
        start = time.perf_counter()
        self.ask(path)
        return (time.perf_counter() - start) * 1000

    def times(self, paths, requests):
        """`requests` visits, some at once, after a few that do not count."""
        for path in islice(cycle(paths), 6):
            self.ask(path)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self.milliseconds, islice(cycle(paths), requests)))

    def weight(self, path):
        """Bytes of a first visit: the page and every file it names, compressed."""
        answer, body = self.ask(path)
        html = gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html.decode()))
        return len(body) + sum(len(self.ask(file)[1]) for file in files)

    def save_times(self, calls, requests):
        """Autosaves of a page of notes, one after the other as they are typed."""
        token = self.token(calls[0])
        versions = dict.fromkeys(calls, 0)
        times = []
        for number, call in enumerate(islice(cycle(calls), requests), 1):
            page = {"version": versions[call], "client": "bench", "sequence": number}
            start = time.perf_counter()
            _, body = self.ask(
                f"{call}draft/", {"outcome": "talked", "notes": f"{number} {TYPED}", **page}, **{"X-CSRFToken": token}
            )
            times.append((time.perf_counter() - start) * 1000)
            versions[call] = json.loads(body)["version"]
        return times

    def token(self, call):
        """The CSRF token that the page of a call sets."""
        answer, _ = self.ask(f"{call}live/")
        found = re.search(rf"{settings.CSRF_COOKIE_NAME}=([^;]+)", answer.getheader("Set-Cookie", ""))
        self.cookies[settings.CSRF_COOKIE_NAME] = found[1]
        return found[1]
