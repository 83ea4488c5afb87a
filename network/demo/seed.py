"""Makes the demo network: the hub, then tile by tile 280 partners with all that happened in three years."""

import gc
import math
import random
from contextlib import contextmanager

from django.db import connection, reset_queries, transaction

from accounts.models import User
from network.demo import calls, followups, hub, logins, organizations, people, resources, sentences, touchpoints
from network.demo.cast import Cast
from network.demo.rows import Rows
from network.demo.tile import Tile
from partners.models import Organization

CALLERS = 11


class NotEmpty(Exception):
    """The database holds organizations that are not the demo's."""


def is_there():
    """Whether the demo network was made here before."""
    return User.objects.filter(email=logins()[0].email).exists()


def make(*, scale=1, today, tell=lambda sentence: None):
    """Make `scale` times 280 partners. At scale 1 all or nothing; bigger ones tile by tile, to bound the memory."""
    if Organization.objects.exists():
        raise NotEmpty
    rows = Rows()
    with transaction.atomic(), uncollected():
        ours = hub.make(rows, today=today, callers=CALLERS * math.isqrt(scale), rng=random.Random("hub"))
        invent(0, ours, rows)
        rows.write()
    for number in range(1, scale):
        with transaction.atomic(), uncollected():
            invent(number, ours, rows)
            rows.write()
        reset_queries()  # kept by DEBUG, and long
        if number % 10 == 9:
            tell(f"{(number + 1) * 280:,} organizations so far …")
    if scale > 1:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def uncollected():
    """A tile is only made, nothing of it is dropped: looking for garbage in it took a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def invent(number, ours, rows):
    """280 partners and what happened with them, in the order in which one thing needs another."""
    part = Tile(number, ours, rows)
    cast = Cast(part) if number == 0 else None
    organizations.make(part)
    people.make(part)
    organizations.tag(part)
    calls.make(part)
    if cast:
        cast.call()
        cast.say()
    sentences.make(part)
    giving = followups.make(part, resources.make(part))
    if cast:
        cast.give(giving)
    touchpoints.make(part)
    return part
