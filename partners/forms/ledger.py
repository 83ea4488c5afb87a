"""What an overseer looks for among all changes and readings, kept in the address; nonsense in it is left out."""

from urllib.parse import urlencode

from django import forms

from accounts.models import User
from partners import ledger
from partners.forms.fields import DayField
from partners.models import Organization, Reading

NOBODY = "nobody"


class LookForm(forms.Form):
    """Who, which partner, from when to when."""

    by = forms.ChoiceField(label="Who", required=False)
    partner = forms.CharField(label="Partner", required=False, max_length=200)
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)

    @classmethod
    def from_url(cls, params):
        """The form as the address has it, without what is nonsense in it."""
        form = cls(params)
        form.is_valid()
        form.initial = {name: value for name, value in form.cleaned_data.items() if value}
        form.is_bound = False
        return form

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.hub().order_by("name", "email")
        self.fields["by"].choices = [("", "Anyone"), *((str(user.pk), str(user)) for user in people)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    @property
    def organizations(self):
        """Those whose name has the words typed; None when nobody asked for any."""
        words = self.initial.get("partner")
        return Organization.objects.search(words, shared_only=True).values("pk") if words else None

    def query_string(self, **other):
        params = {name: str(self.fields[name].prepare_value(value)) for name, value in self.initial.items()}
        return urlencode({name: value for name, value in {**params, **other}.items() if value})


class ChangesForm(LookForm):
    """... and what kind of thing was changed."""

    kind = forms.ChoiceField(label="What", required=False)
    field_order = ["by", "kind", "partner", "since", "until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = sorted((str(model._meta.verbose_name), label) for label, model in ledger.kinds().items())
        self.fields["kind"].choices = [("", "Anything"), *((label, name.capitalize()) for name, label in kinds)]
        self.fields["by"].choices = [*self.fields["by"].choices, (NOBODY, "An import or a task")]

    def page(self, before):
        """The changes asked for: (a page of lines, what to ask for next)."""
        look = {name: value for name, value in self.initial.items() if name in ("kind", "since", "until")}
        by = self.initial.get("by")
        automatic = by == NOBODY
        return ledger.lines(
            **look, by=None if automatic else by, automatic=automatic, organizations=self.organizations, before=before
        )


class ReadingsForm(LookForm):
    def found(self):
        asked = {"by": "reader", "since": "on__gte", "until": "on__lte"}
        readings = Reading.objects.for_list().filter(
            **{column: self.initial[name] for name, column in asked.items() if name in self.initial}
        )
        return readings if self.organizations is None else readings.filter(organization__in=self.organizations)
