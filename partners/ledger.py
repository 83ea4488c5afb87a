"""Everything anybody changed, in every app, newest first: each page costs one look at each history's newest lines."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import BigIntegerField, F, Q, Value
from django.utils.dateparse import parse_datetime

from accounts import record
from partners.models import Organization
from partners.told import midnight, name_of, told, with_earlier

PAGE = 50
NOWHERE = Value(None, output_field=BigIntegerField())


@dataclass(frozen=True)
class Line:
    """One row, changed once."""

    at: datetime
    by: object
    kind: str
    name: str
    changes: list
    organization: Organization | None


def kinds():
    """label → model, of everything that is on record."""
    return {model._meta.label_lower: model for model in record.models()}


def path_to_organization(model):
    """How a model leads to the partner it is about, as in `checkin__organization`; None where it leads to none."""
    if model is Organization:
        return "id"
    owned = [field for field in model._meta.concrete_fields if field.is_relation and not field.null]
    for field in owned:
        if field.related_model is Organization:
            return field.name
    for field in owned:
        if further := path_to_organization(field.related_model):
            return f"{field.name}__{further}"
    return None


def lines(*, kind="", by=None, automatic=False, organizations=None, since=None, until=None, before=""):
    """(a page of lines, what to ask for next). `before` is where the page before this one ended."""
    asked = {"by": by, "automatic": automatic, "organizations": organizations, "since": since, "until": until}
    found = []
    for label, model in kinds().items():
        if kind in ("", label) and (rows := of_model(model, label, before=before, **asked)) is not None:
            found += rows[: PAGE + 1]
    found.sort(key=place, reverse=True)
    page = found[:PAGE]
    return in_words(page), cursor(page[-1]) if len(found) > PAGE else ""


def of_model(model, label, *, by, automatic, organizations, since, until, before):
    """The history of one model, narrowed; None where it cannot be about those organizations."""
    path = path_to_organization(model)
    if organizations is not None and path is None:
        return None
    rows = with_earlier(model.history.all()).select_related("history_user")
    rows = rows.annotate(ledger_kind=Value(label), about_id=F(path) if path else NOWHERE)
    if by or automatic:
        rows = rows.filter(history_user=by)
    if organizations is not None:
        rows = rows.filter(**{f"{path}__in": organizations})
    if since:
        rows = rows.filter(history_date__gte=midnight(since))
    if until:
        rows = rows.filter(history_date__lt=midnight(until + timedelta(days=1)))
    if place := read_cursor(before):
        rows = rows.filter(before_place(label, *place))
    return rows.order_by("-history_date", "-history_id")


def before_place(label, at, other, pk):
    """What comes after (at, label, history_id) in an order that knows no ties."""
    if label == other:
        return Q(history_date__lt=at) | Q(history_date=at, history_id__lt=pk)
    return Q(history_date__lte=at) if label < other else Q(history_date__lt=at)


def place(row):
    return row.history_date, row.ledger_kind, row.history_id


def cursor(row):
    return f"{row.history_date.isoformat()} {row.ledger_kind} {row.history_id}"


def read_cursor(text):
    """What a page's address says; nonsense is the beginning."""
    at, _, rest = text.partition(" ")
    label, _, pk = rest.partition(" ")
    try:
        at = parse_datetime(at)
    except ValueError:
        at = None
    return (at, label, int(pk)) if at and at.tzinfo and pk.isdecimal() and len(pk) < 19 else None


def in_words(page):
    organizations = Organization.objects.in_bulk({row.about_id for row in page if row.about_id})
    changes = {}
    for label in {row.ledger_kind for row in page}:
        same = [row for row in page if row.ledger_kind == label]
        changes |= {(label, row.history_id): found for row, found in told(same)}
    return [
        Line(
            at=row.history_date,
            by=row.history_user,
            kind=str(apps.get_model(row.ledger_kind)._meta.verbose_name),
            name=name_of(row),
            changes=changes[row.ledger_kind, row.history_id],
            organization=organizations.get(row.about_id),
        )
        for row in page
        if changes[row.ledger_kind, row.history_id]  # some saves change nothing
    ]
