"""Why a line of a plan is as it is, in a few words."""

from accounts.models import languages
from checkins.planning.situation import REST

TOUCHED = {"call": "called", "visit": "visited", "mail": "wrote with them", "event": "met at an event"}


class Words:
    def __init__(self, situation, wishes):
        self.situation, self.wishes = situation, wishes
        self.column = {caller.pk: column for column, caller in enumerate(situation.callers)}
        self.languages = dict(languages())

    def why(self, row, column, day):
        organization = self.situation.organizations[row]
        now = self.situation.pending.get(organization.pk)
        said = []
        if now is None or now.caller_id != self.situation.callers[column].pk:
            left = list(self._left(row, now))
            said += [*left, *self._met(row, column)]
            if now and not left and not self._is_better(row, column, now):
                said.append("evens out the calls")
        said += self._moved(organization, self.situation.callers[column], day, now)
        text = "; ".join(said) or "Evens out the months"
        return f"{text[0].upper()}{text[1:]}"[:300]

    def _left(self, row, now):
        """Why whoever had the call does not keep it, where that was no choice."""
        if now is None:
            return
        column = self.column.get(now.caller_id)
        if column is None:
            yield f"{now.caller} makes no calls any more"
        elif self.wishes.avoid[row, column]:
            yield f"{now.caller} has called them two years running"
        elif not self.wishes.units[column]:
            yield f"{now.caller} takes no calls"

    def _met(self, row, column):
        """The wishes that this caller grants."""
        wishes, caller = self.wishes, self.situation.callers[column]
        organization = self.situation.organizations[row]
        if wishes.avoid[row, column]:
            yield f"{caller} again, for want of anybody else"
        if wishes.new.granted[row, column]:
            yield f"new to {caller.first_name or caller}"
        if wishes.speaks.granted[row, column]:
            yield f"speaks {self.languages[organization.language]}"
        if wishes.contact.granted[row, column]:
            yield "their hub contact"
        if wishes.near.granted[row, column]:
            yield "near time zone"

    def _is_better(self, row, column, now):
        gains = self.wishes.gains[row]
        return gains[column] > gains[self.column[now.caller_id]]

    def _moved(self, organization, caller, day, now):
        """Why the call is due on another day than it was, or later than one might think."""
        touch = self.situation.touched.get(organization.pk)
        if now and now.due_on == day:
            return
        if touch and (now is None or now.due_on < min(touch.happened_on + REST, day)):
            word = "moved" if now else "later"
            yield f"{word}: {TOUCHED.get(touch.kind, 'in contact')} on {touch.happened_on:%-d %b}"
        elif now and now.due_on < self.situation.starts_on:
            yield f"was due on {now.due_on:%-d %b}"
        elif now and now.due_on.toordinal() not in self.situation.days[caller.pk]:
            yield (
                f"{caller.first_name or caller} is away on {now.due_on:%-d %b}"
                if now.due_on.weekday() < 5
                else ("no calls on a weekend")
            )
        elif now:
            yield "evens out the months"
