from affinity.words import overlap, terms
from outbox import actions as outbox


def follow_up(checkin, followups, *, by):
    """The letter that brings what was promised on a call, as a draft; None when nobody there has an address."""
    reader = reader_of(checkin)
    if reader is None:
        return None
    numbers = "-".join(str(followup.pk) for followup in followups)
    return outbox.write(
        "checkins/follow_up",
        to_name=reader.name,
        to_email=reader.email,
        reply_to=by.email,
        about=checkin,
        dedupe_key=f"follow-up:{checkin.pk}:{numbers}",
        context={
            "reader": reader,
            "writer": by,
            "checkin": checkin,
            "connections": [connection(followup, checkin) for followup in followups if followup.partner],
            "resources": [followup.resource for followup in followups if followup.resource],
            "support": [followup.text for followup in followups if followup.kind == followup.Kind.SUPPORT],
        },
        by=by,
    )


def reader_of(checkin):
    """Whom to write to: who was on the call, else who leads the work there; None without an address."""
    role = checkin.organization.intrapreneurs.current().select_related("person").first()
    people = [checkin.person, role and role.person]
    return next((person for person in people if person and person.email), None)


def connection(followup, checkin):
    """What the letter may say of the other partner: who they are, and the strength that fits best.

    Only sentences all partners may read are quoted, and never anybody's challenge but the reader's own.
    """
    role = followup.partner.intrapreneurs.current().select_related("person").first()
    needs = terms(" ".join(checkin.challenges.values_list("text", flat=True)))
    strengths = followup.partner.strengths.current().printable()
    best = max(strengths, key=lambda strength: overlap(needs, terms(strength.text))[0], default=None)
    return {"partner": followup.partner, "person": role and role.person, "strength": best}
