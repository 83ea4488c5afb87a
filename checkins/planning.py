"""Who calls whom, and by when: shares that differ by one call at most."""

from datetime import timedelta


def shares(organizations, callers, loads, round, today):
    """The plan as a list of (organization, caller, due day).

    `loads` maps a caller's pk to the calls they already have. A hub contact keeps their partners; the rest go to
    the least loaded caller. Each caller's days spread evenly from today to the end of the round.
    """
    if not callers:
        return []
    loads = {caller.pk: loads.get(caller.pk, 0) for caller in callers}
    by_pk = {caller.pk: caller for caller in callers}
    mine = {caller.pk: [] for caller in callers}
    for organization in sorted(organizations, key=lambda each: each.owner_id not in by_pk):
        pk = organization.owner_id if organization.owner_id in by_pk else min(loads, key=loads.get)
        loads[pk] += 1
        mine[pk].append(organization)
    days = max((round.ends_on - today).days, 1)
    return [
        (organization, by_pk[pk], _working_day(today + timedelta(days=days * (number + 1) // (len(calls) + 1))))
        for pk, calls in mine.items()
        for number, organization in enumerate(calls)
    ]


def _working_day(day):
    return day - timedelta(days=max(day.weekday() - 4, 0))
