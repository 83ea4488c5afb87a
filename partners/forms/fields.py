from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


class DayField(forms.DateField):
    """A day, picked or typed in the browser's own calendar; a year nobody can have meant is refused with a sentence."""

    def __init__(self, **kwargs):
        calendar = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": calendar, **kwargs})
        sentence = "Choose a day between 1990 and 2100."
        self.validators += [MinValueValidator(FIRST, sentence), MaxValueValidator(LAST, sentence)]

    def widget_attrs(self, widget):
        return {"min": FIRST.isoformat(), "max": LAST.isoformat()}
