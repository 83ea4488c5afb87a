from datetime import date, timedelta

from django import forms
from django.utils import timezone

from accounts.models import User
from partners.forms.fields import RowsField
from partners.models import Organization


def months(today):
    """This month and the eleven after it, as choices: the last working day of each."""
    first = today.replace(day=1)
    for _ in range(12):
        after = (first + timedelta(days=31)).replace(day=1)
        end = after - timedelta(days=1)
        yield (end - timedelta(days=max(end.weekday() - 4, 0))).isoformat(), f"{first:%B %Y}"
        first = after


class AssignForm(forms.Form):
    """The ticked partners, to one caller, by the end of a month."""

    organizations = RowsField(Organization.objects.active(), error_messages={"required": "Tick at least one partner."})
    caller = forms.ModelChoiceField(User.objects.callers(), label="Assign to", empty_label="Choose …")
    by = forms.ChoiceField(label="to call by the end of")

    def __init__(self, *args):
        super().__init__(*args)
        self.fields["by"].choices = list(months(timezone.localdate()))
        for name in ("caller", "by"):
            self.fields[name].widget.attrs["class"] = "form-select w-auto"

    def clean_by(self):
        return date.fromisoformat(self.cleaned_data["by"])
