from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from introductions.models import Introduction


class IntroductionForm(forms.ModelForm):
    class Meta:
        model = Introduction
        fields = ["kind", "reason"]
        widgets = {"reason": forms.Textarea({"rows": 4})}

    @property
    def helper(self):
        helper = FormHelper(self)
        helper.add_input(Submit("save", "Save"))
        return helper
