"""News from below: somebody looks for something."""

from django.dispatch import receiver

from library.models import Resource
from partners.finding import Group, Hit, Page, Shelf, best, hub, page_hits
from partners.signals import find_wanted

PAGES = [Page("Resources", "library:list", "library tools research"), Page("Add a resource", "library:add", "new", hub)]


def read_resources(rows):
    return ((key, title, "") for key, title in rows.values_list("pk", "title"))


RESOURCES = Shelf(Resource, read_resources)


@receiver(find_wanted)
def resources(sender, query, user, **_):
    """Items of the library by their title, and the library itself."""
    found = best(RESOURCES, query, Resource.objects.visible_to(user))
    hits = [Hit(resource.title, resource.get_absolute_url(), resource.get_kind_display()) for resource in found]
    return [Group("Resources", hits), Group("Pages and actions", page_hits(PAGES, query, user))]
