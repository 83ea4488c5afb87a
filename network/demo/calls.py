"""Three years of check-in calls: planned, tried, held, and how much of this year is done by today."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from checkins.models import Attempt, CheckIn, HandOver
from network.demo.days import at, clock, month_end, working_day
from partners.models import Touchpoint

# When in the year calls fall due: little in January and July, much in the fall.
MONTHS = {2: 5, 3: 9, 4: 9, 5: 10, 6: 8, 7: 4, 8: 7, 9: 11, 10: 13, 11: 14, 12: 10}


@dataclass
class Call:
    checkin: CheckIn
    partner: object
    rng: object
    challenges: list = field(default_factory=list)
    strengths: list = field(default_factory=list)
    promised: list = field(default_factory=list)
    told: bool = False
    """Whether the cast tells what it gave back."""

    @property
    def day(self):
        return self.checkin.held_on


def make(tile):
    """For every partner a call a year since they joined; of this year's, what should be held by now."""
    for partner in tile.partners:
        if partner.roles and not partner.scripted:
            for year in sorted(tile.hub.rounds):
                yearly(tile, partner, year)
        elif partner.roles:
            long_ago(tile, partner)


def yearly(tile, partner, year):
    rng, organization = tile.rng("call", partner.number, year), partner.organization
    due_on = month_end(date(year, rng.choices([*MONTHS], [*MONTHS.values()])[0], 1))
    if rng.random() < 0.2:
        due_on = due_on.replace(day=15)
    early, late, agreed, stuck = rng.randint(-7, 25), rng.randint(1, 30), rng.random(), rng.random()
    caller = organization.owner if rng.random() < 0.8 else tile.hub.colleague(organization.owner, rng)
    if due_on < organization.joined_on or (organization.ended_on and due_on > organization.ended_on):
        return
    held_on = working_day(max(due_on - timedelta(days=early), organization.joined_on))
    held_on = min(held_on, working_day(date(year, 12, 31)))
    if year < tile.today.year and held_on >= tile.today:
        held_on = working_day(tile.today - timedelta(days=1))
    left_behind = stuck < 0.1 and caller is not tile.hub.ana and tile.today - timedelta(days=40) < due_on < tile.today
    if held_on < tile.today and (year < tile.today.year or not left_behind):
        partner.calls.append(held(tile, partner, rng, due_on=due_on, held_on=held_on, caller=caller))
    elif stuck > 0.94 and caller is not tile.hub.ana:
        partner.forgotten = True
    else:
        scheduled_on = working_day(tile.today + timedelta(days=late), back=False) if agreed < 0.3 else None
        pending(tile, partner, rng, due_on=due_on, caller=caller, scheduled_on=scheduled_on)


def long_ago(tile, partner):
    """The older calls with those whose story of this year is told elsewhere."""
    rng = tile.rng("long ago", partner.number)
    held_on = working_day(tile.today - timedelta(days=rng.randint(420, 640)))
    if held_on.year in tile.hub.rounds:
        owner = partner.organization.owner
        partner.calls.append(held(tile, partner, rng, due_on=month_end(held_on), held_on=held_on, caller=owner))


def held(tile, partner, rng, *, due_on, held_on, caller, notes="", work="", **facts):
    begun = at(held_on, rng)
    person = partner.lead_on(held_on)
    checkin = tile.rows.add(
        CheckIn(
            organization=partner.organization,
            round=tile.hub.round_of(due_on),
            caller=caller,
            state=CheckIn.State.HELD,
            due_on=due_on,
            opened_at=begun,
            held_on=held_on,
            person=person,
            work=work or tile.line("work", rng, partner),
            notes=notes or tile.line("notes", rng, partner),
            created_at=planned_at(tile, due_on),
            **{
                "channel": rng.choices(CheckIn.Channel.values, [50, 35, 15])[0],
                "minutes": rng.randint(17, 58),
                **facts,
            },
        )
    )
    for tries in range(rng.choices([0, 1, 2, 3], [55, 25, 14, 6])[0], 0, -1):
        tried_on = working_day(held_on - timedelta(days=tries * 3))
        attempt(tile, partner, checkin, rng, on=tried_on)
    tile.rows.add(Attempt(checkin=checkin, outcome=Attempt.Outcome.TALKED, made_by=caller, made_at=begun))
    tile.rows.add(
        Touchpoint(
            organization=partner.organization,
            person=person,
            kind=Touchpoint.Kind.CALL,
            happened_on=held_on,
            summary=f"Check-in call {checkin.get_channel_display()}",
            logged_by=caller,
            logged_at=begun + timedelta(hours=1),
        )
    )
    return Call(checkin, partner, rng)


def planned_at(tile, due_on):
    """The year's calls are shared out in its first week."""
    return clock(min(date(due_on.year, 1, 4), tile.today - timedelta(days=1)), 9)


def attempt(tile, partner, checkin, rng, *, on, outcome=None, note=""):
    outcome = outcome or rng.choices(["message", "no answer", "rescheduled"], [45, 45, 10])[0]
    tile.rows.add(
        Attempt(
            checkin=checkin,
            outcome=outcome,
            note=note or (tile.line(outcome, rng, partner) if rng.random() < 0.8 else ""),
            try_again_on=working_day(on + timedelta(days=3), back=False),
            made_by=checkin.caller,
            made_at=at(on, rng),
        )
    )


def pending(tile, partner, rng, *, due_on, caller, scheduled_on=None, hour=None, **facts):
    """A call to come; some tried already, some passed on."""
    checkin = CheckIn(
        organization=partner.organization,
        round=tile.hub.round_of(due_on),
        caller=caller,
        state=CheckIn.State.SCHEDULED if scheduled_on else CheckIn.State.PLANNED,
        due_on=due_on,
        scheduled_at=clock(scheduled_on, hour or rng.randint(10, 16), rng.choice([0, 30])) if scheduled_on else None,
        person=partner.lead if scheduled_on else None,
        created_at=planned_at(tile, due_on),
        **facts,
    )
    tile.rows.add(checkin)
    if not partner.scripted:
        if due_on < tile.today + timedelta(days=7):
            for days in range(rng.choice([0, 1, 2, 3]), 0, -1):
                attempt(tile, partner, checkin, rng, on=working_day(tile.today - timedelta(days=days * 4)))
        if rng.random() < 0.12:
            hand_over(tile, partner, checkin, rng, days=rng.randint(3, 25))
    return checkin


def hand_over(tile, partner, checkin, rng, *, days, giver=None, reason=""):
    """It was somebody else's call before, and stays where it was put."""
    checkin.by_hand = True
    giver = giver or tile.hub.colleague(checkin.caller, rng)
    tile.rows.add(
        HandOver(
            checkin=checkin,
            from_caller=giver,
            to_caller=checkin.caller,
            reason=reason or tile.line("call handed over", rng, partner),
            made_by=giver,
            made_at=at(working_day(tile.today - timedelta(days=days)), rng),
        )
    )
