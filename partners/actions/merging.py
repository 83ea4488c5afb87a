"""Two rows that are the same become one, and for 30 days they can be taken apart again. See ADR 8."""

import copy

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import record
from partners.journal import Blocked, Journal, WayBack
from partners.keys import name_key
from partners.models import (
    Affiliation,
    Intrapreneur,
    Merge,
    NotDuplicate,
    Organization,
    OtherEmail,
    Person,
    PreviousName,
    Succession,
)
from partners.signals import merging

KINDS = {Organization: Merge.Kind.ORGANIZATION, Person: Merge.Kind.PERSON}
MODELS = {kind: model for model, kind in KINDS.items()}


# What is chosen from one of the two, as a whole: the question → its columns.
CHOICES = {
    Organization: {
        "name": ["name"],
        "kind": ["kind"],
        "status": ["status", "ended_on"],
        "region": ["region"],
        "place": ["city", "state", "country", "latitude", "longitude"],
        "time_zone": ["time_zone"],
        "language": ["language"],
        "website": ["website"],
        "owner": ["owner"],
        "joined_on": ["joined_on"],
        "external_id": ["external_id"],
    },
    Person: {
        "name": ["name"],
        "organization": ["organization", "left_on"],
        "title": ["title"],
        "email": ["email"],
        "phone": ["phone"],
        "time_zone": ["time_zone"],
    },
}


def merge(kept, gone, *, choices, by, now=None):
    """Make one of two organizations or two people; `choices` says whose value stays: {"name": "kept" or "gone"}.

    Everything that points to `gone` points to `kept` afterwards. Merging twice is merging once.
    """
    try:
        return _merge(kept, gone, choices=choices, by=by, now=now or timezone.now())
    except IntegrityError:
        raise ValidationError("Somebody changed one of the two at the same moment. Nothing was merged; try again.")


@transaction.atomic
def _merge(kept, gone, *, choices, by, now):
    model, kind = type(kept), KINDS[type(kept)]
    if kept.pk == gone.pk:
        raise ValidationError("These are one already. Choose another one.")
    journal = Journal(by=by, reason=f"Merged {gone} into {kept}")
    merging.send(sender=model, kept=kept, gone=gone, journal=journal, now=now)
    rows = model.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    rows = {row.pk: row for row in rows}
    if done := Merge.objects.standing().filter(kind=kind, kept_id=kept.pk, gone_id=gone.pk).first():
        return done
    if len(rows) < 2:
        raise ValidationError("One of the two was merged or deleted meanwhile. Look again.")
    kept, gone = rows[kept.pk], rows[gone.pk]
    values = chosen(kept, gone, choices)
    PREPARE[model](journal, kept, gone, values, timezone.localdate(now))
    journal.absorb(kept, gone)
    become(journal, kept, values)
    return Merge.objects.create(
        kind=kind,
        kept_id=kept.pk,
        gone_id=gone.pk,
        gone_name=gone.name,
        gone_slug=getattr(gone, "slug", ""),
        undo={"steps": journal.steps},
        made_by=by,
        made_at=now,
    )


def chosen(kept, gone, choices):
    """The columns as they were chosen; where nobody chose, the kept one's, or the other's where it has none."""
    values = {}
    for question, names in CHOICES[type(kept)].items():
        default = "kept" if any(getattr(kept, name) for name in names) else "gone"
        source = gone if choices.get(question, default) == "gone" else kept
        values |= {name: getattr(source, name) for name in names}
    return values


def become(journal, kept, values):
    """Give the kept one the values that were chosen, if they go together."""
    changes = {name: value for name, value in values.items() if getattr(kept, name) != value}
    after = copy.copy(kept)
    for name, value in changes.items():
        setattr(after, name, value)
    after.validate_constraints()
    if changes:
        journal.change(kept, **changes)


def prepare_organizations(journal, kept, gone, values, today):
    """One of them keeps its intrapreneur and its successor; the name that is not chosen stays known."""
    role = gone.intrapreneurs.current().first()
    somebody_leads = kept.intrapreneurs.current().exists()
    if role and somebody_leads:
        journal.change(role, ended_on=max(today, role.started_on))
    for succession in gone.successions.open():
        if somebody_leads or kept.successions.open().exists():
            journal.change(succession, state=Succession.State.WITHDRAWN)
    final = name_key(values["name"])
    names = PreviousName.objects.filter(organization__in=[kept, gone])
    for again in names.filter(name_key=final):
        journal.remove(again)
    for name in {kept.name, gone.name}:
        if name_key(name) != final and not names.filter(name_key=name_key(name)).exists():
            journal.add(PreviousName(organization=kept, name=name, until=today))


