from crispy_forms.helper import FormHelper
from crispy_forms.layout import Hidden, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from outbox.models import Letter


class LetterForm(forms.ModelForm):
    """The words of a draft. Who reads them is fixed: a letter to somebody else is another letter."""

    class Meta:
        model = Letter
        fields = ["subject", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 18})}
        help_texts = {"text": "Plain text. An empty line starts a paragraph; web addresses become links."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = self.instance.version

    def clean(self):
        """Words that somebody else has changed meanwhile are shown first; saving again then replaces them."""
        if self.data.get("version") != self.version:
            raise ValidationError("Someone else changed this letter while you were writing. Below is what it says now.")
        return super().clean()

    @property
    def is_outdated(self):
        return self.is_bound and self.data.get("version") != self.version

    @property
    def helper(self):
        helper = FormHelper()
        helper.layout = Layout("subject", "text", Hidden("version", self.version), Submit("save", "Save the draft"))
        return helper
