from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    name = "checkins"
    verbose_name = "check-ins"

    def ready(self):
        from checkins import receivers  # noqa: F401, PLC0415 -- app ready
