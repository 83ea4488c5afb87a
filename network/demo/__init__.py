"""An invented network of 280 partners and three years of its calls, to look around in and to measure with."""

from typing import NamedTuple

PASSWORD = "trellis-demo-2026"


class Login(NamedTuple):
    role: str
    email: str
    password: str
    what: str
    """What is worth a look with it."""


def logins():
    """The accounts to look around with. They exist only once the demo network was made."""
    return [
        Login(
            "overseer",
            "overseer@example.org",
            PASSWORD,
            "The board of everybody's calls and debts, the pool, planning the year, the team page.",
        ),
        Login(
            "staff",
            "ana.silva@example.org",
            PASSWORD,
            "My calls: one overdue, one owed, one today or tomorrow with Lakeshore Science Center, one unfinished; "
            "a late promise; a trip to Chicago; drafts and a failed letter in the outbox.",
        ),
        Login(
            "partner",
            "dana.whitfield@lakeshore.example.org",
            PASSWORD,
            "Lakeshore's own home: strengths, challenges, and a checklist nobody asked about yet. Try it on a phone.",
        ),
        Login("admin", "admin@example.org", PASSWORD, "Django's admin, for repairs."),
    ]
