"""Who may open what, and who may let whom in. A role is asked once, at the door of a view."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from accounts.models import User

Role = User.Role

# The roles each role may give, and whose accounts it may look after.
GIVES = {
    Role.ADMIN: (Role.OVERSEER, Role.STAFF, Role.PARTNER, Role.ADMIN),
    Role.OVERSEER: (Role.OVERSEER, Role.STAFF, Role.PARTNER),
    Role.STAFF: (Role.PARTNER,),
    Role.PARTNER: (),
}


class Refused(PermissionDenied):
    """The rules say no; the message says why, in a sentence for the person who asked."""


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
partner_only = allowed(lambda user: user.role == Role.PARTNER)


def may_give(by, role):
    return by.is_active and role in GIVES[by.role]


def may_look_after(by, user):
    """Nobody looks after their own account, so whoever removes others stays: the hub never locks itself out."""
    return by != user and may_give(by, user.role)


def roles_for(by, user):
    """What `by` could make of `user`: nothing, if the account is not theirs to look after."""
    return [role for role in Role if may_give(by, role)] if may_look_after(by, user) else []


def require_may_give(by, role):
    if not may_give(by, role):
        raise Refused(f"Only someone who may make a person {Role(role).label} can do that.")


def require_may_look_after(by, user):
    if by == user:
        raise Refused("Nobody changes their own role or closes their own account. Ask a colleague.")
    if not may_look_after(by, user):
        raise Refused(f"The account of {user} is not yours to change.")
