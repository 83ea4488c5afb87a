from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet

from accounts.admin import HistoryAdmin
from partners.forms.fields import RowsField


class RecordAdmin(HistoryAdmin):
    """Every change is on record; going back to an old version is typed anew, so that it passes the same checks."""

    show_facets = admin.ShowFacets.ALLOW
    formfield_overrides = {models.ManyToManyField: {"form_class": RowsField}}

    def for_each(self, request, things, action, done):
        """Do it to each, and say of how many it was true and why not of the others."""
        count = 0
        for thing in things:
            try:
                count += bool(action(thing, by=request.user))
            except ValidationError as refused:
                self.message_user(request, refused.message, messages.WARNING)
        self.message_user(request, f"{count} of {len(things)} {done}.")


class DistinctNames(BaseInlineFormSet):
    """Refuses two rows of one form with the same name, which the database would."""

    key = str.casefold

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data.get("name") and not self._should_delete_form(form)]
        names = [type(self).key(form.cleaned_data["name"]) for form in kept]
        if len(set(names)) < len(names):
            raise ValidationError("The same name stands here twice.")
