from allauth.account.decorators import reauthentication_required, secure_admin_login
from allauth.account.views import password_set
from django.contrib import admin
from django.urls import include, path

# The admin has no second door: its sign-in is allauth's, with the same limits and second factor.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("partners.urls")),
    path("", include("checkins.urls")),
    path("resources/", include("library.urls")),
    path("introductions/", include("introductions.urls")),
    path("outbox/", include("outbox.urls")),
    path("summits/", include("summits.urls")),
    # Before allauth's own: a session left open must not be enough to set a first password.
    path(
        "accounts/password/set/",
        reauthentication_required(app="allauth.account")(password_set),
        name="account_set_password",
    ),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
