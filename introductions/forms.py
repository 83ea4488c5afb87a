from django import forms

from accounts.forms.guarded import GuardedForm
from introductions.models import Introduction


class IntroductionForm(GuardedForm):
    class Meta:
        model = Introduction
        fields = ["kind", "reason"]
        widgets = {"reason": forms.Textarea({"rows": 4})}
