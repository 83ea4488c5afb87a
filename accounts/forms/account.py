import zoneinfo
from collections import defaultdict
from functools import cache

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.urls import reverse

from accounts import rules
from accounts.forms.guarded import GuardedForm
from accounts.models import User

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zones_by_area():
    """Every place people live in, by part of the world: ("America", [("America/Denver", "Denver"), …])."""
    areas = defaultdict(list)
    for name in sorted(zoneinfo.available_timezones()):
        area, _, place = name.partition("/")
        if area in AREAS:
            areas[area].append((name, place.replace("_", " ").replace("/", ", ")))
    return list(areas.items())


def zone_choices(current):
    """A zone that was set elsewhere under an older name ("US/Eastern") stays what it is."""
    known = {name for _, zones in zones_by_area() for name, _ in zones}
    own = [(current, current)] if current and current not in known else []
    return [("", f"The hub's ({settings.TIME_ZONE})"), *own, *zones_by_area()]


class ProfileForm(GuardedForm):
    time_zone = forms.ChoiceField(
        required=False,
        help_text="Times on every page are shown in this zone.",
        error_messages={"invalid_choice": "Choose a time zone from the list."},
    )

    class Meta:
        model = User
        fields = ["name", "phone", "time_zone", "languages"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }
        help_texts = {"languages": "In which you can call partners. Two letters each, such as es, fr."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)
        if not self.instance.is_hub:
            del self.fields["languages"]


class InviteForm(forms.Form):
    """`by` invites a colleague. Partners are invited from their record, where their organization is known."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        max_length=254,
        help_text="They sign in with this address and no other.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField()

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = hub_roles(role for role in User.Role if rules.may_give(by, role))
        self.fields["role"].initial = User.Role.STAFF

    def clean_email(self):
        email = self.cleaned_data["email"]
        user = User.objects.filter(email__iexact=email).first()
        if user and not (user.is_waiting and user.role in User.HUB_ROLES):
            raise forms.ValidationError(f"{user} already has an account with this address, as {user.role}.")
        return email

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_action = reverse("accounts:invite")
        helper.add_input(Submit("", "Invite"))
        return helper


def hub_roles(roles):
    return [(role.value, role.label) for role in roles if role in User.HUB_ROLES]


class CodeForm(ConfirmLoginCodeForm):
    """The code is all digits: phones show their number pad."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(inputmode="numeric", placeholder="", autofocus=True)


class PasskeyForm(AddWebAuthnForm):
    """A passkey opens the door by itself, unless one chooses to have it as a second step only."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "initial": {"name": "My passkey"}})
        self.fields["name"].label = "What to call it"
        self.fields["name"].help_text = "For example: my phone, blue key."
        self.fields["passwordless"].label = "Sign in with it alone"
        self.fields[
            "passwordless"
        ].help_text = (
            "The device asks for your finger, face or PIN. Without this it is a second step after the mailed code."
        )
        self.fields["passwordless"].initial = True
