from django import forms
from django.core.exceptions import ValidationError

from partners import actions, listing
from partners.forms.guarded import laid_out
from partners.models import SavedView


class ViewForm(forms.ModelForm):
    """The name of a view, who sees it, and whether the directory opens with it."""

    class Meta:
        model = SavedView
        fields = ["name", "is_shared", "is_default"]

    def __init__(self, *args, submit="Save this view", **kwargs):
        super().__init__(*args, **kwargs)
        self.submit = submit

    @property
    def helper(self):
        return laid_out("name", "is_shared", "is_default", submit=self.submit)

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        own = SavedView.objects.standing().of(self.instance.owner).exclude(pk=self.instance.pk)
        if own.filter(name=name).exists():
            raise ValidationError("You have a view of this name. Choose another, or delete that one first.")
        return name

    def save_changes(self):
        return actions.keep_view(self.instance, is_default=self.cleaned_data["is_default"])


class ColumnsForm(forms.Form):
    """Which columns to show, beside the name."""

    columns = forms.MultipleChoiceField(
        label="Columns",
        choices=[(column.key, column.label) for column in listing.COLUMNS.values()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
