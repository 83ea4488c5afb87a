from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.urls import reverse

from partners.importing import columns, reading
from partners.importing.failures import Refused


class UploadForm(forms.Form):
    """A file of partners. It is valid when it can be read as a table, which is then `cleaned_data["file"]`."""

    file = forms.FileField(
        label="CSV or Excel file",
        allow_empty_file=True,  # answered with the same sentence as a file of blanks
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text="Up to 20,000 rows and 20 MB. Nothing is written before you have seen what would be.",
    )

    @property
    def helper(self):
        helper = FormHelper()
        helper.layout = Layout("file", Submit("", "Check this file"))
        return helper

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            return reading.read(upload.read(reading.MAX_BYTES + 1), upload.name)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal))


class MappingForm(forms.Form):
    """One select a column: what it holds, beside two of its values."""

    def __init__(self, *args, run, **kwargs):
        super().__init__(*args, **kwargs)
        self.run = run
        choices = [("", "leave out"), *((field.key, field.label) for field in columns.FIELDS)]
        for place, column in enumerate(run.columns):
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=column,
                choices=choices,
                required=False,
                initial=run.fields.get(column, ""),
                help_text=self.samples(place),
            )

    def samples(self, place):
        """Two different values of a column, to recognize it by."""
        values = dict.fromkeys(cells[place][:60] for _, cells, *_ in self.run.rows if cells[place].strip())
        return ", ".join(f"“{value}”" for value, _ in zip(values, range(2), strict=False)) or "blank in every row"

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_action = reverse("partners:import_check", args=[self.run.pk])
        helper.layout = Layout(
            Div(*(Div(name, css_class="col-sm-6 col-lg-4") for name in self.fields), css_class="row"),
            StrictButton("Use these columns", type="submit", css_class="btn-outline-secondary"),
        )
        return helper

    def clean(self):
        chosen = {column: self.cleaned_data.get(f"column{place}") for place, column in enumerate(self.run.columns)}
        self.mapping = {column: key for column, key in chosen.items() if key}
        try:
            columns.check(self.mapping)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal))
