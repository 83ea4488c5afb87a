from django.urls import path

from introductions import views

app_name = "introductions"
urlpatterns = [
    path("", views.introduction_list, name="list"),
    path("<int:pk>/", views.introduction, name="introduction"),
]
