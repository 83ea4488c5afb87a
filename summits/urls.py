from django.urls import path

from summits import views

app_name = "summits"
urlpatterns = [path("next/", views.next_summit, name="next")]
