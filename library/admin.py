from django.contrib import admin

from accounts.admin import HistoryAdmin
from library import actions
from library.forms import ResourceForm
from library.models import Resource


@admin.register(Resource)
class ResourceAdmin(HistoryAdmin):
    """For repair. Files pass the same inspection, and nothing is deleted that somebody was sent."""

    form = ResourceForm
    list_display = ["title", "kind", "source", "sent_count", "useful_count", "added_at", "withdrawn_on"]
    list_filter = ["kind", ("withdrawn_on", admin.EmptyFieldListFilter), "topics"]
    list_select_related = ["source"]
    search_fields = ["title", "summary", "topics__name"]
    autocomplete_fields = ["topics", "source", "added_by"]
    readonly_fields = ["file_name", "file_type", "sent_count", "useful_count", "added_at", "added_by", "withdrawn_on"]
    date_hierarchy = "added_at"
    show_facets = admin.ShowFacets.ALLOW
    actions = ["withdraw", "restore"]

    def get_fields(self, request, resource=None):
        file = ["upload", "drop_file"] if resource and resource.file else ["upload"]
        return ["title", "kind", "link", *file, "summary", "topics", "source", "licence", *self.readonly_fields]

    def has_delete_permission(self, request, resource=None):
        return False

    def save_model(self, request, resource, form, change):
        form.keep(by=request.user)

    @admin.action(description="Withdraw from the library")
    def withdraw(self, request, resources):
        self.tell(request, resources, actions.withdraw, "withdrawn")

    @admin.action(description="Put back into the library")
    def restore(self, request, resources):
        self.tell(request, resources, actions.restore, "back in the library")

    def tell(self, request, resources, action, done):
        count = sum(action(resource, by=request.user) for resource in resources)
        self.message_user(request, f"{count} of {len(resources)} {done}.")