def prepare_people(journal, kept, gone, values, today):
    """Both addresses stay theirs, one account stays open, and where they worked besides becomes a former place."""
    both, place = [kept, gone], values["organization"]
    elsewhere = Intrapreneur.objects.current().filter(person__in=both).exclude(organization=place).first()
    if elsewhere:
        raise ValidationError(f"{elsewhere.person} leads the work at {elsewhere.organization}. Hand over there first.")
    for succession in Succession.objects.filter(outgoing__in=both, successor__in=both):
        journal.remove(succession)
    waiting = Succession.objects.open().filter(successor__in=both).exclude(organization=place).first()
    if waiting:
        raise ValidationError(f"They are named to lead the work at {waiting.organization}. Take that back first.")
    if Intrapreneur.objects.current().filter(person__in=both).exists():
        values["left_on"] = None
    for was in both:
        known = Affiliation.objects.filter(person__in=both, organization=was.organization)
        if was.organization != place and not known.exists():
            facts = {"title": was.title, "ended_on": was.left_on or today}
            journal.add(Affiliation(person=kept, organization=was.organization, **facts))
    keep_addresses(journal, kept, gone, values["email"])
    if gone.user and kept.user:
        journal.change(gone.user, is_active=False)
    values["user"] = kept.user or gone.user


def keep_addresses(journal, kept, gone, final):
    others = OtherEmail.objects.filter(person__in=[kept, gone])
    for again in others.filter(email__iexact=final):
        journal.remove(again)
    for email in {kept.email, gone.email} - {"", final}:
        if email.lower() != final.lower() and not others.filter(email__iexact=email).exists():
            journal.add(OtherEmail(person=kept, email=email))


PREPARE = {Organization: prepare_organizations, Person: prepare_people}


@transaction.atomic
def undo_merge(merge, *, by, now=None):
    """Take a merge apart. What moved goes back if it was not moved on; what was added since stays. Twice is once."""
    now = now or timezone.now()
    if not Merge.objects.undoable(now).filter(pk=merge.pk).update(undone_at=now):
        if Merge.objects.standing().filter(pk=merge.pk).exists():
            raise ValidationError(f"That was on {merge.made_at:%d %b %Y}: a merge is taken apart within 30 days.")
        return False
    model = MODELS[merge.kind]
    model.objects.select_for_update(of=("self",)).filter(pk=merge.kept_id).first()
    if later := Merge.objects.standing().on_top_of(merge).first():
        raise ValidationError(f"{later.gone_name} was merged after that. Take that apart first.")
    way_back = WayBack(
        by=by,
        reason=f"Took {merge.gone_name} apart again",
        leads_to=leads_to,
        stays=lambda model, step: who_stays(merge, model, step),
    )
    try:
        way_back.go(merge.undo["steps"])
    except Blocked:
        raise ValidationError(
            f"Another record has the name, address or id of {merge.gone_name} now. Change that first."
        )
    if model is Organization:
        end_empty_roles(merge, by=by, today=timezone.localdate(now))
    return True


def leads_to(model, pk):
    """The row itself, or the one it was merged into; None if it was deleted."""
    pk = Merge.objects.leads_to(KINDS.get(model, ""), pk)
    return pk if model._base_manager.filter(pk=pk).exists() else None


def who_stays(merge, model, step):
    """Whoever leads the work at the kept organization since, or is named to, stays there."""
    if model is not Person or step["name"] != "organization":
        return set()
    here = Q(organization=step["now"])
    roles = Intrapreneur.objects.current().filter(here).exclude(pk__in=merge.moved("partners.intrapreneur"))
    named = Succession.objects.open().filter(here).exclude(pk__in=merge.moved("partners.succession"))
    return {*roles.values_list("person", flat=True), *named.values_list("successor", flat=True)}


def end_empty_roles(merge, *, by, today):
    """Who led the work at the one that is back, and works there no longer, does not lead it again."""
    roles = Intrapreneur.objects.current().filter(organization=merge.gone_id)
    for role in roles.exclude(person__organization=merge.gone_id, person__left_on=None):
        record.update(role, roles, by=by, ended_on=max(today, role.started_on))


@transaction.atomic
def tell_apart(one, other, *, by):
    """They are not the same: nobody is asked about these two again. Twice is once."""
    low, high = sorted([one.pk, other.pk])
    pair, _ = NotDuplicate.objects.get_or_create(
        kind=KINDS[type(one)], low_id=low, high_id=high, defaults={"said_by": by}
    )
    return pair


def ask_again(pair):
    """Take back that two were told apart. True when it was still so."""
    gone, _ = NotDuplicate.objects.filter(pk=pair.pk).delete()
    return bool(gone)
