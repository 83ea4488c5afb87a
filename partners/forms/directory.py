from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import Q

from accounts.models import User
from partners.models import Challenge, Organization, Strength, Tag, Topic


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    value: str
    without: str


class DirectoryForm(forms.Form):
    """The directory's search and filters, kept in the address. What it does not know is left out."""

    q = forms.CharField(label="Search", required=False, max_length=200)
    kind = forms.ChoiceField(label="Kind", required=False)
    region = forms.ChoiceField(label="Region", required=False)
    topic = forms.ModelChoiceField(Topic.objects.all(), to_field_name="slug", required=False, empty_label="Any")
    status = forms.ChoiceField(label="Status", required=False)
    owner = forms.ModelChoiceField(User.objects.callers(), label="Hub contact", required=False, empty_label="Anyone")
    tag = forms.ModelChoiceField(Tag.objects.all(), to_field_name="name", required=False, empty_label="Any")

    hub_fields = ("status", "owner", "tag")

    @classmethod
    def from_url(cls, params, *, user):
        """The form as the address has it, without what is nonsense in it."""
        form = cls(params, user=user)
        form.is_valid()
        form.initial = {name: value for name, value in form.cleaned_data.items() if value}
        form.is_bound = False  # shown as it was understood, without a word about the rest
        return form

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.organizations = Organization.objects.visible_to(user)
        regions = Organization.objects.exclude(region="").order_by("region").values_list("region", flat=True).distinct()
        self.fields["kind"].choices = [("", "Any"), *Organization.Kind.choices]
        self.fields["region"].choices = [("", "Any"), *((region, region) for region in regions)]
        self.fields["status"].choices = [("", "Any"), *Organization.Status.choices]
        if not user.is_hub:
            for name in self.hub_fields:
                del self.fields[name]
        for name in self.fields.keys() - {"q"}:
            self.fields[name].widget.attrs["class"] = "form-select"

    def found(self):
        """The organizations that match, ready for the list."""
        found = self.organizations.for_directory() if self.user.is_hub else self.organizations.for_shared_directory()
        same = {name: self.initial[name] for name in ("kind", "region", "status", "owner") if name in self.initial}
        found = found.filter(**same)
        if "tag" in self.initial:
            found = found.filter(tags=self.initial["tag"])
        if "topic" in self.initial:
            found = found.filter(self.says_something_on(self.initial["topic"]))
        return found.search(self.initial.get("q", ""), shared_only=not self.user.is_hub)

    def says_something_on(self, topic):
        """Judged by what this reader may read: a filter must not tell what the page does not."""
        said = [model.objects.visible_to(self.user).current().filter(topics=topic) for model in (Strength, Challenge)]
        return Q(pk__in=said[0].values("organization")) | Q(pk__in=said[1].values("organization"))

    def in_url(self):
        """Field → value as the address has it."""
        return {
            name: str(field.prepare_value(self.initial[name]))
            for name, field in self.fields.items()
            if name in self.initial
        }

    def query_string(self, **other):
        params = {name: value for name, value in {**self.in_url(), **other}.items() if value}
        return f"?{urlencode(params)}" if params else ""

    def chips(self):
        return [
            Chip(str(self[name].label), self.shown(name), self.query_string(**{name: ""}) or "?")
            for name in self.in_url()
        ]

    def shown(self, name):
        value = self.initial[name]
        choices = {} if name in ("q", "region") or not isinstance(value, str) else dict(self.fields[name].choices)
        return str(choices.get(value, value))
