from django.contrib import admin

from accounts.admin import HistoryAdmin
from partners.models import Touchpoint


@admin.register(Touchpoint)
class TouchpointAdmin(HistoryAdmin):
    list_display = ["organization", "kind", "happened_on", "person", "logged_by"]
    list_filter = ["kind", "logged_by"]
    list_select_related = ["organization", "person", "logged_by"]
    search_fields = ["organization__name", "summary"]
    autocomplete_fields = ["organization", "person"]
    readonly_fields = ["logged_by", "logged_at"]
    date_hierarchy = "happened_on"
    show_facets = admin.ShowFacets.ALLOW

    def formfield_for_choice_field(self, field, request, **kwargs):
        """A check-in call writes its own touchpoint; nobody logs one here and owes nothing."""
        if field.name == "kind":
            kwargs["choices"] = [choice for choice in Touchpoint.Kind.choices if choice[0] != Touchpoint.Kind.CALL]
        return super().formfield_for_choice_field(field, request, **kwargs)

    def get_readonly_fields(self, request, touch=None):
        written_by_a_call = touch and touch.kind == Touchpoint.Kind.CALL
        return (
            [*self.readonly_fields, "organization", "kind", "happened_on"]
            if written_by_a_call
            else self.readonly_fields
        )

    def has_delete_permission(self, request, touch=None):
        return touch is not None and touch.kind != Touchpoint.Kind.CALL

    def save_model(self, request, touch, form, change):
        if not change:
            touch.logged_by = request.user
        super().save_model(request, touch, form, change)
