"""Rows on their way into the database: numbered here, so that they may point at each other before they are written."""

from collections import defaultdict
from functools import cache
from itertools import count

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

BATCH = 2000


@cache
def history_of(model):
    return model.history.model


class Rows:
    """Collects rows, gives each its number at once, and writes them in bulk.

    The database checks foreign keys when the transaction ends, so a closed call may be written before the delivery
    that closes it; every other constraint is checked row by row.
    """

    def __init__(self):
        self.waiting = defaultdict(list)
        self.numbers = {}

    def add(self, row):
        model = type(row)
        if model not in self.numbers:
            self.numbers[model] = count((model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1)
        row.pk = next(self.numbers[model])
        self.waiting[model].append(row)
        return row

    def link(self, relation, **ends):
        """A row of a many-to-many relation: `link(Strength.topics, strength=s, topic=t)`."""
        return self.add(relation.through(**ends))

    def record(self, row, *, at, by, kind="+", links=(), **was):
        """A line of history: the row as it is or, by name, as it was, with the links of its many-to-many field."""
        history = history_of(type(row))
        values = {column.attname: getattr(row, column.attname) for column in history.tracked_fields}
        line = self.add(
            history(**{**values, **was}, history_date=at, history_type=kind, history_user_id=by.pk if by else None)
        )
        for relation in history._history_m2m_fields:
            through = getattr(history, f"{history._meta.model_name}_{relation.name}_set").rel.related_model
            for link in links:
                self.add(
                    through(history=line, **{end.attname: getattr(link, end.attname) for end in link._meta.fields})
                )
        return line

    def write(self):
        """Write what waits, and forget it."""
        for model, rows in self.waiting.items():
            model._base_manager.bulk_create(rows, batch_size=BATCH)
        self.waiting.clear()
        # The database goes on numbering where we stopped (SQLite does by itself).
        statements = connection.ops.sequence_reset_sql(no_style(), list(self.numbers))
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
