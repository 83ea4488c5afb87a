from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partners import actions
from partners.forms.fields import DayField
from partners.forms.guarded import laid_out
from partners.models import Person


class HandOverForm(forms.Form):
    """The role of intrapreneur passes to a colleague, or to someone not listed yet: today, or on a day to come."""

    to = forms.ModelChoiceField(
        Person.objects.none(), label="Who leads the work?", required=False, empty_label="Someone not listed yet"
    )
    name = forms.CharField(label="Their name", max_length=120, required=False)
    title = forms.CharField(label="Job title", max_length=120, required=False)
    email = forms.EmailField(label="Email", max_length=254, required=False, help_text="The invitation goes there.")
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    on = DayField(label="From which day?", initial=timezone.localdate)
    outgoing_leaves = forms.BooleanField(required=False)
    note = forms.CharField(
        label="Why it changed", max_length=300, required=False, help_text="Only the hub team reads this."
    )
    submit = "Hand over"
    known_already = "Someone here has this email address. Choose them from the list instead."

    def __init__(self, *args, organization, outgoing, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization, self.by = organization, by
        colleagues = organization.people.known().still_there()
        self.fields["to"].queryset = colleagues.exclude(pk=outgoing.pk) if outgoing else colleagues
        if outgoing:
            self.fields["outgoing_leaves"].label = f"{outgoing} leaves {organization} that day, and can sign in no more"
        else:
            del self.fields["outgoing_leaves"]

    @property
    def helper(self):
        return laid_out(*self.fields, submit=self.submit)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("to") and not cleaned.get("name"):
            raise ValidationError("Choose a colleague, or write the name of someone new.")
        if cleaned.get("to") and cleaned.get("name"):
            raise ValidationError("Either choose a colleague or write a new name, not both.")
        email = cleaned.get("email")
        taken = Q(email__iexact=email) | Q(other_emails__email__iexact=email)
        if email and Person.objects.filter(taken).exists():
            self.add_error("email", self.known_already)
        return cleaned

    def save_changes(self):
        """The succession; None, with the reason as an error, when it cannot be, and then nobody was added either."""
        facts = {name: self.cleaned_data[name] for name in ("on", "note", "outgoing_leaves") if name in self.fields}
        try:
            with transaction.atomic():
                successor = self.cleaned_data["to"] or self.newcomer()
                return actions.name_successor(self.organization, successor=successor, by=self.by, **facts)
        except ValidationError as refused:
            self.add_error(None, refused.messages)
            return None

    def newcomer(self):
        fields = {name: self.cleaned_data[name] for name in ("name", "title", "email", "phone") if name in self.fields}
        return actions.save_person(Person(organization=self.organization, **fields), by=self.by)


class SuccessorForm(HandOverForm):
    """The same for whoever leads the work themselves and names who follows."""

    note = forms.CharField(
        label="What should they know?",
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="Your successor and the hub team read this.",
    )
    submit = "Name them"
    known_already = "We know this address already. Choose a colleague from the list, or write to your hub contact."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["phone"]
        self.fields["to"].label = "Who will lead the work?"
        self.fields["on"].label = "From which day?"
        self.fields["on"].validators.append(MinValueValidator(timezone.localdate, "Choose today or a day to come."))
        self.fields["outgoing_leaves"].label = f"I leave {self.organization} that day; then I can sign in no more."


class MoveForm(forms.Form):
    """Somebody works at another partner now."""

    title = forms.CharField(label="Job title there", max_length=120, required=False)
    on = DayField(label="Since", initial=timezone.localdate)

    def __init__(self, *args, person, to, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.to, self.by = person, to, by
        self.fields["on"].validators.append(MaxValueValidator(timezone.localdate, "Choose today or a day before."))

    @property
    def helper(self):
        return laid_out(*self.fields, submit=f"They work at {self.to} now")

    def save_changes(self):
        """The person where they are now; None, with the reason as an error, when they cannot go."""
        try:
            actions.move_person(self.person, to=self.to, by=self.by, **self.cleaned_data)
        except ValidationError as refused:
            self.add_error(None, refused.messages)
            return None
        self.person.refresh_from_db()
        return self.person
