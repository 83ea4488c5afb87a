"""What the calls gave back: promises, deliveries by letter or by hand, introductions, and whether it helped."""

from collections import defaultdict
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType

from affinity.words import overlap, terms
from checkins.actions import promise_by
from checkins.models import CheckIn, Delivery, FollowUp
from introductions.models import Introduction, Party
from network.demo.days import at, working_day
from outbox import letters
from outbox.models import Letter

RESEARCH = {"research", "data"}
HELPED = {"yes": 54, "not yet": 13, "no": 8, "": 25}


class Giving:
    """Finds what fits a call, and keeps count of what the library gave."""

    def __init__(self, tile, library):
        self.tile, self.library = tile, library
        self.good_at = defaultdict(list)
        for partner in tile.partners:
            if partner.is_active:
                for line in partner.strengths:
                    self.good_at[line.subject].append((partner, line))

    def subjects_of(self, call):
        lines = call.challenges or call.strengths or call.partner.challenges
        return [line.subject for line in lines] or [*self.library]


def make(tile, library):
    giving = Giving(tile, library)
    for partner in tile.partners:
        for call in partner.calls:
            if not call.told:
                give_back(giving, call)
    return giving


def give_back(giving, call):
    """One to three follow-ups; the newest calls may still be owed."""
    tile, rng = giving.tile, call.rng
    number, days = rng.choice([1, 1, 2, 2, 3]), rng.randint(0, 9)
    by_letter, owing, drafted = rng.random() < 0.75, rng.random(), rng.random()
    promised = [one for _ in range(number) if (one := promise(giving, call, rng))]
    promised = promised or [promise(giving, call, rng, kind=FollowUp.Kind.SUPPORT)]
    age = (tile.today - call.day).days
    given_on = working_day(call.day + timedelta(days=days), back=False)
    if given_on >= tile.today or owing < (0.25 if age < 30 else 0.05 if age < 130 else 0):
        if drafted < 0.4 and call.checkin.person.email:
            letter(tile, call, promised, rng)
        return
    late = [] if age > 60 or owing < 0.9 else promised[1:]
    kept = [one for one in promised if one not in late]
    if by_letter and call.checkin.person.email:
        sent = letter(tile, call, kept, rng, sent_on=given_on)
        deliveries = [deliver(tile, call, one, rng, on=given_on, letter=sent) for one in kept]
    else:
        note = tile.line("by hand", rng, call.partner)
        deliveries = [deliver(tile, call, one, rng, on=given_on, note=note) for one in kept]
    close(call, deliveries, rng)


def promise(giving, call, rng, *, kind=None, partner=None, resource=None, text="", by=None, on=None, until=None):
    """A follow-up that fits what was said; None where the draw repeats one of this call."""
    tile, checkin = giving.tile, call.checkin
    kind = kind or rng.choices(FollowUp.Kind.values, [36, 22, 27, 15])[0]
    subject = rng.choice(giving.subjects_of(call))
    if kind == FollowUp.Kind.CONNECTION:
        partner = partner or knows(giving, call, subject, rng)
    elif kind != FollowUp.Kind.SUPPORT:
        fitting = [one for one in giving.library[subject] if (one.kind in RESEARCH) == (kind == "research")]
        resource = resource or rng.choice(fitting)
    else:
        text = text or tile.line("support", rng, call.partner)
    what = partner or resource or text
    if not what or what in call.promised:
        return None
    call.promised.append(what)
    by, on = by or checkin.caller, on or call.day
    row = FollowUp(
        checkin=checkin,
        kind=kind,
        partner=partner and partner.organization,
        introduction=partner and introduce(tile, call.partner, partner, subject, by=by, on=on, rng=rng),
        resource=resource,
        text=text,
        promised_for=until or promise_by(on),
        promised_by=by,
        promised_at=at(on, rng),
    )
    return tile.rows.add(row)


