"""What a merge does to the rows of the database, written down step by step so that it can be taken apart again.

No model is named here: what points where is asked of Django, so that apps above are covered, and models to come.
"""

from collections import Counter
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import F, OuterRef, Q, Subquery, UniqueConstraint

from accounts import record


@dataclass(frozen=True)
class Reference:
    """A column by which rows of a model point to rows of another."""

    target: type[models.Model]
    model: type[models.Model]
    name: str
    column: str
    where: Q | None = None

    def rows(self, pk):
        return self.model._base_manager.filter(self.where or Q(), **{self.column: pk})

    def twins(self, *, going, staying):
        """Rows that point to `going` and would double one that points to `staying`: the pk of one → of the other."""
        found = {}
        for others, condition in unique_sets(self.model, self.name):
            keys = {f"key{number}": other for number, other in enumerate(others)}
            rows = self.model._base_manager.filter(condition).annotate(**keys)
            same = rows.filter(**{self.column: staying}, **{key: OuterRef(key) for key in keys})
            doubles = rows.filter(**{self.column: going}).annotate(twin=Subquery(same.order_by().values("pk")[:1]))
            found |= dict(doubles.filter(twin__isnull=False).order_by("pk").values_list("pk", "twin"))
        return found


def references(model):
    """Every column that points to this model, in through tables too. Lines of history stay as they were written."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.field.db_constraint:
            yield Reference(model, relation.related_model, relation.field.name, relation.field.attname)
    for other in apps.get_models():
        for field in other._meta.private_fields:
            if isinstance(field, GenericForeignKey):
                kind = ContentType.objects.get_for_model(model)
                yield Reference(model, other, field.name, field.fk_field, Q(**{field.ct_field: kind}))


def unique_sets(model, name):
    """In what else two rows must differ that agree in the field `name`: lists of columns, each with a condition."""
    meta = model._meta
    sets = [([F(field.name)], None) for field in meta.local_fields if field.unique]
    sets += [([F(part) for part in together], None) for together in meta.unique_together]
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            parts = constraint.expressions or [F(part) for part in constraint.fields]
            sets.append((list(parts), constraint.condition))
    return [
        ([part for part in parts if part != F(name)], condition or Q()) for parts, condition in sets if F(name) in parts
    ]


class Journal:
    """Steps taken under somebody's name, for a reason; `steps` can be kept as JSON."""

    def __init__(self, *, by, reason):
        self.by, self.reason = by, reason[:100]
        self.steps = []

    def absorb(self, kept, gone):
        """What points to `gone` points to `kept`; a row that would double another is absorbed by it. `gone` goes."""
        for reference in references(type(gone)):
            self.move(reference, gone.pk, kept.pk)
        self.remove(gone)

    def move(self, reference, gone, kept):
        rows = reference.model._base_manager
        for double, twin in reference.twins(going=gone, staying=kept).items():
            self.absorb(rows.get(pk=twin), rows.get(pk=double))
        pks = list(reference.rows(gone).values_list("pk", flat=True))
        if pks:
            rows.filter(pk__in=pks).update(**{reference.column: kept})
            facts = {"target": reference.target._meta.label_lower, "name": reference.name, "column": reference.column}
            self.write("moved", reference.model, **facts, rows=pks, was=gone, now=kept)
            note(rows.filter(pk__in=pks), self.by, self.reason)

    def remove(self, row):
        """Past Django's cascade on purpose: should anything still point here, the database refuses."""
        self.write("removed", type(row), row=row.pk, fields=packed(row))
        note([row], self.by, self.reason)
        rows = type(row)._base_manager.filter(pk=row.pk)
        rows._raw_delete(rows.db)

    def change(self, row, **values):
        """Give a row other values; the undo puts back those that are still as they are now."""
        was = packed(row, *values)
        for name, value in values.items():
            setattr(row, name, value)
        record.save(row, by=self.by)
        self.write("changed", type(row), row=row.pk, was=was, now=packed(row, *values))

    def add(self, row):
        record.save(row, by=self.by)
        self.write("added", type(row), row=row.pk)

    def write(self, did, model, **facts):
        self.steps.append({"did": did, "model": model._meta.label_lower, **facts})


