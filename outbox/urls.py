from django.urls import path

from outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.letter_list, name="list"),
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/html/", views.html, name="html"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/test/", views.test, name="test"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/retry/", views.retry, name="retry"),
    path("<int:pk>/arrived/", views.arrived, name="arrived"),
]
