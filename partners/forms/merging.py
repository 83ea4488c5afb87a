from django import forms
from django.core.exceptions import ValidationError

from partners import actions
from partners.actions.merging import CHOICES, chosen
from partners.forms.guarded import laid_out

LABELS = {
    "status": "Status",
    "place": "Place",
    "owner": "Hub contact",
    "organization": "Works at",
    "title": "Job title",
}
NOTHING = "nothing"


class MergeForm(forms.Form):
    """Two side by side: of each thing in which they differ, one is chosen. What only one of them has stays anyway."""

    def __init__(self, *args, kept, gone, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept, self.gone, self.by = kept, gone, by
        proposed = chosen(kept, gone, {})
        for question, names in CHOICES[type(kept)].items():
            if all(getattr(kept, name) == getattr(gone, name) for name in names):
                continue
            as_kept = all(proposed[name] == getattr(kept, name) for name in names)
            self.fields[question] = forms.ChoiceField(
                label=LABELS.get(question) or kept._meta.get_field(question).verbose_name.capitalize(),
                choices=[("kept", shown(kept, names)), ("gone", shown(gone, names))],
                initial="kept" if as_kept else "gone",
                widget=forms.RadioSelect,
            )

    @property
    def helper(self):
        return laid_out(*self.fields, submit="Merge")

    def save_changes(self):
        """The merge; None, with the reason as an error, when it cannot be."""
        try:
            return actions.merge(self.kept, self.gone, choices=self.cleaned_data, by=self.by)
        except ValidationError as refused:
            self.add_error(None, refused.messages)
            return None


def shown(thing, names):
    """The values of these columns, as one reads them."""
    values = []
    for name in names:
        value = getattr(thing, name)
        if value not in (None, ""):
            display = getattr(thing, f"get_{name}_display", None)
            values.append(display() if display else f"{value:%d %b %Y}" if name.endswith("_on") else str(value))
    return ", ".join(values) or NOTHING
