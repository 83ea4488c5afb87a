"""How allauth behaves here: nobody signs up, a mailed code opens the door, a fresh sign-in is proof enough."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.urls import reverse

from accounts import tasks


class InviteOnlyAdapter(DefaultAccountAdapter):
    """An invitation is an account that waits for its mailbox: nobody signs up, the invited sign in by mailed code."""

    def is_open_for_signup(self, request):
        return False

    def get_login_stages(self):
        """The hub typed the address and the code was mailed to it: there is nothing left to verify."""
        return [path for path in super().get_login_stages() if not path.endswith(".EmailVerificationStage")]

    def login(self, request, user):
        user.skip_history_when_saving = True  # "last login" is no change of theirs
        super().login(request, user)
        del user.skip_history_when_saving
        EmailAddress.objects.update_or_create(
            user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
        )

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever signed in minutes ago is not asked again, so a code alone lets one set up a passkey."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        if not super().get_reauthentication_methods(self.request.user):
            raise ReauthenticationRequired  # allauth would wave through who has neither password nor second factor
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        again = {
            "id": "sign_in_again",
            "description": "Sign in again with a code",
            "url": reverse("accounts:sign_in_again"),
        }
        return [*super().get_reauthentication_methods(user), again]

    def send_mail(self, template_prefix, email, context):
        """Written here, sent by the worker: how long the mail server takes must not tell who has an account."""
        everywhere = {"email": email, "hub_name": settings.HUB_NAME, "base_url": settings.BASE_URL}
        message = self.render_mail(template_prefix, email, {**everywhere, **context})
        tasks.mail.delay_on_commit(
            subject=message.subject, text=message.body, sender=message.from_email, to=message.to[0]
        )

    def format_email_subject(self, subject):
        return f"{settings.HUB_NAME}: {subject}"
