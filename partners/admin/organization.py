from django.contrib import admin

from accounts.admin import HistoryAdmin
from partners import actions
from partners.admin.record import DistinctNames, RecordAdmin
from partners.forms.organization import NamedForm
from partners.keys import name_key
from partners.models import Intrapreneur, Organization, PreviousName, Tag


@admin.register(Tag)
class TagAdmin(HistoryAdmin):
    search_fields = ["name"]


class DistinctPreviousNames(DistinctNames):
    key = staticmethod(name_key)


class PreviousNameInline(admin.TabularInline):
    model = PreviousName
    formset = DistinctPreviousNames
    extra = 0


class IntrapreneurInline(admin.TabularInline):
    """Who has led the work; handed over on the record page or under Intrapreneurs."""

    model = Intrapreneur
    fields = readonly_fields = ["person", "started_on", "ended_on", "note"]
    can_delete = False
    extra = 0

    def has_add_permission(self, request, obj):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("person", "organization")


@admin.register(Organization)
class OrganizationAdmin(RecordAdmin):
    form = NamedForm
    list_display = ["name", "kind", "status", "region", "place", "owner", "joined_on"]
    list_filter = ["status", "kind", "region", "owner"]
    list_select_related = ["owner"]
    search_fields = ["name", "previous_names__name", "city", "external_id"]
    autocomplete_fields = ["owner", "tags"]
    readonly_fields = ["slug", "created_at"]
    inlines = [PreviousNameInline, IntrapreneurInline]

    def save_model(self, request, organization, form, change):
        if change:
            actions.keep_name(Organization.objects.get(pk=organization.pk), organization.name, by=request.user)
        else:
            organization.slug = actions.free_slug(organization.name)
        super().save_model(request, organization, form, change)
