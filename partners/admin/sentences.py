from django import forms
from django.contrib import admin
from django.utils.text import Truncator

from accounts.admin import HistoryAdmin
from partners import actions
from partners.admin.record import DistinctNames, RecordAdmin
from partners.forms.sentence import refuse_twin
from partners.models import Challenge, Strength, Synonym, Topic


class SynonymInline(admin.TabularInline):
    model = Synonym
    formset = DistinctNames
    extra = 1


@admin.register(Topic)
class TopicAdmin(HistoryAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "synonyms__name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [SynonymInline]


class SentenceAdminForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean()
        refuse_twin(self.instance, cleaned.get("organization", self.instance.organization_id), cleaned.get("text"))
        return cleaned


class SentenceAdmin(RecordAdmin):
    """A sentence changes its standing by the same actions as on the record page."""

    form = SentenceAdminForm
    list_display = ["short", "organization", "reach", "source", "said_on", "withdrawn_on"]
    list_filter = ["reach", "source", ("withdrawn_on", admin.EmptyFieldListFilter)]
    list_select_related = ["organization"]
    search_fields = ["text", "organization__name"]
    autocomplete_fields = ["organization", "said_by", "topics"]
    readonly_fields = ["added_by", "added_at", "withdrawn_on"]
    date_hierarchy = "said_on"
    actions = ["withdraw", "restore"]

    @admin.display(description="sentence", ordering="text")
    def short(self, sentence):
        return Truncator(sentence.text).chars(80)

    def save_model(self, request, sentence, form, change):
        if not change:
            sentence.added_by = request.user
        super().save_model(request, sentence, form, change)

    @admin.action(description="Withdraw")
    def withdraw(self, request, sentences):
        self.for_each(request, sentences, actions.withdraw, "withdrawn")

    @admin.action(description="Bring back")
    def restore(self, request, sentences):
        self.for_each(request, sentences, actions.restore, "brought back")


@admin.register(Strength)
class StrengthAdmin(SentenceAdmin):
    pass


@admin.register(Challenge)
class ChallengeAdmin(SentenceAdmin):
    pass
