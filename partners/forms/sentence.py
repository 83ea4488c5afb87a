from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError

from partners import actions
from partners.forms.fields import DayField, RowsField
from partners.forms.guarded import GuardedForm
from partners.models import Reach, Source, Topic
from partners.topics import topics_in

WHO_READS = {
    Reach.STAFF: "Only the hub team",
    Reach.MATCH: "Only the hub team, who may use it to find a match; the words are shown to nobody else",
    Reach.NETWORK: "All partners",
    Reach.PUBLIC: "Everyone, also outside the network",
}
PARTNER_CHOICES = {
    Reach.NETWORK: "All partners",
    Reach.MATCH: "Only the hub team, to find help for you",
}


class SentenceForm(GuardedForm):
    """A strength or a challenge as the hub notes it: the words, where they were heard, who may read them."""

    reach = forms.ChoiceField(label="Who can read this?", widget=forms.RadioSelect, choices=WHO_READS.items())
    said_on = DayField(label="When was it said?", required=False)
    topics = RowsField(Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple, label="Topics")

    class Meta:
        fields = ["text", "reach", "source", "said_on", "topics"]
        labels = {"text": "One sentence", "source": "Where was it heard?"}
        widgets = {"text": forms.Textarea({"rows": 3, "maxlength": 1000})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = self.instance.organization
        if not self.instance.pk:
            self.start()

    def start(self):
        """Nothing is guessed: where it was heard is asked, and that decides who reads it unless someone says so."""
        as_usual = "As usual: all partners from a profile or survey, only the hub team from a call or gathering"
        self.fields["reach"].choices = [("", as_usual), *WHO_READS.items()]
        self.fields["reach"].required = False
        self.fields["source"].choices = [("", "Choose"), *Source.choices]
        self.initial |= {"reach": "", "source": ""}

    def rows(self):
        shown = [name for name in self.fields if name not in ("seen", "topics")]
        hint = "Tick none, and we find them in your words." if not self.instance.pk else ""
        return [
            *shown,
            HTML('<details class="tr-topics"><summary>Topics</summary>'),
            HTML(f'<p class="form-text">{hint}</p>'),
            "topics",
            HTML("</details>"),
        ]

    def clean_text(self):
        return " ".join(self.cleaned_data["text"].split())

    def clean_said_on(self):
        return self.cleaned_data["said_on"] or self.instance.said_on

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            refuse_twin(self.instance, self.organization, cleaned.get("text"))
        return cleaned

    def save_changes(self):
        return super().save_changes() if self.instance.pk else self.say()

    def say(self):
        cleaned = self.cleaned_data
        sentence, _ = actions.say(
            self._meta.model,
            self.organization,
            text=cleaned["text"],
            source=cleaned.get("source") or Source.PROFILE,
            reach=cleaned["reach"] or None,
            said_by=getattr(self.by, "person", None),
            by=self.by,
            on=cleaned.get("said_on"),
            topics=cleaned["topics"] or topics_in(cleaned["text"]),
        )
        return sentence


class OwnSentenceForm(SentenceForm):
    """A strength or a challenge in the partner's own words."""

    said_on = None

    class Meta(SentenceForm.Meta):
        fields = ["text", "reach", "topics"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = PARTNER_CHOICES
        if self.instance.pk and self.instance.reach not in choices:
            choices = choices | {self.instance.reach: WHO_READS[self.instance.reach]}
        self.fields["reach"].choices = choices.items()

    def start(self):
        self.initial["reach"] = Reach.NETWORK

    def changes(self):
        return super().changes() | actions.own_words(self.by)


def refuse_twin(sentence, organization, text):
    """No two current sentences of an organization read the same."""
    same = type(sentence).objects.current().filter(organization=organization, text=text)
    if not sentence.withdrawn_on and same.exclude(pk=sentence.pk).exists():
        raise ValidationError("The same sentence is already on the record.")


def form_for(user, sentence, data=None):
    """The form this reader gets for a sentence, new or not."""
    form = forms.modelform_factory(type(sentence), form=SentenceForm if user.is_hub else OwnSentenceForm)
    return form(data, instance=sentence, by=user)
