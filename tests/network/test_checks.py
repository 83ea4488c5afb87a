from network import checks


def ids():
    return [problem.id for problem in checks.letters_leave(None)]


def test_production_is_told_what_would_keep_its_letters(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.REDIS_URL = ""

    assert ids() == ["network.W001", "network.W002"]


def test_with_mail_and_a_broker_there_is_nothing_to_say(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.REDIS_URL = "redis://queue.example.org:6379/0"

    assert ids() == []


def test_production_is_told_that_it_has_no_backups(settings):
    settings.BACKUP_DIR = ""

    assert [problem.id for problem in checks.backups_are_made(None)] == ["network.W003"]


def test_with_a_place_for_backups_there_is_nothing_to_say(settings):
    settings.BACKUP_DIR = "backups"

    assert checks.backups_are_made(None) == []
