from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self):
        from partners import receivers  # noqa: F401, PLC0415 -- app ready
