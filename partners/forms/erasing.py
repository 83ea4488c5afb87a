from django import forms

from accounts.forms.guarded import laid_out
from partners import actions


class EraseForm(forms.Form):
    """Erasing is for good, so whoever does it types the name."""

    name = forms.CharField(label="Their name, as it stands above", max_length=200)

    def __init__(self, *args, person, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.by = person, by

    @property
    def helper(self):
        return laid_out("name", submit="Erase for good")

    def clean_name(self):
        if self.cleaned_data["name"].casefold().split() != self.person.name.casefold().split():
            raise forms.ValidationError("That is another name. Nothing was erased.")
        return self.cleaned_data["name"]

    def save(self):
        return actions.erase(self.person, by=self.by)
