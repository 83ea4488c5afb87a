from django.contrib import admin, messages
from django.db import models

from accounts.admin import HistoryAdmin
from checkins import actions
from checkins.models import Attempt, CallDraft, CheckIn, Delivery, FollowUp, HandOver, Round
from partners.forms.fields import RowsField


class ReadOnly:
    """What only actions write: to be looked at here, not changed."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class FollowUpInline(ReadOnly, admin.TabularInline):
    model = FollowUp
    fields = ["kind", "partner", "resource", "text", "promised_for", "promised_by"]
    extra = 0


class AttemptInline(ReadOnly, admin.TabularInline):
    model = Attempt
    extra = 0


@admin.register(Round)
class RoundAdmin(HistoryAdmin):
    list_display = ["year", "starts_on", "ends_on"]


@admin.register(CheckIn)
class CheckInAdmin(HistoryAdmin):
    list_display = ["organization", "caller", "state", "due_on", "held_on", "round"]
    list_filter = ["state", "round", "channel", "caller"]
    list_select_related = ["organization", "caller", "round"]
    search_fields = ["organization__name", "caller__name", "notes"]
    autocomplete_fields = ["organization", "person", "caller", "strengths", "challenges"]
    formfield_overrides = {models.ManyToManyField: {"form_class": RowsField}}
    readonly_fields = ["state", "opened_at", "held_on", "closed_by", "closed_at", "scheduled_at"]
    date_hierarchy = "due_on"
    inlines = [AttemptInline, FollowUpInline]
    actions = ["close"]

    @admin.action(description="Close the calls that gave something back")
    def close(self, request, checkins):
        """The same rule as everywhere: nothing given, nothing closed."""
        for checkin in checkins.select_related("organization"):
            try:
                actions.close(checkin)
            except actions.NothingGiven as reason:
                self.message_user(request, f"{checkin}: {reason}", messages.ERROR)
            else:
                self.message_user(request, f"{checkin} is closed.", messages.SUCCESS)

    def save_model(self, request, checkin, form, change):
        """Moving a call here is a decision too: a plan leaves it alone."""
        checkin.by_hand |= change and not {"caller", "due_on"}.isdisjoint(form.changed_data)
        super().save_model(request, checkin, form, change)

    def has_delete_permission(self, request, obj=None):
        """A call that was held is the hub's memory; one that is only planned may go."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_pending)

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnly, HistoryAdmin):
    list_display = ["__str__", "kind", "checkin", "promised_by", "promised_for", "given"]
    list_filter = ["kind", "promised_by", "promised_for"]
    list_select_related = ["checkin__organization", "promised_by", "partner", "resource", "delivery"]
    search_fields = ["checkin__organization__name", "text", "resource__title", "partner__name"]
    date_hierarchy = "promised_for"

    @admin.display(boolean=True)
    def given(self, followup):
        return followup.is_given


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, HistoryAdmin):
    list_display = ["followup", "given_on", "given_by", "landed"]
    list_filter = ["landed", "given_on"]
    list_select_related = ["followup__partner", "followup__resource", "given_by"]
    search_fields = ["followup__checkin__organization__name", "note"]


@admin.register(HandOver)
class HandOverAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["checkin", "from_caller", "to_caller", "reason", "made_at"]
    list_select_related = ["checkin__organization", "from_caller", "to_caller"]
    search_fields = ["checkin__organization__name", "reason"]


@admin.register(Attempt)
class AttemptAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["checkin", "outcome", "made_by", "made_at", "note"]
    list_filter = ["outcome", "made_at"]
    list_select_related = ["checkin__organization", "made_by"]
    search_fields = ["checkin__organization__name", "note"]


@admin.register(CallDraft)
class CallDraftAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["checkin", "saved_by", "saved_at", "version"]
    list_select_related = ["checkin__organization", "saved_by"]
