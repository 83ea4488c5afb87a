"""What can be done to a partner's record. Doing a thing twice is the same as doing it once."""

from partners.actions.bulk import change_many, undo_many
from partners.actions.erasing import ask_erasure, erase, keep_person
from partners.actions.lists import choose_columns, delete_view, keep_filters, keep_view, restore_view
from partners.actions.merging import ask_again, merge, tell_apart, undo_merge
from partners.actions.organizations import add_organization, free_slug, keep_name, rename, taken_slugs, touch
from partners.actions.people import (
    account_of,
    check_free_to_go,
    check_hand_over,
    hand_over,
    invite,
    link,
    mark_left,
    save_person,
)
from partners.actions.reading import read
from partners.actions.records import Stale, edit, noted, version
from partners.actions.sentences import own_words, restore, say, withdraw
from partners.actions.succession import move_person, name_successor, succeed, take_back

__all__ = [
    "Stale",
    "account_of",
    "add_organization",
    "ask_again",
    "ask_erasure",
    "change_many",
    "check_free_to_go",
    "check_hand_over",
    "choose_columns",
    "delete_view",
    "edit",
    "erase",
    "free_slug",
    "hand_over",
    "invite",
    "keep_filters",
    "keep_name",
    "keep_person",
    "keep_view",
    "link",
    "mark_left",
    "merge",
    "move_person",
    "name_successor",
    "noted",
    "own_words",
    "read",
    "rename",
    "restore",
    "restore_view",
    "save_person",
    "say",
    "succeed",
    "take_back",
    "taken_slugs",
    "tell_apart",
    "touch",
    "undo_many",
    "undo_merge",
    "version",
    "withdraw",
]
