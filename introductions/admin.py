from django.contrib import admin

from accounts.admin import HistoryAdmin
from introductions.models import Introduction, Party


class PartyInline(admin.TabularInline):
    model = Party
    extra = 0
    autocomplete_fields = ["organization", "person"]


@admin.register(Introduction)
class IntroductionAdmin(HistoryAdmin):
    list_display = ["__str__", "kind", "state", "written_by", "written_at"]
    list_filter = ["kind", "state", "written_at"]
    search_fields = ["parties__organization__name", "reason"]
    readonly_fields = ["state", "written_by", "written_at"]
    inlines = [PartyInline]

    def get_queryset(self, request):
        return super().get_queryset(request).for_list()
