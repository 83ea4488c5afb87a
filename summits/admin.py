from django.contrib import admin

from accounts.admin import HistoryAdmin
from summits.models import Summit


@admin.register(Summit)
class SummitAdmin(HistoryAdmin):
    list_display = ["name", "place", "starts_on", "ends_on"]
    search_fields = ["name", "place"]
    prepopulated_fields = {"slug": ["name"]}
