"""An address that was merged leads on."""

from django.http import HttpResponseRedirect

from partners.models import Merge, Organization


class MergedMiddleware:
    """A page of an organization that was merged is the same page of the one that was kept.

    A form that was open meanwhile is sent on as it was filled (307 repeats the POST), so that nothing typed is lost.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        if answer.status_code == 404 and (path := self.leads_to(request)):
            answer = HttpResponseRedirect(path)
            answer.status_code = 307
        return answer

    def leads_to(self, request):
        """The same address with the slug of the kept one, if this user may see it."""
        slug = request.resolver_match and request.resolver_match.kwargs.get("slug")
        merge = Merge.objects.standing().filter(gone_slug=slug).order_by("-pk").first() if slug else None
        if not merge or not request.user.is_authenticated:
            return None
        pk = Merge.objects.leads_to(merge.kind, merge.gone_id)
        kept = Organization.objects.visible_to(request.user).filter(pk=pk).first()
        return kept and request.get_full_path().replace(f"/{slug}/", f"/{kept.slug}/", 1)
