from django.urls import path, register_converter

from partners.models import Challenge, Strength
from partners.views import (
    brief,
    bulk,
    directory,
    duplicates,
    exporting,
    finding,
    home,
    importing,
    ledger,
    lists,
    merging,
    people,
    record,
    rights,
    sentences,
    succession,
    trash,
)


class SentenceConverter:
    """ "strength" or "challenge" in an address is the model."""

    models = {model.kind: model for model in (Strength, Challenge)}
    regex = "|".join(models)

    def to_python(self, value):
        return self.models[value]

    def to_url(self, value):
        return getattr(value, "kind", value)


register_converter(SentenceConverter, "sentence")

app_name = "partners"
urlpatterns = [
    path("home/", home.home, name="home"),
    path("home/details/", home.edit_details, name="edit_details"),
    path("home/organization/", home.correct_organization, name="correct_organization"),
    path("home/successor/", succession.name_successor, name="name_successor"),
    path("home/data/", rights.about_me, name="held"),
    path("home/data/download/", rights.take_mine, name="held_download"),
    path("home/data/erasure/", rights.ask_erasure, name="ask_erasure"),
    path("home/data/<sentence:model>/<int:pk>/withdraw/", rights.withdraw_mine, name="withdraw_mine"),
    path("find/", finding.find, name="find"),
    path("changes/", ledger.changes, name="changes"),
    path("changes/readings/", ledger.readings, name="readings"),
    path("trash/", trash.trash, name="trash"),
    path("trash/<str:kind>/<int:pk>/restore/", trash.restore_deleted, name="restore_deleted"),
    path("partners/", directory.directory, name="directory"),
    path("partners/add/", directory.add, name="add"),
    path("partners/import/", importing.import_start, name="import_start"),
    path("partners/import/<int:pk>/", importing.import_check, name="import_check"),
    path("partners/import/<int:pk>/confirm/", importing.import_confirm, name="import_confirm"),
    path("partners/import/<int:pk>/set-aside/", importing.import_rejected, name="import_rejected"),
    path("partners/import/<int:pk>/undo/", importing.import_undo, name="import_undo"),
    path("partners/bulk/", bulk.change_many, name="change_many"),
    path("partners/bulk/<int:pk>/", bulk.bulk_change, name="bulk_change"),
    path("partners/bulk/<int:pk>/undo/", bulk.undo_many, name="undo_many"),
    path("partners/export/", exporting.export, name="export"),
    path("partners/columns/", lists.choose_columns, name="choose_columns"),
    path("partners/views/save/", lists.save_view, name="save_view"),
    path("partners/views/<int:pk>/", lists.edit_view, name="edit_view"),
    path("partners/views/<int:pk>/filters/", lists.keep_filters, name="keep_filters"),
    path("partners/views/<int:pk>/delete/", lists.delete_view, name="delete_view"),
    path("partners/views/<int:pk>/restore/", lists.restore_view, name="restore_view"),
    path("partners/duplicates/", duplicates.duplicates, name="duplicates"),
    path("partners/duplicates/not/", duplicates.tell_apart, name="tell_apart"),
    path("partners/duplicates/not/<int:pk>/ask-again/", duplicates.ask_again, name="ask_again"),
    path("partners/merges/<int:pk>/", merging.merged, name="merged"),
    path("partners/merges/<int:pk>/undo/", merging.undo_merge, name="undo_merge"),
    path("partners/<slug:slug>/", record.record, name="record"),
    path("partners/<slug:slug>/timeline/", record.timeline_of, name="timeline"),
    path("partners/<slug:slug>/brief/", brief.print_brief, name="brief"),
    path("partners/<slug:slug>/edit/", directory.edit, name="edit"),
    path("partners/<slug:slug>/merge/", merging.merge, name="merge"),
    path("partners/<slug:slug>/touchpoints/add/", record.add_touchpoint, name="add_touchpoint"),
    path("partners/<slug:slug>/intrapreneur/", succession.hand_over, name="hand_over"),
    path("partners/<slug:slug>/intrapreneur/take-back/", succession.take_back, name="take_back"),
    path("partners/<slug:slug>/people/add/", people.add_person, name="add_person"),
    path("partners/<slug:slug>/people/<int:pk>/", people.edit_person, name="edit_person"),
    path("partners/<slug:slug>/people/<int:pk>/left/", people.mark_left, name="mark_left"),
    path("partners/<slug:slug>/people/<int:pk>/move/", succession.move_person, name="move_person"),
    path("partners/<slug:slug>/people/<int:pk>/merge/", merging.merge_person, name="merge_person"),
    path("partners/<slug:slug>/people/<int:pk>/invite/", people.invite_person, name="invite_person"),
    path("partners/<slug:slug>/people/<int:pk>/data/", rights.about_person, name="person_held"),
    path("partners/<slug:slug>/people/<int:pk>/data/download/", rights.take_theirs, name="person_download"),
    path("partners/<slug:slug>/people/<int:pk>/erase/", rights.erase, name="erase"),
    path("partners/<slug:slug>/<sentence:model>/add/", sentences.add_sentence, name="add_sentence"),
    path("partners/<slug:slug>/<sentence:model>/<int:pk>/", sentences.edit_sentence, name="edit_sentence"),
    path(
        "partners/<slug:slug>/<sentence:model>/<int:pk>/withdraw/",
        sentences.withdraw_sentence,
        name="withdraw_sentence",
    ),
    path(
        "partners/<slug:slug>/<sentence:model>/<int:pk>/restore/",
        sentences.restore_sentence,
        name="restore_sentence",
    ),
]
