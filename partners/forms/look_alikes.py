from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError


class NewRecordForm:
    """Before the form of something new: warns of look-alikes while it is typed, and once more before it is saved."""

    told_by = ()  # the fields by which look-alikes are found
    really_new_label = ""

    def __init__(self, *args, asked_at, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["really_new"] = forms.BooleanField(
            required=False, label=self.really_new_label, widget=forms.HiddenInput
        )
        for name in self.told_by:
            self.fields[name].widget.attrs |= {
                "hx-get": asked_at,
                "hx-trigger": "change",
                "hx-include": ", ".join(f"[name={each}]" for each in self.told_by),
                "hx-target": "#duplicates",
                "hx-swap": "outerHTML",
            }

    def rows(self):
        rows = [row for row in super().rows() if row != "really_new"]
        return [HTML('{% include "partners/_duplicates.html" with duplicates=form.duplicates %}'), *rows, "really_new"]

    def clean(self):
        cleaned = super().clean()
        self.duplicates = self.look_alikes({name: cleaned.get(name, "") for name in self.told_by})
        if self.duplicates and not cleaned.get("really_new"):
            self.fields["really_new"].widget = forms.CheckboxInput()
            raise ValidationError("This may already be here. Look at those listed, then open one, or say it is new.")
        return cleaned
