"""The outbox as its page shows it: five boxes, narrowed by words, and the neighbours of a letter in its box."""

from functools import cached_property

from django.db.models import Q
from django.http import QueryDict

from outbox.models import Letter, LetterQuerySet


class Box:
    """The letters of one state, as far as they match the words: what a list, its tabs and its previews agree on."""

    KINDS = {
        "draft": ("Drafts", LetterQuerySet.drafts),
        "approved": ("On their way", LetterQuerySet.on_its_way),
        "doubt": ("In doubt", LetterQuerySet.in_doubt),
        "failed": ("Failed", LetterQuerySet.failed),
        "sent": ("Sent", LetterQuerySet.sent),
    }

    def __init__(self, user, data, *, default="draft"):
        self.words = data.get("q", "").strip()[:200]
        self.state = data.get("state", "") if data.get("state", "") in self.KINDS else default
        self.matching = Letter.objects.visible_to(user).search(self.words)
        self.label, choose = self.KINDS[self.state]
        self.letters = choose(self.matching).for_outbox()

    @classmethod
    def around(cls, letter, user, data):
        """The box somebody came from, or else the one the letter lies in."""
        return cls(user, data, default="doubt" if letter.is_in_doubt else cls.state_of(letter))

    @staticmethod
    def state_of(letter):
        return "approved" if letter.state == Letter.State.SENDING else letter.state

    @cached_property
    def tabs(self):
        """(state, label, number, query string) of every box."""
        return [
            (state, label, choose(self.matching).count(), self.query_for(state))
            for state, (label, choose) in self.KINDS.items()
        ]

    @property
    def query(self):
        return self.query_for(self.state)

    def query_for(self, state):
        query = QueryDict(mutable=True)
        query["state"] = state
        if self.words:
            query["q"] = self.words
        return query.urlencode()

    def neighbours(self, letter):
        """The letters before and after this one, in the order of the list."""
        same_moment = {"changed_at": letter.changed_at}
        newer = self.letters.filter(Q(changed_at__gt=letter.changed_at) | Q(**same_moment, pk__gt=letter.pk))
        older = self.letters.filter(Q(changed_at__lt=letter.changed_at) | Q(**same_moment, pk__lt=letter.pk))
        return newer.order_by("changed_at", "pk").first(), older.first()
