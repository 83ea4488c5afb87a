from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import User
from partners import listing
from partners.models import Challenge, ListColumns, Organization, SavedView, Strength, Tag, Topic

EVERYTHING = "q="  # an address with no filter that is not the bare one


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    value: str
    without: str


class Contact(models.TextChoices):
    """When the last real contact was, as people ask for it."""

    OVERDUE = "overdue", "overdue: a year ago, or never"
    DUE = "due", "due within a month"
    NOT_DUE = "not-due", "not due yet"
    NEVER = "never", "never"
    THIS_YEAR = "this-year", "this year"
    MONTHS_3 = "3-months", "not for 3 months"
    MONTHS_6 = "6-months", "not for 6 months"

    def among(self, organizations):
        today = timezone.localdate()
        match self:
            case Contact.NEVER:
                return organizations.never_touched()
            case Contact.THIS_YEAR:
                return organizations.touched_since(date(today.year, 1, 1))
            case Contact.MONTHS_3:
                return organizations.untouched_since(today - timedelta(days=91))
            case Contact.MONTHS_6:
                return organizations.untouched_since(today - timedelta(days=182))
        return organizations.due(self.value)


class Gap(models.TextChoices):
    """What is missing on a record."""

    LEAD = "intrapreneur", "no intrapreneur"
    PEOPLE = "people", "one known person"
    OWNER = "hub-contact", "no hub contact"

    def among(self, organizations):
        match self:
            case Gap.LEAD:
                return organizations.without_intrapreneur()
            case Gap.PEOPLE:
                return organizations.with_one_person()
        return organizations.filter(owner__isnull=True)


class DirectoryForm(forms.Form):
    """The directory's search and filters, kept in the address. What it does not know is left out."""

    q = forms.CharField(label="Search", required=False, max_length=200)
    kind = forms.ChoiceField(label="Kind", required=False)
    region = forms.ChoiceField(label="Region", required=False)
    topic = forms.ModelChoiceField(Topic.objects.all(), to_field_name="slug", required=False, empty_label="Any")
    status = forms.ChoiceField(label="Status", required=False)
    contact = forms.ChoiceField(label="Last contact", required=False, choices=[("", "Any"), *Contact.choices])
    owner = forms.ModelChoiceField(User.objects.callers(), label="Hub contact", required=False, empty_label="Anyone")
    tag = forms.ModelChoiceField(Tag.objects.all(), to_field_name="name", required=False, empty_label="Any")
    gap = forms.ChoiceField(label="Missing", required=False, choices=[("", "Anything"), *Gap.choices])

    hub_fields = ("status", "contact", "owner", "tag", "gap")

    @classmethod
    def from_url(cls, params, *, user, view=None):
        """The form as the address has it, without what is nonsense in it."""
        form = cls(params, user=user, view=view)
        form.is_valid()
        form.initial = {name: value for name, value in form.cleaned_data.items() if value}
        form.is_bound = False  # shown as it was understood, without a word about the rest
        return form

    def __init__(self, *args, user, view=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.view = user, view
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

    def matching(self):
        """The organizations that match, as they stand in the list."""
        asked = self.initial
        same = {name: asked[name] for name in ("kind", "region", "status", "owner") if name in asked}
        found = self.organizations.filter(**same)
        if "tag" in asked:
            found = found.filter(tags=asked["tag"])
        if "topic" in asked:
            found = found.filter(self.says_something_on(asked["topic"]))
        if "contact" in asked:
            found = Contact(asked["contact"]).among(found)
        if "gap" in asked:
            found = Gap(asked["gap"]).among(found)
        return found.search(asked.get("q", ""), shared_only=not self.user.is_hub).for_directory()

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

    def query(self, **other):
        """The filters, and what else is given, as an address has them."""
        return urlencode({name: value for name, value in {**self.in_url(), **other}.items() if value})

    def address(self, **other):
        """Where this list is: with its view, and never bare, which would ask for the default view."""
        return f"?{self.query(**other, view=self.view.pk if self.view else '') or EVERYTHING}"

    def chips(self):
        return [Chip(str(self[name].label), self.shown(name), self.address(**{name: ""})) for name in self.in_url()]

    def shown(self, name):
        value = self.initial[name]
        choices = {} if name in ("q", "region") or not isinstance(value, str) else dict(self.fields[name].choices)
        return str(choices.get(value, value))


class Directory:
    """The directory as one person asks for it: in which view, with which filters and columns."""

    def __init__(self, user, params):
        self.user = user
        self.views = list(SavedView.objects.visible_to(user).for_tabs())
        asked = params.get("view", "")
        self.view = next((view for view in self.views if str(view.pk) == asked), None)
        self.filters = DirectoryForm.from_url(params, user=user, view=self.view)

    @property
    def default(self):
        """The view this person opens the directory with."""
        return next((view for view in self.views if view.is_default and view.owner_id == self.user.pk), None)

    @cached_property
    def keys(self):
        """The columns: those of the view, else one's own, else the usual."""
        if not self.user.is_hub:
            return listing.SHARED
        own = ListColumns.objects.filter(user=self.user).values_list("columns", flat=True)
        return (self.view and self.view.columns) or own.first() or listing.USUAL

    @property
    def columns(self):
        return listing.columns(self.keys)

    @property
    def choices(self):
        return listing.COLUMNS.values()

    @property
    def query(self):
        """All of it, for a form that leads back here."""
        return self.filters.address().removeprefix("?")

    @property
    def organizations(self):
        return listing.load(self.filters.matching(), self.columns)

    @property
    def is_own_view(self):
        return bool(self.view) and self.view.owner_id == self.user.pk

    @property
    def is_changed(self):
        """Whether the filters are others than those of the view."""
        return bool(self.view) and self.view.query != self.filters.query()
