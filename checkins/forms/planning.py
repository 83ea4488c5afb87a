from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Row, Submit
from django import forms
from django.core.validators import MaxValueValidator

from accounts.models import User
from checkins.models import Capacity, Leave
from partners.forms.fields import DayField


class CapacityForm(forms.Form):
    """What share of a round's calls each caller takes on: a field for everybody."""

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        said = dict(Capacity.objects.filter(round=round).values_list("caller", "units")) if round.pk else {}
        self.callers = {f"units-{caller.pk}": caller for caller in User.objects.callers()}
        units = Capacity._meta.get_field("units")
        most = next(each.limit_value for each in units.validators if isinstance(each, MaxValueValidator))
        for name, caller in self.callers.items():
            self.fields[name] = forms.IntegerField(
                label=str(caller), min_value=0, max_value=most, initial=said.get(caller.pk, Capacity.FULL)
            )

    def units(self):
        """caller → what was said."""
        return {caller: self.cleaned_data[name] for name, caller in self.callers.items()}

    @property
    def helper(self):
        helper = FormHelper()
        helper.layout = Layout(
            Row(*[Div(name, css_class="col-sm-6 col-md-4 col-lg-3") for name in self.fields]),
            StrictButton("Save shares", type="submit", css_class="btn-outline-secondary"),
        )
        return helper


class LeaveForm(forms.ModelForm):
    """Days without calls: one's own, or, for the overseer, anybody's."""

    starts_on = DayField(label="First day away")
    ends_on = DayField(label="Last day away")

    class Meta:
        model = Leave
        fields = ["caller", "starts_on", "ends_on"]
        labels = {"caller": "Who"}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if by.is_overseer:
            self.fields["caller"].queryset = User.objects.callers()
            self.fields["caller"].initial = by
        else:
            del self.fields["caller"]
            self.instance.caller = by

    @property
    def helper(self):
        helper = FormHelper()
        helper.layout = Row(*[Div(name, css_class="col-md-4") for name in self.fields])
        helper.add_input(Submit("", "Add"))
        return helper
