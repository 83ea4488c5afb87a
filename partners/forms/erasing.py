from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from partners import actions


class EraseForm(forms.Form):
    """Erasing is for good, so whoever does it types the name."""

    name = forms.CharField(label="Their name, as it stands above", max_length=200)

    def __init__(self, *args, person, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.by = person, by

    @property
    def helper(self):
        helper = FormHelper()
        helper.layout = Layout("name", Submit("", "Erase for good", css_class="btn-danger"))
        return helper

    def clean_name(self):
        if self.cleaned_data["name"].casefold().split() != self.person.name.casefold().split():
            raise forms.ValidationError("That is another name. Nothing was erased.")
        return self.cleaned_data["name"]

    def save(self):
        return actions.erase(self.person, by=self.by)
