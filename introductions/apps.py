from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "introductions"

    def ready(self):
        from introductions import receivers  # noqa: F401, PLC0415 -- app ready
