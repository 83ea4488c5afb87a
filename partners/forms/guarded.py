from accounts.forms.guarded import GuardedForm as AnyGuardedForm
from accounts.forms.guarded import laid_out, plain
from partners import actions

__all__ = ["GuardedForm", "laid_out", "plain"]


class GuardedForm(AnyGuardedForm):
    """A guarded form of something on a partner's record."""

    def write(self, seen):
        return actions.edit(self.instance, self.changes(), seen=seen, by=self.by)
