from django import forms
from django.utils import timezone

from checkins.models import Trip
from checkins.nearby import known_places
from partners.forms.fields import DayField
from partners.forms.guarded import laid_out


class TripForm(forms.ModelForm):
    """Where somebody will be: a place partners are in, or any other by its coordinates."""

    starts_on = DayField(label="From", initial=timezone.localdate)
    ends_on = DayField(label="To", initial=timezone.localdate)
    latitude = forms.FloatField(label="Latitude (optional)", min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label="Longitude (optional)", min_value=-180, max_value=180, required=False)

    class Meta:
        model = Trip
        fields = ["place", "starts_on", "ends_on", "radius_km", "latitude", "longitude"]
        labels = {"place": "Where will you be?", "radius_km": "Partners within (km)"}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.traveller = by
        self.places = known_places()
        self.fields["place"].widget.attrs |= {"list": "known-places", "autocomplete": "off"}
        self.fields["latitude"].help_text = "Only for a place where no partner is yet."

    @property
    def helper(self):
        return laid_out(*self.fields, submit="Save")

    def clean(self):
        trip = super().clean()
        here = trip.get("latitude"), trip.get("longitude")
        if here == (None, None) or (
            "place" in self.changed_data and not {"latitude", "longitude"} & {*self.changed_data}
        ):
            here = self.look_up(trip.get("place", ""))
        if "place" in trip and None in here:
            self.add_error("place", "Choose a place from the list, or give its latitude and its longitude.")
        trip["latitude"], trip["longitude"] = here
        return trip

    def look_up(self, place):
        """The middle of the partners there, however the place is spelled; nothing when none is."""
        spelled = {name.casefold(): here for name, here in self.places.items()}
        return spelled.get(" ".join(place.casefold().split()), (None, None))


class VisitsForm(forms.Form):
    """Who was visited: a tick, a line and perhaps a person for each partner near."""

    on = DayField(label="Visited on")

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.organizations = organizations
        self.fields["on"].widget.attrs["class"] = "form-control w-auto"
        for organization in organizations:
            there = [(person.pk, str(person)) for person in organization.there]
            self.fields |= {
                f"visited-{organization.pk}": forms.BooleanField(label=f"Visited {organization}", required=False),
                f"line-{organization.pk}": forms.CharField(label="In a line", max_length=500, required=False),
                f"person-{organization.pk}": forms.TypedChoiceField(
                    label="With", choices=[("", "Nobody named"), *there], coerce=int, empty_value=None, required=False
                ),
            }
            self.fields[f"visited-{organization.pk}"].widget.attrs["class"] = "form-check-input"
            self.fields[f"line-{organization.pk}"].widget.attrs["class"] = "form-control"
            self.fields[f"person-{organization.pk}"].widget.attrs["class"] = "form-select"

    def fields_of(self, organization):
        return [self[f"{name}-{organization.pk}"] for name in ("visited", "line", "person")]

    def clean_on(self):
        if (on := self.cleaned_data["on"]) > timezone.localdate():
            raise forms.ValidationError("That day is still to come. Log a visit once you were there.")
        return on

    def clean(self):
        heard = super().clean()
        if not self.visits():
            raise forms.ValidationError("Tick whom you visited.")
        return heard

    def visits(self):
        """(organization, person or None, a line) of each that was ticked; a line alone says it too."""
        heard = self.cleaned_data
        found = []
        for organization in self.organizations:
            ticked, line, pk = (heard.get(f"{name}-{organization.pk}") for name in ("visited", "line", "person"))
            if ticked or line:
                person = next((person for person in organization.there if person.pk == pk), None)
                found.append((organization, person, line or ""))
        return found
