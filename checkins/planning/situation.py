"""What a plan is made from: who could call, whom, and what happened so far. A few queries, however large the hub."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from accounts.models import User
from checkins import rules
from checkins.models import Capacity, CheckIn, Leave
from partners.models import Organization, Touchpoint

REST = timedelta(days=90)
"""How long after a real contact of any kind a partner is better not called again."""


class Situation:
    """`organizations` are the active ones whose call is still to be planned, or may be planned otherwise."""

    def __init__(self, round, today):
        self.round, self.today = round, today
        self.starts_on = max(round.starts_on, min(today + timedelta(days=1), round.ends_on))
        self.callers = list(User.objects.callers())
        self.days = self._days()
        self.units = self._units()
        self.touched = self._touched()
        self._read_history()
        self._read_calls()

    def _days(self):
        """caller's pk → the days on which they can call: no weekends, no leave; all days as numbers."""
        last = self.round.ends_on.toordinal()
        working = [day for day in range(self.starts_on.toordinal(), last + 1) if date.fromordinal(day).weekday() < 5]
        away = defaultdict(set)
        for leave in Leave.objects.filter(ends_on__gte=self.starts_on, starts_on__lte=self.round.ends_on):
            first, end = max(leave.starts_on, self.starts_on), min(leave.ends_on, self.round.ends_on)
            away[leave.caller_id].update(range(first.toordinal(), end.toordinal() + 1))
        return {caller.pk: [day for day in working if day not in away[caller.pk]] for caller in self.callers}

    def _units(self):
        """caller's pk → their share of the calls. Who is away to the end gets no more."""
        said = dict(Capacity.objects.filter(round=self.round).values_list("caller", "units"))
        return {caller.pk: said.get(caller.pk, Capacity.FULL) if self.days[caller.pk] else 0 for caller in self.callers}

    def _touched(self):
        """organization's pk → the latest real contact, where it was not long ago."""
        lately = Touchpoint.objects.filter(happened_on__gt=self.starts_on - REST)
        return {touch.organization_id: touch for touch in lately.order_by("happened_on", "pk")}

    def _read_history(self):
        """Who ever called whom, and who did in both of the last two years."""
        year = self.round.year
        held = CheckIn.objects.held().order_by().values_list("organization", "caller", "held_on__year").distinct()
        years = defaultdict(set)
        for organization, caller, in_year in held:
            years[organization, caller].add(in_year)
        self.heard = set(years)
        self.two_years = {pair for pair, known in years.items() if {year - 1, year - 2} <= known}

    def _read_calls(self):
        """Which calls are free to move, and how many each caller has that are not."""
        done = CheckIn.objects.in_year(self.round.year).held().values_list("organization", "caller")
        called = {organization for organization, _ in done}
        pending = list(CheckIn.objects.pending().select_related("draft", "caller").order_by("pk"))
        still_to_come = {call.organization_id for call in pending if self._of_an_earlier_round(call)}
        self.pending = {call.organization_id: call for call in pending if not self._of_an_earlier_round(call)}
        self.organizations = [
            organization
            for organization in Organization.objects.active().with_last_contact().order_by("name_key", "pk")
            if organization.pk not in still_to_come | called and not self._stays(self.pending.get(organization.pk))
        ]
        free = {organization.pk for organization in self.organizations}
        self.staying = [call for pk, call in self.pending.items() if pk not in free]
        self.fixed = Counter(caller for _, caller in done) + Counter(call.caller_id for call in self.staying)
        self.before = self.fixed + Counter(call.caller_id for pk, call in self.pending.items() if pk in free)

    def _of_an_earlier_round(self, checkin):
        """To be called yet in the year that runs, while the next is planned."""
        return self.today < self.round.starts_on and checkin.due_on < self.round.starts_on

    def _stays(self, checkin):
        """Somebody decided about it, and the caller still calls."""
        return checkin is not None and rules.is_fixed(checkin) and checkin.caller_id in self.days
