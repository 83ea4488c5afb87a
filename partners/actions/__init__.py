"""What can be done to a partner's record. Doing a thing twice is the same as doing it once."""

from partners.actions.merging import ask_again, merge, tell_apart, undo_merge
from partners.actions.organizations import add_organization, free_slug, keep_name, rename, touch
from partners.actions.people import account_of, check_hand_over, hand_over, invite, link, mark_left, save_person
from partners.actions.records import Stale, edit, noted, version
from partners.actions.sentences import own_words, restore, say, withdraw

__all__ = [
    "Stale",
    "account_of",
    "add_organization",
    "ask_again",
    "check_hand_over",
    "edit",
    "free_slug",
    "hand_over",
    "invite",
    "keep_name",
    "link",
    "mark_left",
    "merge",
    "noted",
    "own_words",
    "rename",
    "restore",
    "save_person",
    "say",
    "tell_apart",
    "touch",
    "undo_merge",
    "version",
    "withdraw",
]
