"""What would be silent harm in production: `check --deploy` says so."""

from django.conf import settings
from django.core import checks


@checks.register(deploy=True)
def backups_are_made(app_configs, **kwargs):
    if settings.BACKUP_DIR:
        return []
    hint = "Set BACKUP_DIR, a folder that the worker can write to."
    return [checks.Warning("Nobody makes backups: what a broken disk takes is lost.", hint, id="network.W003")]


@checks.register(deploy=True)
def letters_leave(app_configs, **kwargs):
    found = []
    if "filebased" in settings.EMAIL_BACKEND:
        hint = "Set EMAIL_URL, such as smtp+tls://user:password@host:587."
        found.append(
            checks.Warning("No mail leaves this machine: letters are written to files.", hint, id="network.W001")
        )
    if not settings.REDIS_URL:
        hint = "Set REDIS_URL, such as redis://host:6379/0, or start everything as one process by `manage.py serve`."
        found.append(
            checks.Warning("The web server cannot reach a worker: letters wait for ever.", hint, id="network.W002")
        )
    return found
