from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.db.models import Model
from django.utils import timezone

from partners import actions


def laid_out(*rows, submit="Save"):
    """A crispy helper: these rows, then the one button."""
    helper = FormHelper()
    helper.layout = Layout(*rows, Submit("", submit))
    return helper


@dataclass(frozen=True)
class Difference:
    """A field two people filled differently."""

    label: str
    on_record: str
    yours: str


class GuardedForm(forms.ModelForm):
    """Notices when someone else saved since it was opened: then it shows both texts and writes nothing."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submit = "Save"

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.differences = []
        self.fields["seen"].initial = actions.version(self.instance) if self.instance.pk else 0

    @property
    def helper(self):
        return laid_out(*self.rows(), "seen", submit=self.submit)

    def rows(self):
        return [name for name in self.fields if name != "seen"]

    def changes(self):
        """What this form would write: field → value."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self._meta.fields}

    def save_changes(self):
        """Write them. None, with `differences` to look at, when someone else was faster."""
        try:
            return actions.edit(self.instance, self.changes(), seen=self.cleaned_data["seen"] or 0, by=self.by)
        except actions.Stale as stale:
            self.show_both(stale.now)
            return None

    def show_both(self, now):
        """Keep what was typed, take over the fields only they changed, and ask to save again."""
        opened = now.history.filter(pk=self.cleaned_data["seen"] or 0).first()
        self.data = self.data.copy()
        for name in self._meta.fields:
            theirs, mine = value_of(now, name), self.cleaned_data[name]
            if plain(theirs) == plain(mine):
                continue
            if opened and plain(mine) == getattr(opened, now._meta.get_field(name).attname, None):
                self.data[self.add_prefix(name)] = plain(theirs)
            else:
                self.differences.append(
                    Difference(str(self.fields[name].label), self.shown(name, theirs), self.shown(name, mine))
                )
        self.data[self.add_prefix("seen")] = actions.version(now)
        last = now.history.select_related("history_user").first()
        who, at = (last.history_user or "Someone", timezone.localtime(last.history_date)) if last else ("Someone", None)
        self.add_error(
            None,
            f"{who} saved this {f'at {at:%H:%M} ' if at else ''}while you were writing. Nothing of yours is saved yet."
            " Your text is below; save again to keep it.",
        )

    def shown(self, name, value):
        if isinstance(value, list):
            return ", ".join(str(item) for item in value)
        choices = {} if isinstance(value, Model) else dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, "" if value is None else value))


def value_of(thing, name):
    value = getattr(thing, name)
    return list(value.all()) if thing._meta.get_field(name).many_to_many else value


def plain(value):
    """As the database keeps it: keys for rows, None for nothing."""
    if isinstance(value, Model):
        return value.pk
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return sorted(plain(item) for item in value)
    return value
