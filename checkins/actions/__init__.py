from checkins.actions.assigning import assign, unassign
from checkins.actions.calls import correct, hand_over, hold, log_attempt, reschedule, start
from checkins.actions.drafts import Conflict, Finished, forget_words, save_draft
from checkins.actions.merging import join_pending
from checkins.actions.plans import apply_plan, drop_plan, suggest_plan, undo_plan
from checkins.actions.pool import Taken, put_back, reserve, return_untouched
from checkins.actions.promises import (
    NothingGiven,
    attach,
    close,
    detach,
    give,
    give_by_letter,
    promise_by,
    say_landed,
    write_letter,
)
from checkins.actions.rounds import open_round, say_capacities
from checkins.actions.visits import log_visits
from checkins.actions.welcome import welcome

__all__ = [
    "Conflict",
    "Finished",
    "NothingGiven",
    "Taken",
    "apply_plan",
    "assign",
    "attach",
    "close",
    "correct",
    "detach",
    "drop_plan",
    "forget_words",
    "give",
    "give_by_letter",
    "hand_over",
    "hold",
    "join_pending",
    "log_attempt",
    "log_visits",
    "open_round",
    "promise_by",
    "put_back",
    "reschedule",
    "reserve",
    "return_untouched",
    "save_draft",
    "say_capacities",
    "say_landed",
    "start",
    "suggest_plan",
    "unassign",
    "undo_plan",
    "welcome",
    "write_letter",
]
