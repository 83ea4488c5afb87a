from django.core.exceptions import ValidationError

from partners import actions
from partners.duplicates import people_like
from partners.forms.guarded import GuardedForm
from partners.forms.look_alikes import NewRecordForm
from partners.models import OtherEmail, Person


class PersonForm(GuardedForm):
    """Someone at a partner, as the hub keeps them."""

    class Meta:
        model = Person
        fields = ["name", "title", "email", "phone", "time_zone"]
        help_texts = {"time_zone": "Only if it is not the organization's own, for example America/Denver."}

    def clean_email(self):
        email = self.cleaned_data["email"]
        if OtherEmail.objects.filter(email__iexact=email).exclude(person=self.instance.pk).exists():
            raise ValidationError("Someone else here has this email address.")
        return email

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


class NewPersonForm(NewRecordForm, PersonForm):
    """Somebody who is not here yet."""

    submit = "Add this person"
    told_by = ("name", "email")
    really_new_label = "It is somebody else. Add them."

    def look_alikes(self, asked):
        return people_like(**asked, organization=self.instance.organization)


class OwnDetailsForm(GuardedForm):
    """What a partner keeps up to date about themselves. The address is how they sign in: the hub changes it."""

    class Meta:
        model = Person
        fields = ["name", "title", "phone", "time_zone"]
        help_texts = {"time_zone": "For example America/Chicago. We call in your working hours."}
