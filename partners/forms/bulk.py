import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from partners.forms.directory import Directory
from partners.forms.fields import LONGEST_NUMBER
from partners.models import BulkChange, Organization, Tag

Kind = BulkChange.Kind


class BulkForm(forms.Form):
    """One change to the ticked partners, or to all that match. "All" travels as the filter and the number shown."""

    which = forms.ChoiceField(choices=[("ticked", "the ticked ones"), ("all", "all that match")], initial="ticked")
    kind = forms.ChoiceField(choices=Kind.choices)
    tag = forms.CharField(label="Tag", max_length=Tag._meta.get_field("name").max_length, required=False)
    contact = forms.ModelChoiceField(User.objects.callers(), label="Hub contact", required=False, empty_label="Choose")
    status = forms.ChoiceField(label="Status", choices=[("", "Choose"), *Organization.Status.choices], required=False)
    query = forms.CharField(max_length=1000, required=False)
    count = forms.IntegerField(min_value=0)
    once = forms.CharField(max_length=64)

    needed = {
        Kind.TAG: ("tag", "Say which tag."),
        Kind.UNTAG: ("tag", "Say which tag."),
        Kind.ASSIGN: ("contact", "Choose the hub contact."),
        Kind.STATUS: ("status", "Choose the status."),
    }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, auto_id="bulk-%s", **kwargs)  # it stands on one page with the filters
        self.by = by
        self.fields["tag"].widget.attrs |= {"class": "form-control", "list": "tags", "autocomplete": "off"}
        for name in ("contact", "status"):
            self.fields[name].widget.attrs["class"] = "form-select"

    @classmethod
    def over(cls, directory, count):
        """The form below a list."""
        initial = {"query": directory.query, "count": count, "once": secrets.token_urlsafe(16)}
        return cls(by=directory.user, initial=initial)

    @property
    def tags(self):
        """Names to choose from while one is typed."""
        return Tag.objects.values_list("name", flat=True)[:200]

    @property
    def picked(self):
        """The ticked ones, by number, as they were sent."""
        numbers = self.data.getlist("pick") if self.is_bound else []
        return [int(number) for number in numbers if number.isdecimal() and len(number) <= LONGEST_NUMBER]

    def clean_tag(self):
        return " ".join(self.cleaned_data["tag"].split())

    def clean(self):
        cleaned = super().clean()
        field, sentence = self.needed.get(cleaned.get("kind"), ("", ""))
        if field and not cleaned.get(field) and field not in self.errors:
            self.add_error(field, sentence)
        if self.errors:
            return cleaned
        self.value = getattr(cleaned[field], "pk", cleaned[field])
        self.organizations = self.asked_for(cleaned)
        return cleaned

    def asked_for(self, cleaned):
        if cleaned["which"] == "ticked":
            if not self.picked:
                raise ValidationError("Nobody is ticked. Tick partners in the list, or choose all that match.")
            return self.picked
        matching = Directory(self.by, QueryDict(cleaned["query"])).filters.matching()
        pks = list(matching.order_by().values_list("pk", flat=True))
        if len(pks) != cleaned["count"]:
            self.data = self.data.copy()
            self.data["count"] = len(pks)
            raise ValidationError(
                f"{len(pks):,} match now; it was {cleaned['count']:,} when you looked. Nothing was changed yet."
            )
        return pks
