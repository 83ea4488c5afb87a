"""A whole hub in one process: the web server in front, the worker and its clock in threads beside it."""

import errno
import logging
import os
import signal
import socket
import sys
import threading

from celery.beat import Service
from celery.worker import WorkController
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.core.wsgi import get_wsgi_application
from waitress import create_server

from accounts.models import User
from network.celery import app
from network.demo import seed

GRACE = 4  # seconds for what is under way when the process is asked to stop


class Command(BaseCommand):
    help = "Run the web server, the worker and the clock in this one process. Needs no other server."

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="make the demo network first, if it is not there yet")

    def handle(self, *, demo, **options):
        door = bind(settings.ADDR)
        self.say("Preparing the database and the static files …")
        call_command("migrate", verbosity=0)
        keep_apart(demo=demo)
        if static_files_changed():
            call_command("collectstatic", interactive=False, verbosity=0)
        if demo:
            call_command("demo_network", seed=True, stdout=self.stdout)

        beat = start_worker_and_clock()
        for number in (signal.SIGINT, signal.SIGTERM):  # both: a process started with `&` ignores SIGINT
            signal.signal(number, stop)
        self.say(self.welcome(demo))
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a page that waits for a thread is no news
        behind_a_proxy = settings.SECURE  # which then says who asks, and that it was by HTTPS
        server = create_server(
            get_wsgi_application(), sockets=[door], threads=8, clear_untrusted_proxy_headers=not behind_a_proxy
        )
        server.run()
        beat.stop(wait=True)

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()  # at once, also into a file

    def welcome(self, demo):
        lines = [f"\nTrellis is at {settings.BASE_URL}/ (Ctrl-C stops it)."]
        if "filebased" in settings.EMAIL_BACKEND:
            lines.append(
                f"No mail leaves this machine: letters and sign-in codes are files in {settings.EMAIL_FILE_PATH}."
            )
        if not demo and not User.objects.filter(role=User.Role.ADMIN).exists():
            place = "" if settings.VAR == settings.BASE_DIR / "var" else f"VAR={settings.VAR} "
            lines.append(
                f"Nobody can sign in yet. Make the first account: {place}{sys.executable} manage.py createsuperuser"
            )
        return "\n".join(lines)


def keep_apart(*, demo):
    """A real hub never gets invented partners, nor the demo's well-known passwords."""
    is_demo = seed.is_there()
    if is_demo and not demo:
        raise CommandError(
            "This is the demo network's database. A real hub takes a folder of its own: make run VAR=var/hub"
        )
    if demo and not is_demo and User.objects.exists():
        raise CommandError("This is a real hub's database. The demo takes a folder of its own: make demo VAR=var/demo")


def static_files_changed():
    """Whether a file is newer than the last collection, which takes seconds."""
    collected = settings.STATIC_ROOT / "staticfiles.json"
    if not collected.exists():
        return True
    files = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    return max(map(os.path.getmtime, files)) > collected.stat().st_mtime


def bind(addr):
    """The socket to listen on, before anything else is done: a port that is taken is said at once."""
    host, _, port = addr.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdigit():
        raise CommandError(f"ADDR is “{addr}”, but should look like 127.0.0.1:8000.")
    try:
        return socket.create_server((host, int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is taken by another program. Choose another one: ADDR={host}:{int(port) + 1}"
            )
        raise CommandError(f"Cannot listen on {addr}: {error.strerror}.")


def start_worker_and_clock():
    """Threads, because the in-memory broker is not shared between processes.

    That queue is lost at exit and the database is not, so the clock's sweep runs once at the start.
    """
    worker = WorkController(
        app=app, hostname="worker@localhost", pool="threads", concurrency=2, without_gossip=True, without_mingle=True
    )
    beat = Service(app, max_interval=1)
    for target in (worker.start, beat.start):
        threading.Thread(target=target, daemon=True).start()
    app.send_task(settings.CELERY_BEAT_SCHEDULE["send-approved-letters"]["task"])
    return beat


def stop(number, frame):
    """End in order, but end: whatever hangs is left behind, and the next start finds it in the database."""
    signal.signal(number, signal.SIG_DFL)
    last_resort = threading.Timer(GRACE, os._exit, [1])
    last_resort.daemon = True
    last_resort.start()
    raise KeyboardInterrupt
