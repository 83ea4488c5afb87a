"""Who may open what. A role is asked once, at the door of a view."""

from functools import wraps

from django.core.exceptions import PermissionDenied


def allowed(test):
    """A decorator that answers 403 unless the signed-in user passes `test`."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not test(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


hub_only = allowed(lambda user: user.is_hub)
overseer_only = allowed(lambda user: user.is_overseer)
partner_only = allowed(lambda user: user.role == user.Role.PARTNER)
