from django.contrib import admin

from partners.models import ColumnMapping, ImportRun


class ReceiptAdmin(admin.ModelAdmin):
    """To look at, and to clear away; written by the import alone."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(ImportRun)
class ImportRunAdmin(ReceiptAdmin):
    list_display = ["file_name", "state", "started_by", "started_at", "done_at"]
    list_filter = ["state", "started_by"]
    list_select_related = ["started_by"]
    search_fields = ["file_name"]
    date_hierarchy = "started_at"
    show_facets = admin.ShowFacets.ALLOW
    fields = ["file_name", "state", "fields", "counts", "started_by", "started_at", "done_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("rows", "set_aside", "written", "kept")


@admin.register(ColumnMapping)
class ColumnMappingAdmin(ReceiptAdmin):
    list_display = ["__str__", "changed_at"]
    search_fields = ["fields"]
