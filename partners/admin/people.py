from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from accounts.admin import HistoryAdmin
from partners import actions
from partners.admin.record import RecordAdmin
from partners.models import Intrapreneur, Person


class PersonAdminForm(forms.ModelForm):
    def clean_organization(self):
        organization = self.cleaned_data["organization"]
        if self.instance.pk and "organization" in self.changed_data:
            actions.check_free_to_go(self.instance)
        return organization


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    form = PersonAdminForm
    list_display = ["name", "title", "organization", "email", "user", "left_on"]
    list_filter = [("left_on", admin.EmptyFieldListFilter), ("user", admin.EmptyFieldListFilter)]
    list_select_related = ["organization", "user"]
    search_fields = ["name", "email", "organization__name"]
    autocomplete_fields = ["organization"]
    readonly_fields = ["user", "left_on", "created_at"]
    actions = ["invite", "mark_left"]

    def save_model(self, request, person, form, change):
        """Another organization is a move: history stays with the old one."""
        if change and "organization" in form.changed_data:
            to, person.organization = person.organization, Person.objects.get(pk=person.pk).organization
            actions.save_person(person, by=request.user)
            actions.move_person(person, to=to, by=request.user, title=person.title)
        else:
            actions.save_person(person, by=request.user)

    @admin.action(description="Invite to sign in")
    def invite(self, request, people):
        self.for_each(request, people.select_related("organization"), actions.invite, "invited")

    @admin.action(description="Mark as left today")
    def mark_left(self, request, people):
        self.for_each(request, people.select_related("organization"), actions.mark_left, "marked as left")


class HandOverAdminForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        organization, person, on = (cleaned.get(name) for name in ("organization", "person", "started_on"))
        if organization and person and on:
            current = organization.intrapreneurs.current().select_related("person").first()
            if current and current.person == person:
                raise ValidationError(f"{person} is the intrapreneur already.")
            actions.check_hand_over(organization, current, to=person, on=on)
        return cleaned


@admin.register(Intrapreneur)
class IntrapreneurAdmin(HistoryAdmin):
    """Adding a role is a handover: it ends the current one on the same day. Dates that were are not rewritten."""

    list_display = ["person", "organization", "started_on", "ended_on"]
    list_filter = [("ended_on", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "organization"]
    search_fields = ["person__name", "organization__name"]
    autocomplete_fields = ["person", "organization"]
    date_hierarchy = "started_on"
    show_facets = admin.ShowFacets.ALLOW
    fields = ["organization", "person", "started_on", "ended_on", "note"]

    def get_form(self, request, role=None, **kwargs):
        return super().get_form(request, role, **kwargs | ({} if role else {"form": HandOverAdminForm}))

    def get_readonly_fields(self, request, role=None):
        return ["organization", "person", "started_on", "ended_on"] if role else ["ended_on"]

    def has_delete_permission(self, request, role=None):
        return False

    def save_model(self, request, role, form, change):
        if change:
            super().save_model(request, role, form, change)
            return
        try:
            handed = actions.hand_over(
                role.organization, to=role.person, by=request.user, on=role.started_on, note=role.note
            )
        except ValidationError as overtaken:
            self.message_user(request, overtaken.message, messages.ERROR)
            handed = role.organization.intrapreneurs.current().get()
        role.pk = handed.pk
