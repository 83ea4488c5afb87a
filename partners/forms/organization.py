from crispy_forms.layout import Div, Row
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from partners import actions
from partners.duplicates import organizations_like
from partners.forms.fields import DayField
from partners.forms.guarded import GuardedForm, plain
from partners.forms.look_alikes import NewRecordForm
from partners.keys import name_key
from partners.models import Organization, Tag

PLACE = ["city", "state", "country"]


class NamedForm(forms.ModelForm):
    """A website may be typed without its scheme; a name is nobody else's, however it is spelled."""

    website = forms.URLField(required=False, max_length=500, assume_scheme="https")

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if not name_key(name):
            raise ValidationError("A name needs a letter or a digit.")
        namesake = Organization.objects.filter(name_key=name_key(name)).exclude(pk=self.instance.pk).first()
        if namesake:
            raise ValidationError(f"“{namesake}” is already here. Open it instead, or choose another name.")
        return name


class CorrectionForm(GuardedForm, NamedForm):
    """What partners may correct about their own organization."""

    class Meta:
        model = Organization
        fields = ["website", *PLACE, "time_zone"]
        help_texts = {"time_zone": "For example America/Chicago. We call in your working hours."}


class OrganizationForm(GuardedForm, NamedForm):
    """Everything the hub keeps about an organization itself."""

    joined_on = DayField(required=False, label="Joined on")
    ended_on = DayField(required=False, label="Ended on", help_text="Only for alumni.")
    tag_names = forms.CharField(
        label="Tags", required=False, max_length=1000, help_text="Separated by commas. Only the hub team sees them."
    )

    class Meta:
        model = Organization
        fields = [
            "name",
            "kind",
            "status",
            "region",
            *PLACE,
            "time_zone",
            "language",
            "latitude",
            "longitude",
            "website",
            "owner",
            "joined_on",
            "ended_on",
            "external_id",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.callers()
        if self.instance.pk:
            self.fields["tag_names"].initial = ", ".join(tag.name for tag in self.instance.tags.all())

    def rows(self):
        half, third = "col-md-6", "col-md-4"
        return [
            "name",
            Row(Div("kind", css_class=third), Div("status", css_class=third), Div("region", css_class=third)),
            Row(*[Div(name, css_class=third) for name in PLACE]),
            Row(*[Div(name, css_class="col-md-3") for name in ("time_zone", "language", "latitude", "longitude")]),
            Row(Div("website", css_class=half), Div("owner", css_class=half)),
            "tag_names",
            Row(*[Div(name, css_class=third) for name in ("joined_on", "ended_on", "external_id")]),
        ]

    def clean_tag_names(self):
        names = {" ".join(name.split()): None for name in self.cleaned_data["tag_names"].split(",")}
        if any(len(name) > 80 for name in names):
            raise ValidationError("A tag has at most 80 characters. Separate tags with commas.")
        return [name for name in names if name]

    columns = {"tag_names": "tags"}

    def value(self, row, name):
        value = super().value(row, name)
        return (
            list(Tag.objects.filter(pk__in=plain(value)).values_list("name", flat=True))
            if name == "tag_names"
            else value
        )

    def typed(self, value):
        return ", ".join(value) if isinstance(value, list) else super().typed(value)

    def changes(self):
        changes = super().changes()
        if "tag_names" in self.changed_data:
            changes["tags"] = self.tags()
        return changes

    def tags(self):
        return [Tag.objects.get_or_create(name=name)[0] for name in self.cleaned_data["tag_names"]]


class NewOrganizationForm(NewRecordForm, OrganizationForm):
    """A partner that is not here yet."""

    submit = "Add this partner"
    told_by = ("name", "website")
    really_new_label = "It is another organization. Add it."

    def look_alikes(self, asked):
        return organizations_like(**asked)

    def save_changes(self):
        fields = {name: self.cleaned_data[name] for name in self._meta.fields}
        return actions.add_organization(by=self.by, tags=self.tags(), **fields)
