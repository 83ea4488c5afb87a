"""Which topics a text speaks of: the words typed are matched with the topics' names and synonyms."""

from functools import lru_cache

from affinity import words
from partners.models import Synonym, Topic

stems = lru_cache(maxsize=10_000)(words.terms)  # of a name or synonym; there are some hundreds of them


def finder():
    """A function from a text to the primary keys of its topics; asks the database once, for however many texts."""
    names = Topic.objects.order_by().values_list("pk", "name")
    names = [(pk, stems(name)) for pk, name in names.union(Synonym.objects.order_by().values_list("topic", "name"))]

    def find(text):
        said = words.terms(text)
        return {pk for pk, name in names if name and name <= said}

    return find


def topics_in(text):
    """The topics of which a name or a synonym occurs in the text with all its words, whatever their endings."""
    return Topic.objects.filter(pk__in=finder()(text))