class Blocked(Exception):
    """What was removed cannot come back: another row has taken its place."""


class WayBack:
    """Takes a journal apart, last step first. What was changed, moved on or deleted since is left as it is.

    `leads_to(model, pk)` is the row that stands for a row which is gone; `stays(model, step)` the rows not to move.
    """

    def __init__(self, *, by, reason, leads_to, stays):
        self.by, self.reason = by, reason[:100]
        self.leads_to, self.stays = leads_to, stays

    def go(self, steps):
        """The last row that was removed must come back, else `Blocked`; another one only if its place is free."""
        last = max((number for number, step in enumerate(steps) if step["did"] == "removed"), default=None)
        for number, step in reversed(list(enumerate(steps))):
            came_back = getattr(self, step["did"])(apps.get_model(step["model"]), step)
            if number == last and not came_back:
                raise Blocked

    def moved(self, model, step):
        target = apps.get_model(step["target"])
        if not target._base_manager.filter(pk=step["was"]).exists():
            return
        reference, column = Reference(target, model, step["name"], step["column"]), step["column"]
        left = {*reference.twins(going=step["now"], staying=step["was"]), *self.stays(model, step)}
        rows = model._base_manager.filter(pk__in=set(step["rows"]) - left, **{column: step["now"]})
        back = list(rows.values_list("pk", flat=True))
        rows.update(**{column: step["was"]})
        note(model._base_manager.filter(pk__in=back), self.by, self.reason)

    def removed(self, model, step):
        row = unpacked(model, step["fields"])
        for field in model._meta.concrete_fields:
            if field.is_relation and (pk := getattr(row, field.attname)) is not None:
                setattr(row, field.attname, self.leads_to(field.related_model, pk))
        try:
            with transaction.atomic():
                row.save_base(raw=True, force_insert=True)
        except IntegrityError:
            return False
        note([row], self.by, self.reason)
        return True

    def changed(self, model, step):
        if row := model._base_manager.filter(pk=step["row"]).first():
            as_left = {name for name, value in packed(row, *step["now"]).items() if value == step["now"][name]}
            was = unpacked(model, {name: value for name, value in step["was"].items() if name in as_left})
            for name in as_left:
                column = model._meta.get_field(name).attname
                setattr(row, column, getattr(was, column))
            if as_left:
                record.save(row, by=self.by)

    def added(self, model, step):
        if row := model._base_manager.filter(pk=step["row"]).first():
            record.delete(row, model._base_manager.all(), by=self.by)


def packed(row, *names):
    """These columns of a row, or all of them, as JSON can keep them."""
    fields = [field for field in row._meta.concrete_fields if not names or field.name in names]
    return {field.name: plain(field, row) for field in fields}


def plain(field, row):
    value = getattr(row, field.attname)
    return value if isinstance(value, str | int | float | list | dict | None) else field.value_to_string(row)


def unpacked(model, fields):
    """A row with these columns, not saved."""
    columns = {model._meta.get_field(name): value for name, value in fields.items()}
    return model(**{field.attname: field.to_python(value) for field, value in columns.items()})


def note(rows, by, reason):
    """A line of history for each row, where its model keeps one."""
    rows = list(rows)
    if rows and hasattr(rows[0], "history"):
        type(rows[0]).history.bulk_history_create(rows, update=True, default_user=by, default_change_reason=reason)


def counted(row):
    """What a merge of this row would move: [(how many, of what)]."""
    counts = Counter()
    for reference in references(type(row)):
        counts[what_is_at(reference.model)] += reference.rows(row.pk).count()
    return named(counts)


def told(steps):
    """What the steps of a merge moved, as `counted`."""
    counts = Counter()
    for step in steps:
        if step["did"] == "moved":
            counts[what_is_at(apps.get_model(step["model"]))] += len(step["rows"])
    return named(counts)


def what_is_at(model):
    """The model itself, or what its through table leads to."""
    return model._meta.local_fields[-1].related_model if model._meta.auto_created else model


def named(counts):
    nouns = {model: (model._meta.verbose_name, model._meta.verbose_name_plural) for model in counts}
    return sorted((count, str(nouns[model][count != 1])) for model, count in counts.items() if count)
