from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self):
        from outbox import receivers  # noqa: F401, PLC0415 -- app ready