def knows(giving, call, subject, rng):
    """Another active partner who says they are good at it."""
    others = [partner for partner, _ in giving.good_at[subject] if partner is not call.partner]
    return rng.choice(others) if others else None


def introduce(tile, one, other, subject, *, by, on, rng):
    introduction = tile.rows.add(
        Introduction(
            kind=rng.choices(Introduction.Kind.values, [78, 14, 3, 5])[0],
            reason=f"{one.organization} finds {subject.lower()} hard; {other.organization} says it is good at it.",
            written_by=by,
            written_at=at(on, rng),
        )
    )
    for side in (one, other):
        tile.rows.add(Party(introduction=introduction, organization=side.organization, person=side.lead))
    return introduction


def deliver(tile, call, followup, rng, *, on, letter=None, note="", landed=None):
    """A promise kept. Whether it helped is asked three weeks later, and often answered."""
    asked_on = on + timedelta(days=rng.randint(21, 48))
    answer, remark = rng.choices([*HELPED], [*HELPED.values()])[0], rng.random()
    answer = landed if landed is not None else answer if asked_on < tile.today else ""
    delivery = tile.rows.add(
        Delivery(
            followup=followup,
            given_on=on,
            given_by=followup.promised_by,
            letter=letter,
            note=note,
            landed=answer,
            landed_on=asked_on if answer else None,
            landed_note=tile.line("landed", rng, call.partner) if answer and remark < 0.3 else "",
        )
    )
    if resource := followup.resource:
        resource.sent_count += 1
        resource.useful_count += answer == Delivery.Landed.YES
    return delivery


def close(call, deliveries, rng):
    first = deliveries[0]
    call.checkin.state = CheckIn.State.CLOSED
    call.checkin.closed_by = first
    call.checkin.closed_at = first.letter.sent_at if first.letter else at(first.given_on, rng)


def letter(tile, call, followups, rng, *, sent_on=None, by=None, written_on=None):
    """The letter that brings them, in the words of the real one: sent on that day, or still a draft."""
    checkin, reader, by = call.checkin, call.checkin.person, by or call.checkin.caller
    subject, text = letters.render("checkins/follow_up", context(tile, call, followups, reader, by))
    key = f"follow-up:{checkin.pk}:{'-'.join(str(followup.pk) for followup in followups)}"
    when = at(sent_on or written_on or call.day, rng)
    row = Letter(
        kind="checkins/follow_up",
        to_name=reader.name,
        to_email=reader.email,
        reply_to=by.email,
        subject=subject,
        text=text,
        html=letters.html(subject=subject, text=text),
        about_type=ContentType.objects.get_for_model(CheckIn),
        about_id=checkin.pk,
        dedupe_key=key,
        message_id=letters.message_id(key),
        written_by=by,
        created_at=when,
        changed_at=when,
    )
    if sent_on:
        row.state, row.tries = Letter.State.SENT, 1
        row.approved_by, row.approved_at = by, when + timedelta(minutes=4)
        row.claimed_at = row.sent_at = row.changed_at = when + timedelta(minutes=5)
    tile.rows.add(row)
    for followup in followups:
        followup.letter = row
    return row


def context(tile, call, followups, reader, writer):
    return {
        "to_name": reader.name,
        "by": writer,
        "reader": reader,
        "writer": writer,
        "checkin": call.checkin,
        "connections": [
            connection(call, tile.partner_of(followup.partner)) for followup in followups if followup.partner_id
        ],
        "resources": [followup.resource for followup in followups if followup.resource],
        "support": [followup.text for followup in followups if followup.text],
    }


def connection(call, other):
    """As the real letter: of another partner it quotes strengths alone, and only those all partners may read."""
    needs = terms(" ".join(line.row.text for line in call.challenges))
    open_to_all = [line.row for line in other.strengths if line.row.is_printable and not line.row.withdrawn_on]
    best = max(open_to_all, key=lambda row: overlap(needs, terms(row.text))[0], default=None)
    return {"partner": other.organization, "person": other.lead, "strength": best}
