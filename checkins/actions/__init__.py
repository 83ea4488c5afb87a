from checkins.actions.assigning import assign, unassign
from checkins.actions.calls import hand_over, hold, log_attempt, reschedule, start
from checkins.actions.drafts import Conflict, Finished, forget_words, save_draft
from checkins.actions.merging import join_pending
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
from checkins.actions.rounds import share_out
from checkins.actions.visits import log_visits

__all__ = [
    "Conflict",
    "Finished",
    "NothingGiven",
    "Taken",
    "assign",
    "attach",
    "close",
    "detach",
    "forget_words",
    "give",
    "give_by_letter",
    "hand_over",
    "hold",
    "join_pending",
    "log_attempt",
    "log_visits",
    "promise_by",
    "put_back",
    "reschedule",
    "reserve",
    "return_untouched",
    "save_draft",
    "say_landed",
    "share_out",
    "start",
    "unassign",
    "write_letter",
]
