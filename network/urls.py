from allauth.account.decorators import secure_admin_login
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
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
