from django.contrib import admin, messages

from accounts.admin import HistoryAdmin
from outbox import actions
from outbox.models import Letter


@admin.register(Letter)
class LetterAdmin(HistoryAdmin):
    """For repair. Letters are written by the apps, and every step is the same action as on the outbox page."""

    list_display = ["subject", "to_name", "to_email", "state", "kind", "changed_at", "sent_at"]
    list_filter = ["state", "kind"]
    search_fields = ["subject", "to_name", "to_email", "message_id"]
    date_hierarchy = "created_at"
    show_facets = admin.ShowFacets.ALLOW
    actions = ["approve", "retry", "discard"]
    words = ["subject", "text"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("written_by", "approved_by")

    def get_fields(self, request, letter=None):
        return self.words + [name for name in self.facts() if name != "html"]

    def get_readonly_fields(self, request, letter=None):
        return self.facts() if letter and letter.is_draft else self.words + self.facts()

    def facts(self):
        return [field.name for field in Letter._meta.fields if field.name not in ("id", *self.words)]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, letter=None):
        return False

    def save_model(self, request, letter, form, change):
        words = {name: form.cleaned_data.get(name, getattr(letter, name)) for name in self.words}
        if not actions.edit(letter, **words, by=request.user):
            self.message_user(request, "Nothing was saved: it is no longer that draft.", messages.WARNING)

    @admin.action(description="Approve and send the chosen drafts")
    def approve(self, request, letters):
        self.tell(request, letters, actions.approve, "on their way")

    @admin.action(description="Try again what failed or is in doubt")
    def retry(self, request, letters):
        self.tell(request, letters, actions.retry, "on their way again")

    @admin.action(description="Discard the chosen drafts")
    def discard(self, request, letters):
        self.tell(request, letters, actions.discard, "discarded")

    def tell(self, request, letters, action, done):
        count = sum(action(letter, by=request.user) for letter in letters)
        self.message_user(request, f"{count} of {len(letters)} {done}.")
