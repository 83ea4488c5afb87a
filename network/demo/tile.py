"""A tile of the demo network: 280 partners who only refer to each other. A bigger network is many tiles."""

import random
from dataclasses import dataclass, field
from datetime import date

from network.demo.corpus import fill, talk
from network.demo.rows import Rows
from partners.places import US_STATES


@dataclass
class Hub:
    """What all tiles share."""

    today: date
    callers: list
    admin: object
    topics: dict
    tags: list
    rounds: dict
    names: set = field(default_factory=set)
    """Name keys, page addresses and mail domains that are taken."""

    @property
    def ana(self):
        """The staff member to sign in as."""
        return self.callers[1]

    def colleague(self, user, rng):
        return rng.choice([caller for caller in self.callers if caller is not user])

    def round_of(self, day):
        return self.rounds.get(day.year)


@dataclass
class Partner:
    """An organization with all that is made for it."""

    number: int
    organization: object
    place: dict
    domain: str
    scripted: bool = False
    forgotten: bool = False
    """Nobody is to call them this year, and nobody was in touch lately."""
    people: list = field(default_factory=list)
    roles: list = field(default_factory=list)
    strengths: list = field(default_factory=list)
    challenges: list = field(default_factory=list)
    calls: list = field(default_factory=list)

    def lead_on(self, day):
        """Who led the work there on a day; before the first of them, the first."""
        led = [role for role in self.roles if role.started_on <= day]
        return (led[-1] if led else self.roles[0]).person

    @property
    def lead(self):
        return self.roles[-1].person if self.roles else self.people[0]

    @property
    def where(self):
        """Its place as people say it, for the slots of a sentence."""
        return {"city": self.place["city"], "state": US_STATES[self.place["state"]][0]}

    @property
    def is_active(self):
        return self.organization.status == "active"


@dataclass
class Tile:
    number: int
    hub: Hub
    rows: Rows
    partners: list = field(default_factory=list)

    @property
    def today(self):
        return self.hub.today

    def rng(self, *key):
        """Chance with a name: what is drawn for one thing never moves what is drawn for another."""
        return random.Random(f"{self.number}:{key}")

    def line(self, section, rng, partner):
        return fill(rng.choice(talk(section)), rng, **partner.where)

    def partner_of(self, organization):
        """Numbers run on within a tile."""
        return self.partners[organization.pk - self.partners[0].organization.pk]

    def named(self, name):
        return next(partner for partner in self.partners if partner.organization.name == name)
