from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from partners import actions
from partners.forms.fields import DayField
from partners.forms.guarded import GuardedForm, laid_out
from partners.models import Person


class PersonForm(GuardedForm):
    """Someone at a partner, as the hub keeps them."""

    class Meta:
        model = Person
        fields = ["name", "title", "email", "phone", "time_zone"]
        help_texts = {"time_zone": "Only if it is not the organization's own, for example America/Denver."}

    def changes(self):
        """With the right address comes the account that waits for it."""
        changes = super().changes()
        if "email" in changes and not self.instance.user_id:
            changes["user"] = actions.account_of(changes["email"])
        return changes

    def save_changes(self):
        if self.instance.pk:
            return super().save_changes()
        return actions.save_person(self.instance, by=self.by)


class OwnDetailsForm(GuardedForm):
    """What a partner keeps up to date about themselves. The address is how they sign in: the hub changes it."""

    class Meta:
        model = Person
        fields = ["name", "title", "phone", "time_zone"]
        help_texts = {"time_zone": "For example America/Chicago. We call in your working hours."}


class HandOverForm(forms.Form):
    """The role of intrapreneur passes to a colleague, or to someone not listed yet."""

    to = forms.ModelChoiceField(
        Person.objects.none(), label="Who leads the work now?", required=False, empty_label="Someone not listed yet"
    )
    name = forms.CharField(label="Their name", max_length=120, required=False)
    title = forms.CharField(label="Job title", max_length=120, required=False)
    email = forms.EmailField(label="Email", max_length=254, required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    on = DayField(label="Since", initial=timezone.localdate)
    note = forms.CharField(
        label="Why it changed", max_length=300, required=False, help_text="Only the hub team reads this."
    )

    def __init__(self, *args, organization, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization, self.by = organization, by
        self.fields["to"].queryset = organization.people.still_there()

    @property
    def helper(self):
        return laid_out(*self.fields, submit="Hand over")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("to") and not cleaned.get("name"):
            raise ValidationError("Choose a colleague, or write the name of someone new.")
        if cleaned.get("to") and cleaned.get("name"):
            raise ValidationError("Either choose a colleague or write a new name, not both.")
        email = cleaned.get("email")
        if email and Person.objects.filter(email__iexact=email).exists():
            self.add_error("email", "Someone here has this email address. Choose them from the list instead.")
        return cleaned

    def save_changes(self):
        """None, with the reason as an error, when the handover cannot be; then nobody was added either."""
        try:
            with transaction.atomic():
                return actions.hand_over(
                    self.organization,
                    to=self.cleaned_data["to"] or self.newcomer(),
                    by=self.by,
                    on=self.cleaned_data["on"],
                    note=self.cleaned_data["note"],
                )
        except ValidationError as refused:
            self.add_error(None, refused)
            return None

    def newcomer(self):
        fields = {name: self.cleaned_data[name] for name in ("name", "title", "email", "phone")}
        return actions.save_person(Person(organization=self.organization, **fields), by=self.by)
