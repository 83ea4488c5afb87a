"""The plan itself: who calls whom from the wishes, when from everybody's days, and why in words."""

import time
from collections import Counter, defaultdict
from datetime import date

from affinity.sharing import NOBODY, Call, share, spread
from checkins.models import PlanLine
from checkins.planning.situation import REST, Situation
from checkins.planning.wishes import Wishes, granted, refused
from checkins.planning.words import Words

LONGEST_WAIT = 3.0
"""Years after which a partner waits no harder; one who was never in contact waits as hard."""


def suggest(round, *, today):
    """The lines of what would change, and what to tell beside them. Writes nothing."""
    begun = time.perf_counter()
    situation = Situation(round, today)
    wishes = Wishes(situation)
    sharing = share(wishes.gains, wishes.units, wishes.held, wishes.avoid)
    if NOBODY in sharing.callers:
        return [], {"partners": len(situation.organizations), "nobody": True}
    days = due_days(situation, [situation.callers[column].pk for column in sharing.callers])
    words = Words(situation, wishes)
    lines = [
        line
        for row, column in enumerate(sharing.callers)
        if (line := line_of(situation, words, row, int(column), days[row]))
    ]
    return lines, {
        "partners": len(situation.organizations),
        "fixed": len(situation.staying),
        "gap": sharing.gap,
        "loads": loads(situation, wishes, sharing.callers),
        "wishes": granted(wishes, sharing.callers),
        "refused": refused(wishes, sharing),
        "milliseconds": int(1000 * (time.perf_counter() - begun)),
    }


def line_of(situation, words, row, column, day):
    """What would change for one partner, or nothing."""
    organization, caller = situation.organizations[row], situation.callers[column]
    now = situation.pending.get(organization.pk)
    if now and (now.caller_id, now.due_on) == (caller.pk, day):
        return None
    return PlanLine(
        organization=organization,
        checkin=now,
        was_caller=now and now.caller,
        was_due_on=now and now.due_on,
        caller=caller,
        due_on=day,
        why=words.why(row, column, day),
    )


def month(day):
    """The number of a day's month, counted from the year 0; days are numbers too."""
    day = date.fromordinal(day)
    return day.year * 12 + day.month


def due_days(situation, callers):
    """A day for each partner, in the order of the partners; `callers` has the pk of each one's caller."""
    calls = defaultdict(list)
    for row, (organization, caller) in enumerate(zip(situation.organizations, callers, strict=True)):
        calls[caller].append((row, call_of(situation, organization)))
    for checkin in situation.staying:
        if checkin.caller_id in calls:
            calls[checkin.caller_id].append((None, Call(0, 0, checkin.due_on.toordinal(), fixed=True)))
    days = {}
    for caller, theirs in calls.items():
        rows, asked = zip(*theirs, strict=True)
        days |= zip(rows, spread(asked, situation.days[caller], month), strict=True)
    return [date.fromordinal(days[row]) for row in range(len(callers))]


def call_of(situation, organization):
    """When a partner may be called again, and for how many years they wait."""
    last, now = organization.last_contact_on, situation.pending.get(organization.pk)
    waiting = (situation.starts_on - last).days / 365 if last else LONGEST_WAIT
    return Call(
        not_before=min(last + REST, situation.round.ends_on).toordinal() if last else 0,
        waiting=min(max(waiting, 0), LONGEST_WAIT),
        now=now.due_on.toordinal() if now and now.due_on >= situation.starts_on else None,
    )


def loads(situation, wishes, callers):
    """What each caller has of the round before and after, and how many partners new to them that brings."""
    given = Counter(int(column) for column in callers)
    new = Counter(int(column) for row, column in enumerate(callers) if wishes.new.granted[row, column])
    return [
        {
            "caller": caller.pk,
            "name": str(caller),
            "units": situation.units[caller.pk],
            "before": situation.before[caller.pk],
            "after": situation.fixed[caller.pk] + given[column],
            "new": new[column],
        }
        for column, caller in enumerate(situation.callers)
    ]
