"""Lines of history for many organizations at once: each as it is now, with the whole set of its tags."""

from collections import defaultdict

from partners.models import Organization

BATCH = 500


def put_on_record(organizations, *, by, reason, update=True):
    """Call it after the write. Few statements, however many there are."""
    lines = Organization.history.bulk_history_create(
        organizations, update=update, batch_size=BATCH, default_user=by, default_change_reason=reason
    )
    tagged = defaultdict(list)
    for some in in_batches([organization.pk for organization in organizations]):
        for row in Organization.tags.through.objects.filter(organization__in=some):
            tagged[row.organization_id].append(row)
    Remembered = Organization.history.model.tags.model
    Remembered.objects.bulk_create(
        [
            Remembered(history=line, id=row.pk, organization_id=line.id, tag_id=row.tag_id)
            for line in lines
            for row in tagged[line.id]
        ],
        batch_size=BATCH,
    )


def in_batches(things, size=5000):
    """No database takes any number of parameters in one statement."""
    return [things[start : start + size] for start in range(0, len(things), size)]
