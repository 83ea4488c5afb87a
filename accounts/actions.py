"""Letting people in and out. There is no sign-up and no invitation token: the account is the invitation."""

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts import record, rules
from accounts.models import User
from accounts.signals import invited


@transaction.atomic
def invite(email, *, role, name, by):
    """The account of this address, made if need be. An account in use stays as it is, whatever its role.

    One that was closed is opened again. Who has not signed in yet is written to once more.
    """
    rules.require_may_give(by, role)
    email = User.objects.normalize_email(email).lower()
    user, created = record.get_or_create(
        User.objects,
        by=by,
        email__iexact=email,
        defaults={"email": email, "role": role, "name": name, "invited_by": by, "password": make_password(None)},
    )
    if not user.is_active:
        reactivate(user, by=by)
    elif created or user.last_login is None:
        invited.send(sender=User, user=user, by=by)
    return user


@transaction.atomic
def deactivate(user, *, by):
    """Close an account: it is refused from its next request on. An invitation is withdrawn in the same way."""
    rules.require_may_look_after(by, user)
    change(user, by, is_active=False)


def close(user, *, by):
    """They work at no partner any more: the account goes with that, whoever noted it down."""
    change(user, by, is_active=False)


@transaction.atomic
def reactivate(user, *, by):
    rules.require_may_look_after(by, user)
    if change(user, by, is_active=True):
        invited.send(sender=User, user=user, by=by)


@transaction.atomic
def change_role(user, *, role, by):
    rules.require_may_look_after(by, user)
    rules.require_may_give(by, role)
    change(user, by, role=role)


@transaction.atomic
def forget(user, *, by, name):
    """Nobody signs in with this account again, and nothing tells whose it was. What it did stays on record."""
    rules.require_may_look_after(by, user)
    nobody = {"name": name, "email": f"erased-{user.pk}@erased.invalid", "phone": "", "time_zone": "", "languages": ""}
    change(user, by, is_active=False, last_login=None, password=make_password(None), **nobody)
    User.history.filter(id=user.pk).update(**nobody)
    for session in Session.objects.all():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def change(user, by, **values):
    """Put it into effect and on record. Doing it twice changes nothing; says whether anything changed."""
    user.refresh_from_db()
    if all(getattr(user, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(user, name, value)
    record.save(user, by=by, only=list(values))
    return True
