"""Many writers of one text, each through the form that staff use."""

import sys
from concurrent.futures import ThreadPoolExecutor

from django.core.management import call_command
from django.db import connection

from checkins.forms import ReviewForm
from checkins.models import CheckIn
from tests.factories import CheckInFactory, UserFactory

WRITERS, EDITS = 8, 40


def lost(call, users):
    """The words that are missing after every writer has added theirs, saving again whenever someone was faster."""

    def write(number):
        try:
            for edit in range(EDITS):
                while not added(call, f"w{number}e{edit}", by=users[number]):
                    pass
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    words = CheckIn.objects.get(pk=call.pk).notes.split()
    return {f"w{writer}e{edit}" for writer in range(WRITERS) for edit in range(EDITS)} - set(words)


def added(call, word, *, by):
    """Open the form, write a word behind what stands there, save. False when someone was faster."""
    opened = ReviewForm(instance=CheckIn.objects.get(pk=call.pk), by=by)
    typed = {"notes": f"{opened['notes'].value()} {word}".strip(), "seen": opened["seen"].value()}
    form = ReviewForm(typed, instance=CheckIn.objects.get(pk=call.pk), by=by)
    return form.is_valid() and form.save_changes()


def in_a_database_of_its_own():
    """For `manage.py shell`: writes how many words were lost."""
    call_command("migrate", verbosity=0)
    missing = lost(CheckInFactory(held=True), UserFactory.create_batch(WRITERS))
    sys.stdout.write(f"{len(missing)} lost\n")
