import re

from django import forms
from django.utils import timezone

from checkins.models import Attempt, CheckIn
from partners.forms.fields import DayField

SENTENCE = 1000
BULLET = re.compile(r"^[\s\-*•·–]+")


class LinesField(forms.CharField):
    """One sentence a line, as a list without repeats."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea({"rows": 2}), required=False, **kwargs)

    def to_python(self, value):
        lines = [" ".join(BULLET.sub("", line).split()) for line in super().to_python(value).splitlines()]
        return list(dict.fromkeys(filter(None, lines)))

    def validate(self, value):
        if any(len(line) > SENTENCE for line in value):
            raise forms.ValidationError(
                f"One of these lines is longer than {SENTENCE:,} characters. Please move the long part to the notes."
            )


class CallForm(forms.Form):
    """A call while it happens. Every field may stay empty; what is typed is also kept as a draft, field by field."""

    outcome = forms.ChoiceField(
        label="Did you reach them?", choices=Attempt.Outcome, widget=forms.RadioSelect, initial=Attempt.Outcome.TALKED
    )
    work = forms.CharField(label="What are they working on?", widget=forms.Textarea({"rows": 2}), required=False)
    challenges = LinesField(
        label="What is hard right now?",
        help_text="One a line. Matches show under “Could help”. Only the hub team reads this.",
    )
    strengths = LinesField(label="What are they good at or proud of?", help_text="One a line.")
    notes = forms.CharField(label="Notes", widget=forms.Textarea({"rows": 8}), required=False)
    person = forms.ModelChoiceField(None, label="Spoke with", required=False, empty_label="Somebody else")
    channel = forms.ChoiceField(label="How", choices=CheckIn.Channel, initial=CheckIn.Channel.PHONE)
    held_on = DayField(label="On", initial=timezone.localdate)
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=600, required=False)
    attempt_note = forms.CharField(label="A line about it (optional)", max_length=300, required=False)
    try_again_on = DayField(label="Try again on", required=False)
    scheduled_at = forms.DateTimeField(
        label="New time",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, initial=0)
    client = forms.CharField(widget=forms.HiddenInput, max_length=40)
    sequence = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**53, initial=0)

    DRAFT = (
        "outcome", "work", "challenges", "strengths", "notes", "person", "channel", "held_on", "minutes",
        "attempt_note", "try_again_on", "scheduled_at", "text", "promised_for",
    )  # fmt: skip
    ABOUT_THE_PAGE = ("version", "client", "sequence")

    def __init__(self, *args, checkin, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = checkin.organization.people.still_there()
        for name in self.ABOUT_THE_PAGE:  # a browser must not refill these after a reload
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @classmethod
    def typed(cls, data):
        """What is in the form just now, as it stands: field → text."""
        return {name: data.get(name, "") for name in cls.DRAFT}

    def clean_held_on(self):
        if (day := self.cleaned_data["held_on"]) > timezone.localdate():
            raise forms.ValidationError("That day is still to come. A call is logged once it was held.")
        return day

    def clean(self):
        heard = super().clean()
        if heard.get("outcome") == Attempt.Outcome.RESCHEDULED and not heard.get("scheduled_at"):
            self.add_error("scheduled_at", "Say when you will talk instead.")
        if (at := heard.get("scheduled_at")) and not 1990 <= at.year <= 2100:
            self.add_error("scheduled_at", "Please give a year between 1990 and 2100.")
        return heard


class PastCallForm(forms.Form):
    """A call that was held before anybody opened this page."""

    held_on = DayField(label="When did you talk?", initial=timezone.localdate)
    channel = forms.ChoiceField(label="How", choices=CheckIn.Channel, initial=CheckIn.Channel.PHONE)
    minutes = forms.IntegerField(label="Minutes (optional)", min_value=1, max_value=600, required=False)

    clean_held_on = CallForm.clean_held_on
