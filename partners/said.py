"""What a partner said about itself, as a panel shows it: what stands, and what was withdrawn."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    kind: str
    current: list
    withdrawn: list


def said(model, organization, *, user):
    """The strengths or the challenges of an organization that this user may read."""
    rows = list(model.objects.visible_to(user).filter(organization=organization).with_parts())
    return Said(
        kind=model.kind,
        current=[row for row in rows if not row.withdrawn_on],
        withdrawn=[row for row in rows if row.withdrawn_on],
    )


def kept_by_the_hub(models, organization, *, user):
    """How many sentences about this organization its own people do not read."""
    noted = [model.objects.current().filter(organization=organization) for model in models]
    return sum(sentences.exclude(pk__in=sentences.visible_to(user)).count() for sentences in noted)
