from django.urls import path

from library import views

app_name = "library"
urlpatterns = [
    path("", views.resource_list, name="list"),
    path("add/", views.add, name="add"),
    path("<slug:slug>/", views.resource, name="resource"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
    path("<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:slug>/restore/", views.restore, name="restore"),
    path("<slug:slug>/file/", views.file, name="file"),
]
