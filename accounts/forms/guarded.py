"""Forms about a row that somebody else may change meanwhile: the second writer sees both texts, and loses none."""

from dataclasses import dataclass
from datetime import date, datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts import record


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


class Guard:
    """Mixed into a form about `instance`. Notices when someone else saved since it was opened: then it shows both
    texts and writes nothing."""

    submit = "Save"
    columns = {}
    """The column a field stands for, where their names differ."""

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.differences = by, []
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=self.opened())

    def opened(self):
        """The version this form shows; none, should somebody have saved since its row was read."""
        newest = self.instance.history.order_by("-pk").first() if self.instance.pk else None
        columns = [column for name in self.fields if (column := self.column(name)) and not column.many_to_many]
        as_read = newest and all(
            getattr(newest, each.attname) == getattr(self.instance, each.attname) for each in columns
        )
        return newest.pk if as_read else 0

    @property
    def helper(self):
        return laid_out(*self.rows(), "seen", submit=self.submit)

    def rows(self):
        return [name for name in self.fields if name != "seen"]

    def save_changes(self):
        """Write them. None, with `differences` to look at, when someone else was faster."""
        try:
            return self.write(self.cleaned_data["seen"] or 0)
        except record.Stale as stale:
            return self.look_again(stale.now)

    def look_again(self, now):
        """What they saved may not stand on this form at all; else keep what was typed, and ask to save again."""
        if self.overtaken(now):
            return None
        self.cleaned_data["seen"] = record.version(now)
        return self.save_changes()

    def overtaken(self, now):
        """Whether something of this form was saved meanwhile; then both texts are shown."""
        opened = now.history.filter(pk=self.cleaned_data.get("seen") or 0).first()
        if opened and all(plain(self.value(opened, name)) == plain(self.value(now, name)) for name in self.guarded()):
            return False
        self.show_both(opened, now)
        return True

    def show_both(self, opened, now):
        """Keep what was typed, and take over the fields only they changed."""
        self.data = self.data.copy()
        for name in self.guarded():
            theirs, mine = self.value(now, name), self.cleaned_data[name]
            if plain(theirs) == plain(mine):
                continue
            one_widget = not isinstance(self.fields[name].widget, forms.MultiWidget)
            if opened and one_widget and plain(mine) == plain(self.value(opened, name)):
                self.data[self.add_prefix(name)] = self.typed(theirs)
            else:
                label = str(self.fields[name].label)
                self.differences.append(Difference(label, self.shown(name, theirs), self.shown(name, mine)))
        self.data[self.add_prefix("seen")] = record.version(now)
        self.add_error(None, who_was_faster(now))

    def guarded(self):
        """The fields that stand for a column."""
        return [name for name in self.fields if self.column(name) and name in self.cleaned_data]

    def column(self, name):
        try:
            return self.instance._meta.get_field(self.columns.get(name, name))
        except FieldDoesNotExist:
            return None

    def value(self, row, name):
        """What a field would show of a row, be it as it is or as it was."""
        return value_of(row, self.column(name))

    def typed(self, value):
        """A value as this form is sent it."""
        return plain(value)

    def shown(self, name, value):
        if isinstance(value, list):
            return ", ".join(str(item) for item in value)
        if isinstance(value, date):
            return (
                f"{timezone.localtime(value):%d %b %Y, %H:%M}" if isinstance(value, datetime) else f"{value:%d %b %Y}"
            )
        choices = {} if isinstance(value, Model) else dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, "" if value is None else value))


class GuardedForm(Guard, forms.ModelForm):
    """A form of a model that writes what was changed, and nothing else."""

    def changes(self):
        """What this form would write: field → value."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self._meta.fields}

    def write(self, seen):
        return record.edit(self.instance, self.changes(), seen=seen, by=self.by)


class GuardedActionForm(Guard, forms.Form):
    """A form about a row that asks for an action: `act` does it, and says what came of it."""

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)

    @transaction.atomic
    def write(self, seen):
        return self.act(record.unless_saved_since(seen, self.instance))


class GuardedAdminForm(Guard):
    """Mixed into the forms of Django's admin, which saves by itself what has no errors."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, by=None, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            now = record.locked(self.instance)
            if record.version(now) != self.cleaned_data.get("seen"):
                self.overtaken(now)
        return cleaned


def who_was_faster(now):
    last = now.history.select_related("history_user").first()
    who, at = (last.history_user or "Someone", timezone.localtime(last.history_date)) if last else ("Someone", None)
    return (
        f"{who} saved this {f'at {at:%H:%M} ' if at else ''}while you were writing. Nothing of yours is saved yet."
        " Your text is below; save again to keep it."
    )


def value_of(row, column):
    """Of a row as it is; or of one as it was, with keys for rows, and None for sets that history does not follow."""
    was = hasattr(row, "history_id")
    if not column.many_to_many:
        return getattr(row, column.attname if was else column.name)
    if was:
        key = f"{column.m2m_reverse_field_name()}_id"
        return (
            [getattr(through, key) for through in getattr(row, column.name).all()]
            if hasattr(row, column.name)
            else None
        )
    return list(getattr(row, column.name).all())


def plain(value):
    """As the database keeps it: keys for rows, None for nothing."""
    if isinstance(value, Model):
        return value.pk
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return sorted(plain(item) for item in value)
    return value
