"""An address that was merged leads on."""

from django.http import HttpResponseRedirect

from partners.models import Merge, Organization, Person


class MergedMiddleware:
    """A page of an organization or a person that was merged is the same page of the one that was kept.

    A form that was open meanwhile is sent on as it was filled (307 repeats the POST), so that nothing typed is lost.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        if answer.status_code == 404 and request.user.is_authenticated and (path := leads_to(request)):
            answer = HttpResponseRedirect(path)
            answer.status_code = 307
        return answer


def leads_to(request):
    """The same address with the kept one in it, if this user may see that."""
    match, path = request.resolver_match, request.get_full_path()
    slug = match and match.kwargs.get("slug")
    if not slug:
        return None
    if "/people/" in match.route and (person := kept(Person, request.user, gone_id=match.kwargs.get("pk"))):
        return path.replace(f"/{slug}/people/{match.kwargs['pk']}/", f"/{person.organization.slug}/people/{person.pk}/")
    organization = kept(Organization, request.user, gone_slug=slug)
    return organization and path.replace(f"/{slug}/", f"/{organization.slug}/", 1)


def kept(model, user, **gone):
    """What a merged row is part of now."""
    kind = model._meta.model_name  # which is what the kinds of merges are called
    merge = Merge.objects.standing().filter(kind=kind, **gone).order_by("-pk").first()
    return merge and model.objects.visible_to(user).filter(pk=Merge.objects.leads_to(kind, merge.gone_id)).first()
