"""Quick find: organizations, people, pages, and what higher apps add, forgiving mistakes of typing.

Each process keeps an index of the words in memory. Before every search a stamp of a few numbers says whether the
database has moved on; if so, only the rows that changed are read again. What is shown comes from the database, and only
what the reader may see; the order of two rows never depends on a third, which they may not see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.db.models import Count, Max
from django.urls import reverse

from affinity.finding import Index, whole, words
from partners.models import Organization, OtherEmail, Person, PreviousName, Reading
from partners.signals import find_wanted

EACH = 8  # hits a group
ORDER = ("Opened lately", "Organizations", "People", "Resources", "Pages and actions")
LATE = 500  # a transaction that commits late has older numbers than what was seen: so many of them are counted again
FAR_BEHIND = 5000
DEEPER = (50, 1000, 20_000)  # how many are looked through until enough of them may be seen

# "call lakeshore" means Lakeshore.
VERBS = frozenset("a add call log past start the to touchpoint visit with".split())


@dataclass(frozen=True)
class Hit:
    """One line: a link, or a button where opening it makes something."""

    title: str
    url: str
    note: str = ""
    is_button: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    hits: list


@dataclass(frozen=True)
class Page:
    """A page that can be found by its title and some other words."""

    title: str
    name: str
    also: str = ""
    is_for: Callable = lambda user: True


def hub(user):
    return user.is_hub


def partner(user):
    return not user.is_hub


PAGES = [
    Page("My page", "partners:home", "home strengths challenges", partner),
    Page("Your details", "partners:edit_details", "phone job title time zone", partner),
    Page("What we hold about you", "partners:held", "data privacy download erase rights", partner),
    Page("Partners", "partners:directory", "organizations directory list"),
    Page("Add a partner", "partners:add", "new organization", hub),
    Page("Import partners", "partners:import_start", "csv xlsx spreadsheet upload", hub),
    Page("Outbox", "outbox:list", "letters mail drafts approve", hub),
    Page("Team", "accounts:team", "colleagues roles users", lambda user: user.is_overseer),
    Page("Invite a colleague", "accounts:invite", "team staff new user", lambda user: user.is_overseer),
    Page("Your profile", "accounts:profile", "me settings theme dark password passkey"),
]


class Shelf:
    """The index of one model, kept as the database is."""

    def __init__(self, model, read, *, rows=lambda model: model.objects.all(), beside=None, split=words):
        self.model, self.read, self.rows, self.beside, self.split = model, read, rows, beside, split
        self.lock = Lock()
        self.seen = None

    def search(self, query, limit):
        """Keys, best first, as of now."""
        with self.lock:
            self.refresh()
            return self.index.search(query, limit)

    def refresh(self):
        """Read what changed since the last time, or everything when that cannot be told."""
        now = self.stamp() if self.seen else None
        if now is None or (now != self.seen and not self.catch_up(now)):
            self.build()

    def build(self):
        newest = self.model.history.aggregate(newest=Max("pk"))["newest"] or 0
        self.floor = newest - LATE
        self.seen = self.stamp()  # before the rows are read: what comes meanwhile is read twice, never missed
        self.index = Index(self.split)
        self.put(self.rows(self.model))

    def stamp(self):
        """What cannot all stay the same when a row, its history or what stands beside it changes."""
        lines = self.model.history.filter(pk__gt=self.floor)
        return (
            lines.aggregate(newest=Max("pk"), lines=Count("pk"), at=Max("history_date"))
            | self.rows(self.model).aggregate(last=Max("pk"), rows=Count("pk"))
            | (self.beside.objects.aggregate(beside=Max("pk"), besides=Count("pk")) if self.beside else {})
        )

    def catch_up(self, now):
        """False when it cannot: too much has changed, or the past is not what was seen of it."""
        lines = self.model.history.filter(pk__gt=self.floor)
        newest = self.seen["newest"] or 0
        past = lines.filter(pk__lte=newest).aggregate(newest=Max("pk"), lines=Count("pk"), at=Max("history_date"))
        if now["lines"] > FAR_BEHIND or not past.items() <= self.seen.items():
            return False
        changed = set(lines.filter(pk__gt=newest).values_list("id", flat=True))
        changed.update(self.rows(self.model).filter(pk__gt=self.seen["last"] or 0).values_list("pk", flat=True))
        if self.beside:
            field = next(field for field in self.beside._meta.fields if field.related_model is self.model)
            beside = self.beside.objects.filter(pk__gt=self.seen["beside"] or 0)
            changed.update(beside.values_list(field.attname, flat=True))
        for key in changed:
            self.index.drop(key)
        self.put(self.rows(self.model).filter(pk__in=changed))
        self.seen = now
        return len(self.index) == now["rows"]

    def put(self, rows):
        for key, title, also in self.read(rows):
            self.index.put(key, title, also)


def read_organizations(rows):
    before = {}
    for key, name in PreviousName.objects.filter(organization__in=rows).values_list("organization", "name"):
        before.setdefault(key, []).append(name)
    for key, name, *place in rows.values_list("pk", "name", "city", "state", "country"):
        yield key, name, " ".join([*before.get(key, ()), *place])


def read_people(rows):
    return ((key, name, "") for key, name in rows.values_list("pk", "name"))


def read_addresses(rows):
    others = {}
    for key, email in OtherEmail.objects.filter(person__in=rows).values_list("person", "email"):
        others.setdefault(key, []).append(email)
    for key, email in rows.values_list("pk", "email"):
        yield key, email, " ".join(others.get(key, ()))


def known(model):
    return model.objects.known()


ORGANIZATIONS = Shelf(Organization, read_organizations, beside=PreviousName)
PEOPLE = Shelf(Person, read_people, rows=known)
ADDRESSES = Shelf(Person, read_addresses, rows=known, beside=OtherEmail, split=whole)


def best(shelf, query, rows, limit=EACH):
    """Those of `rows`, which are what a user may see, that answer best; what else there is makes no difference."""
    for deep in DEEPER:
        keys = shelf.search(query, deep)
        shown = set(rows.filter(pk__in=keys).values_list("pk", flat=True))
        if len(shown) >= limit or len(keys) < deep:
            break
    found = rows.in_bulk([key for key in keys if key in shown][:limit])
    return [found[key] for key in keys if key in found]


def groups(query, user):
    """What this user finds: a list of groups, none of them empty. Without a question, where they were lately."""
    if not words(query):
        return merged([Group("Opened lately", recent(user)), Group("Pages and actions", page_hits(PAGES, "", user))])
    organizations = organizations_for(query, user)
    own = [
        Group("Organizations", [organization_hit(organization) for organization in organizations]),
        Group("People", [person_hit(person) for person in people_for(query, user)]),
        Group("Pages and actions", page_hits(PAGES, query, user)),
    ]
    asked = {"query": query, "user": user, "organizations": organizations}
    others = [group for _, answer in find_wanted.send(sender=Organization, **asked) for group in answer]
    return merged([*others, *own])


def merged(found):
    together = {title: [] for title in ORDER}
    for group in found:
        together[group.title] += group.hits
    return [Group(title, hits[:EACH]) for title, hits in together.items() if hits]


def organizations_for(query, user):
    rows = Organization.objects.visible_to(user)
    matter = " ".join(word for word in words(query) if word not in VERBS)
    return best(ORGANIZATIONS, query, rows) or best(ORGANIZATIONS, matter, rows)


def people_for(query, user):
    """By name; for the hub by address too, once there is an @ in it."""
    rows = Person.objects.visible_to(user).select_related("organization")
    if user.is_hub:
        return best(ADDRESSES if "@" in query else PEOPLE, query, rows)
    return best(PEOPLE, query, rows.still_there())


def organization_hit(organization):
    return Hit(organization.name, organization.get_absolute_url(), organization.place)


def person_hit(person):
    return Hit(person.name, person.get_absolute_url(), person.organization.name)


def recent(user):
    """The records somebody of the hub opened last; nobody keeps what partners read."""
    if not user.is_hub:
        return []
    opened = Reading.objects.filter(reader=user, what=Reading.What.RECORD)
    latest = opened.values_list("organization").annotate(at=Max("first_at")).order_by("-at")[:EACH]
    keys = [key for key, _ in latest]
    found = Organization.objects.in_bulk(keys)
    return [organization_hit(found[key]) for key in keys]


def page_hits(pages, query, user):
    """Of these pages, those that are for this user and answer the question; all of them if there is none."""
    mine = [page for page in pages if page.is_for(user)]
    if query:
        index = Index()
        for number, page in enumerate(mine):
            index.put(number, page.title, page.also)
        mine = [mine[number] for number in index.search(query, EACH)]
    return [Hit(page.title, reverse(page.name)) for page in mine]
