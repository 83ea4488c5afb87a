from django.urls import path, register_converter

from partners.models import Challenge, Strength
from partners.views import directory, finding, home, importing, people, record, sentences


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
    path("find/", finding.find, name="find"),
    path("partners/", directory.directory, name="directory"),
    path("partners/add/", directory.add, name="add"),
    path("partners/import/", importing.import_start, name="import_start"),
    path("partners/import/<int:pk>/", importing.import_check, name="import_check"),
    path("partners/import/<int:pk>/confirm/", importing.import_confirm, name="import_confirm"),
    path("partners/import/<int:pk>/set-aside/", importing.import_rejected, name="import_rejected"),
    path("partners/<slug:slug>/", record.record, name="record"),
    path("partners/<slug:slug>/timeline/", record.timeline_of, name="timeline"),
    path("partners/<slug:slug>/edit/", directory.edit, name="edit"),
    path("partners/<slug:slug>/touchpoints/add/", record.add_touchpoint, name="add_touchpoint"),
    path("partners/<slug:slug>/intrapreneur/", people.hand_over, name="hand_over"),
    path("partners/<slug:slug>/people/add/", people.add_person, name="add_person"),
    path("partners/<slug:slug>/people/<int:pk>/", people.edit_person, name="edit_person"),
    path("partners/<slug:slug>/people/<int:pk>/left/", people.mark_left, name="mark_left"),
    path("partners/<slug:slug>/people/<int:pk>/invite/", people.invite_person, name="invite_person"),
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
