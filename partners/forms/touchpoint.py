from django import forms
from django.utils import timezone

from partners import actions
from partners.forms.fields import DayField
from partners.forms.guarded import laid_out
from partners.models import Person, Touchpoint


class TouchpointForm(forms.Form):
    """A visit, a mail thread, an event: any real contact but a check-in call, which has a screen of its own."""

    kind = forms.ChoiceField(
        label="What was it?",
        choices=[choice for choice in Touchpoint.Kind.choices if choice[0] != Touchpoint.Kind.CALL],
        initial=Touchpoint.Kind.VISIT,
    )
    on = DayField(label="When", initial=timezone.localdate)
    person = forms.ModelChoiceField(Person.objects.none(), label="With", required=False, empty_label="Nobody named")
    summary = forms.CharField(
        label="In a sentence",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Only the hub team reads this.",
    )

    def __init__(self, *args, organization, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization, self.by = organization, by
        self.fields["person"].queryset = organization.people.all()

    @property
    def helper(self):
        return laid_out(*self.fields, submit="Add touchpoint")

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("A touchpoint has happened already: choose today or an earlier day.")
        return on

    def save_changes(self):
        return actions.touch(self.organization, by=self.by, **self.cleaned_data)
