from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


class DayField(forms.DateField):
    """A day, picked or typed in the browser's own calendar; a year nobody can have meant is refused with a sentence."""

    widget = forms.DateInput

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        sentence = "Choose a day between 1990 and 2100."
        self.validators += [MinValueValidator(FIRST, sentence), MaxValueValidator(LAST, sentence)]

    def widget_attrs(self, widget):
        return {"type": "date", "min": FIRST.isoformat(), "max": LAST.isoformat()}

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, date) else value
