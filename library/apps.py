from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"

    def ready(self):
        from library import receivers  # noqa: F401, PLC0415 -- app ready
