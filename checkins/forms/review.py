from django import forms
from django.db import transaction

from partners import actions as partners
from partners.models import Reach


class ReviewForm(forms.Form):
    """Each sentence heard on a call, with who may read it; and the notes, still open for a correction."""

    work = forms.CharField(label="What they are working on", widget=forms.Textarea({"rows": 2}), required=False)
    notes = forms.CharField(label="Notes", widget=forms.Textarea({"rows": 4}), required=False)

    def __init__(self, *args, checkin, **kwargs):
        super().__init__(*args, initial={"work": checkin.work, "notes": checkin.notes}, **kwargs)
        self.checkin = checkin
        self.heard = {
            f"{sentence.kind}-{sentence.pk}": sentence
            for sentence in [*checkin.challenges.current(), *checkin.strengths.current()]
        }
        for name, sentence in self.heard.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{sentence.kind.capitalize()}: {sentence.text}", choices=Reach, initial=sentence.reach
            )

    def sentences(self):
        return [self[name] for name in self.heard]

    @transaction.atomic
    def save(self, *, by):
        for name, sentence in self.heard.items():
            if sentence.reach != self.cleaned_data[name]:
                partners.edit(sentence, {"reach": self.cleaned_data[name]}, seen=partners.version(sentence), by=by)
        type(self.checkin).objects.filter(pk=self.checkin.pk).update(
            work=self.cleaned_data["work"], notes=self.cleaned_data["notes"]
        )
