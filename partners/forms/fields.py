from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
LONGEST_NUMBER = 18  # digits that fit into 64 bits, whatever they are


class DayField(forms.DateField):
    """A day, picked or typed in the browser's own calendar; a year nobody can have meant is refused with a sentence."""

    def __init__(self, **kwargs):
        calendar = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": calendar, **kwargs})
        sentence = "Choose a day between 1990 and 2100."
        self.validators += [MinValueValidator(FIRST, sentence), MaxValueValidator(LAST, sentence)]

    def widget_attrs(self, widget):
        return {"min": FIRST.isoformat(), "max": LAST.isoformat()}


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows, by number. Django would look for one that no database can have, and fail instead of refusing it."""

    def clean(self, value):
        if unheard_of := [number for number in value or () if len(str(number)) > LONGEST_NUMBER]:
            refusal = self.error_messages["invalid_choice"]
            raise forms.ValidationError(refusal, code="invalid_choice", params={"value": unheard_of[0][:40]})
        return super().clean(value)
