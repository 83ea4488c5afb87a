from datetime import date

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

import network.demo.seed
from network.demo import logins


def day(text):
    return date.fromisoformat(text)


def at_least_one(text):
    if (number := int(text)) < 1:
        raise ValueError
    return number


class Command(BaseCommand):
    help = "Make an invented network to look around in: 280 partners, three years of calls, and logins to see it with."

    def add_arguments(self, parser):
        parser.add_argument("--seed", action="store_true", help="make it; without this, only say what would be made")
        parser.add_argument(
            "--scale", type=at_least_one, default=1, metavar="N", help="N times 280 partners, to measure with"
        )
        parser.add_argument(
            "--today", type=day, metavar="YYYY-MM-DD", help="the day it is dated from (today unless said)"
        )

    def handle(self, *, seed: bool, scale, today, **options):
        if not seed:
            self.stdout.write(
                f"Would make {280 * scale:,} invented partners with three years of calls, and 4 demo logins, in this "
                "database. Add --seed to do it."
            )
        elif self.made(scale, today or timezone.localdate()):
            self.stdout.write(f"The demo network is here: {280 * scale:,} partners.")
        else:
            self.stdout.write("The demo network is already here; nothing was changed.")
        if seed:
            self.show_logins()

    def made(self, scale, today):
        if network.demo.seed.is_there():
            return False
        try:
            network.demo.seed.make(scale=scale, today=today, tell=self.stdout.write)
        except network.demo.seed.NotEmpty:
            raise CommandError("This database has organizations of its own; the demo network needs an empty one.")
        return True

    def show_logins(self):
        self.stdout.write("\nSign in with one of these, or with a code by mail:")
        for login in logins():
            self.stdout.write(f"  {login.role:<9} {login.email:<40} {login.password}\n            {login.what}")
