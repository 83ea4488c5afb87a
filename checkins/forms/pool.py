from django import forms
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from checkins.models import CheckIn, hardly_known, in_pool, met_in, with_callers
from partners.models import Due, Organization

EVERYBODY, SOON = "all", "soon"


class PoolForm(forms.Form):
    """Whom to look for among the active partners, kept in the address. What it does not know is left out."""

    who = forms.ChoiceField(label="Who has the call", required=False)
    due = forms.ChoiceField(
        label="Time to talk", choices=[("", "Any"), (SOON, "due or overdue"), *Due.choices], required=False
    )
    region = forms.ChoiceField(label="Region", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), *Organization.Kind.choices], required=False)
    known = forms.ChoiceField(
        label="People known there", choices=[("", "Any number"), ("one", "One or none")], required=False
    )

    met = forms.ChoiceField(
        label="Face to face this year", choices=[("", "Either"), ("yes", "Seen"), ("no", "Not seen")], required=False
    )

    def __init__(self, params):
        super().__init__(params)
        callers = [(str(caller.pk), str(caller)) for caller in User.objects.callers()]
        regions = Organization.objects.exclude(region="").order_by("region").values_list("region", flat=True).distinct()
        self.fields["who"].choices = [("", "Nobody yet: the pool"), *callers, (EVERYBODY, "Anybody or nobody")]
        self.fields["region"].choices = [("", "Any"), *((region, region) for region in regions)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @classmethod
    def from_url(cls, params):
        """The form as the address has it, without what is nonsense in it."""
        form = cls(params)
        form.is_valid()
        form.initial = {name: value for name, value in form.cleaned_data.items() if value}
        form.is_bound = False  # shown as it was understood, without a word about the rest
        return form

    def found(self, user):
        """The organizations it asks for, whoever was not talked to for longest first."""
        asked = self.initial
        found = self.of_whom(Organization.objects.visible_to(user).active(), asked.get("who", ""))
        found = found.filter(**{name: asked[name] for name in ("region", "kind") if name in asked})
        if "due" in asked:
            found = found.due(Due.DUE, Due.OVERDUE) if asked["due"] == SOON else found.due(asked["due"])
        if "known" in asked:
            found = hardly_known(found)
        if "met" in asked:
            met = met_in(timezone.localdate().year)
            found = found.filter(met if asked["met"] == "yes" else ~met)
        found = with_callers(found.with_intrapreneur().with_last_contact())
        return found.order_by(F("last_contact_on").asc(nulls_first=True), "name_key", "pk")

    @staticmethod
    def of_whom(organizations, who):
        if not who:
            return in_pool(organizations)
        if who == EVERYBODY:
            return organizations
        return organizations.filter(pk__in=CheckIn.objects.pending().filter(caller=who).values("organization"))
