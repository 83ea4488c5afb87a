from django.contrib import admin

from summits.models import Summit


@admin.register(Summit)
class SummitAdmin(admin.ModelAdmin):
    list_display = ["name", "place", "starts_on", "ends_on"]
    search_fields = ["name", "place"]
    prepopulated_fields = {"slug": ["name"]}
