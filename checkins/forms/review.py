from django import forms

from accounts import record
from accounts.forms.guarded import GuardedActionForm
from checkins import actions
from partners.models import Reach


class ReviewForm(GuardedActionForm):
    """Each sentence heard on a call, with who may read it; and the notes, still open for a correction."""

    work = forms.CharField(label="What they are working on", widget=forms.Textarea({"rows": 2}), required=False)
    notes = forms.CharField(label="Notes", widget=forms.Textarea({"rows": 4}), required=False)

    def __init__(self, *args, instance, **kwargs):
        kwargs["initial"] = {"work": instance.work, "notes": instance.notes}
        super().__init__(*args, instance=instance, **kwargs)
        self.heard = {
            f"{sentence.kind}-{sentence.pk}": sentence
            for sentence in [*instance.challenges.current(), *instance.strengths.current()]
        }
        for name, sentence in self.heard.items():
            label = f"{sentence.kind.capitalize()}: {sentence.text}"
            self.fields[name] = forms.ChoiceField(
                label=label, choices=Reach, initial=sentence.reach, show_hidden_initial=True
            )

    def sentences(self):
        return [self[name] for name in self.heard]

    def guarded(self):
        return ["work", "notes", *self.heard]

    def value(self, row, name):
        """A sentence is a row of its own: what was opened of it comes back with the form."""
        if name not in self.heard:
            return super().value(row, name)
        if hasattr(row, "history_id"):
            return self.data.get(self.add_initial_prefix(name))
        return record.locked(self.heard[name]).reach

    def show_both(self, opened, now):
        super().show_both(opened, now)
        for name in self.heard:
            self.data[self.add_initial_prefix(name)] = self.value(now, name)

    def act(self, checkin):
        reaches = {}
        for name, sentence in self.heard.items():
            theirs, mine = self.value(checkin, name), self.cleaned_data[name]
            if theirs != mine and theirs != self.data.get(self.add_initial_prefix(name), theirs):
                raise record.Stale(checkin)
            reaches[sentence] = mine
        words = {name: self.cleaned_data[name] for name in ("work", "notes")}
        return actions.correct(checkin, reaches=reaches, **words, by=self.by)
