from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.validators import URLValidator
from django.db.models import Count

from accounts.forms.guarded import Guard, plain
from affinity.words import terms
from library import actions, uploads
from library.models import Resource
from partners.forms.fields import RowsField
from partners.models import Organization, Topic


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: str
    value: str
    without: str


class SearchForm(forms.Form):
    """The search of the library, kept in the address. What it does not know is left out."""

    q = forms.CharField(label="Words", required=False, max_length=200)
    kind = forms.ChoiceField(
        choices=[("", "Any kind"), *Resource.Kind.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    topic = forms.ModelChoiceField(Topic.objects.all(), to_field_name="slug", required=False)
    withdrawn = forms.ChoiceField(label="Showing", choices=[("yes", "what was withdrawn")], required=False)

    @classmethod
    def from_url(cls, params, *, user):
        asked = cls(params)
        asked.is_valid()
        known = {name: value for name, value in asked.cleaned_data.items() if value}
        if not user.is_hub:
            known.pop("withdrawn", None)
        return cls(initial=known, user=user)

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def found(self):
        """The resources that match."""
        found = Resource.objects.visible_to(self.user).search(self.initial.get("q", ""))
        found = found.withdrawn() if "withdrawn" in self.initial else found.current()
        if "kind" in self.initial:
            found = found.filter(kind=self.initial["kind"])
        if "topic" in self.initial:
            found = found.filter(topics=self.initial["topic"])
        return found

    def topic_links(self):
        """(topic, number, query string) of the topics these resources have most."""
        named = Resource.topics.through.objects.filter(resource__in=self.found().order_by().values("pk"))
        counts = named.values_list("topic").annotate(number=Count("pk")).order_by("-number", "topic__name")[:20]
        topics = Topic.objects.in_bulk([pk for pk, _ in counts])
        return [(topics[pk], number, self.query_string(topic=topics[pk].slug)) for pk, number in counts]

    def nearest_topics(self):
        """Topics that are called something like the words: by stem, else by spelling."""
        words = self.initial.get("q", "")
        names = {topic: [topic.name, *(s.name for s in topic.synonyms.all())] for topic in self._topics_in_use()}
        related = [topic for topic, called in names.items() if terms(words) & terms(" ".join(called))]
        if not related:
            spelt = {name.casefold(): topic for topic, called in names.items() for name in called}
            related = [spelt[name] for name in get_close_matches(words.casefold(), spelt, n=6, cutoff=0.6)]
        return list(dict.fromkeys(related))[:6]

    def _topics_in_use(self):
        current = Resource.objects.visible_to(self.user).current()
        return Topic.objects.filter(resources__in=current).distinct().prefetch_related("synonyms")

    def in_url(self):
        """Field → value as the address has it."""
        return {
            name: str(field.prepare_value(self.initial[name]))
            for name, field in self.fields.items()
            if name in self.initial
        }

    def query_string(self, **other):
        return "?" + urlencode({name: value for name, value in {**self.in_url(), **other}.items() if value})

    def chips(self):
        shown = {**self.initial, "withdrawn": "what was withdrawn"}
        return [Chip(str(self[name].label), str(shown[name]), self.query_string(**{name: ""})) for name in self.initial]

    def question(self):
        """What to ask the team when nothing was found."""
        wanted = next((self.initial[name] for name in ("q", "topic", "kind") if name in self.initial), "this")
        return f"Do we have something on {wanted}?"


class ResourceForm(forms.ModelForm):
    """A resource with its file, if it has one. `document` is what was let in."""

    link = forms.URLField(
        required=False, max_length=500, assume_scheme="https", validators=[URLValidator(["http", "https"])]
    )
    upload = forms.FileField(
        label="File", required=False, widget=forms.FileInput, help_text=f"{uploads.WELCOME}, up to 20 MB."
    )
    drop_file = forms.BooleanField(label="Take the file away", required=False)

    class Meta:
        model = Resource
        fields = ["title", "kind", "link", "summary", "topics", "licence"]
        field_classes = {"topics": RowsField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.file:
            self.fields["upload"].label = "Another file"
            self.fields["drop_file"].label = f"Take “{self.instance.file_name}” away"
        else:
            del self.fields["drop_file"]

    def clean_upload(self):
        return self.cleaned_data["upload"] and uploads.inspect(self.cleaned_data["upload"])

    def clean(self):
        data = super().clean()
        keeps_file = self.instance.file and not data.get("drop_file")
        has_file = data.get("upload") or keeps_file or "upload" in self.errors
        in_person = data.get("kind") in Resource.IN_PERSON
        if not (data.get("link") or has_file or in_person or "link" in self.errors):
            self.add_error("link", "Give a link or a file: without one, nobody can use it.")
        return data

    def keep(self, *, by, seen=None):
        """Into the library, new or changed."""
        data = self.cleaned_data
        if not self.instance.pk:
            return actions.add(self.instance, topics=data["topics"], upload=data["upload"], by=by)
        drop = data.get("drop_file", False)
        new = {"topics": data["topics"], "upload": data["upload"], "drop_file": drop}
        return actions.change(self.instance, **new, seen=seen, by=by)


class HubResourceForm(Guard, ResourceForm):
    """The form on the page: the source is an organization called by its name."""

    source_name = forms.CharField(
        label="Comes from",
        required=False,
        max_length=200,
        help_text="The partner it comes from: start typing and choose from the list.",
        widget=forms.TextInput(attrs={"list": "organizations", "autocomplete": "off"}),
    )

    class Meta(ResourceForm.Meta):
        widgets = {"summary": forms.Textarea(attrs={"rows": 5}), "topics": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source_name"].initial = self.instance.source and self.instance.source.name

    columns = {"source_name": "source"}

    def value(self, row, name):
        value = super().value(row, name)
        if name == "source_name":
            return Organization.objects.filter(pk=plain(value)).values_list("name", flat=True).first() or ""
        return value

    def write(self, seen):
        return self.keep(by=self.by, seen=seen)

    @property
    def suggested_sources(self):
        """Names to choose from. A name that is not among them can be typed all the same."""
        return Organization.objects.active().order_by("name_key").values_list("name", flat=True)[:500]

    def clean_source_name(self):
        name = self.cleaned_data["source_name"]
        called = list(Organization.objects.named(name)[:2]) if name else []
        if name and len(called) != 1:
            reason = "More than one partner is" if called else "No partner is"
            raise forms.ValidationError(f"{reason} called “{name}”. Choose one from the list, or leave this empty.")
        self.instance.source = called[0] if called else None
        return name

    @property
    def helper(self):
        helper = FormHelper()
        file = ["upload"] + ["drop_file"] * ("drop_file" in self.fields)
        rest = [Div("topics", css_class="tr-topics"), "source_name", "licence"]
        button = "Save" if self.instance.pk else "Add to the library"
        helper.layout = Layout("title", "kind", "link", *file, "summary", *rest, "seen", Submit("", button))
        return helper
