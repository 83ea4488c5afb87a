"""Which topics a text speaks of: the words typed are matched with the topics' names and synonyms."""

from functools import lru_cache

from affinity import words
from partners.models import Synonym, Topic

stems = lru_cache(maxsize=10_000)(words.terms)  # of a name or synonym; there are some hundreds of them


def topics_in(text):
    """The topics of which a name or a synonym occurs in the text with all its words, whatever their endings."""
    said = words.terms(text)
    if not said:
        return Topic.objects.none()
    names = Topic.objects.order_by().values_list("pk", "name")
    names = names.union(Synonym.objects.order_by().values_list("topic", "name"))
    return Topic.objects.filter(pk__in={pk for pk, name in names if stems(name) and stems(name) <= said})
