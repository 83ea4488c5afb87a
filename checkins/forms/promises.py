from django import forms
from django.utils import timezone

from accounts.forms.guarded import GuardedActionForm
from accounts.models import User
from checkins import actions
from checkins.models import FollowUp
from library.models import Resource
from partners.forms.fields import DayField
from partners.models import Organization


class PromiseForm(forms.Form):
    """One follow-up promised: a partner or a resource picked from a list, or support in words."""

    text = forms.CharField(label="Other support we will give", max_length=500, required=False)
    promised_for = DayField(label="By", required=False)

    def __init__(self, data, *, checkin):
        super().__init__(data)
        self.checkin = checkin

    @classmethod
    def left_in(cls, typed, *, checkin):
        """What was written beside a form that another button sent, as the promise it is; None if nothing was."""
        return cls({**typed, "attach": "support"}, checkin=checkin) if typed.get("text", "").strip() else None

    def save(self, *, by):
        """Make the promise. Words belong to support alone: beside a match they wait to be promised themselves."""
        promise = {name: self.cleaned_data[name] for name in ("kind", "partner", "resource", "promised_for")}
        made = actions.attach(self.checkin, by=by, text=self.cleaned_data["text"] * self.is_support, **promise)
        if self.is_support:
            actions.forget_words(self.checkin, self.data["text"])
        return made

    @property
    def is_support(self):
        return self.cleaned_data["kind"] == FollowUp.Kind.SUPPORT

    def clean(self):
        """Read the pressed button, such as "partner:12"; add what `actions.attach` needs."""
        promise = super().clean()
        what, _, number = self.data.get("attach", "").partition(":")
        pk = int(number) if number.isdecimal() and len(number) < 18 else 0
        promise.update(partner=None, resource=None)
        if what == "partner":
            promise["partner"] = (
                Organization.objects.active().exclude(pk=self.checkin.organization_id).filter(pk=pk).first()
            )
        elif what == "resource":
            promise["resource"] = Resource.objects.current().filter(pk=pk).first()
        promise["kind"] = self.kind_of(promise)
        if promise["kind"] == FollowUp.Kind.SUPPORT and (what != "support" or not promise.get("text")):
            raise forms.ValidationError(
                "Write in a few words what you will do." if what == "support" else "That is not there any more."
            )
        return promise

    @staticmethod
    def kind_of(promise):
        if promise["partner"]:
            return FollowUp.Kind.CONNECTION
        if resource := promise["resource"]:
            research = resource.kind in (Resource.Kind.RESEARCH, Resource.Kind.DATA)
            return FollowUp.Kind.RESEARCH if research else FollowUp.Kind.TOOL
        return FollowUp.Kind.SUPPORT


class GiveForm(forms.Form):
    given_on = DayField(label="When", initial=timezone.localdate)
    note = forms.CharField(
        label="How did they get it?", max_length=300, help_text="For example: told her on the phone."
    )

    def clean_given_on(self):
        if (day := self.cleaned_data["given_on"]) > timezone.localdate():
            raise forms.ValidationError("That day is still to come.")
        return day


class RescheduleForm(GuardedActionForm):
    due_on = DayField(label="Call by")
    scheduled_at = forms.DateTimeField(
        label="Agreed time (optional)",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_scheduled_at(self):
        at = self.cleaned_data["scheduled_at"]
        if at and not 1990 <= at.year <= 2100:
            raise forms.ValidationError("Please give a year between 1990 and 2100.")
        return at

    def act(self, checkin):
        new = {name: self.cleaned_data[name] for name in ("due_on", "scheduled_at")}
        return actions.reschedule(checkin, **new, by=self.by)


class HandOverForm(GuardedActionForm):
    to = forms.ModelChoiceField(None, label="Who takes this call?")
    reason = forms.CharField(label="Why", max_length=300)

    columns = {"to": "caller"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.callers()

    def clean_to(self):
        to = self.cleaned_data["to"]
        if to.pk == self.instance.caller_id:
            raise forms.ValidationError(f"{to} has this call already.")
        return to

    def act(self, checkin):
        return actions.hand_over(checkin, to=self.cleaned_data["to"], reason=self.cleaned_data["reason"], by=self.by)
