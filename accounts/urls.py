from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("me/", views.profile, name="profile"),
    path("me/theme/", views.theme, name="theme"),
    path("me/again/", views.sign_in_again, name="sign_in_again"),
    path("team/", views.team, name="team"),
    path("team/invite/", views.invite, name="invite"),
    path("team/<int:pk>/role/", views.change_role, name="change_role"),
    path("team/<int:pk>/deactivate/", views.deactivate, name="deactivate"),
    path("team/<int:pk>/reactivate/", views.reactivate, name="reactivate"),
]
