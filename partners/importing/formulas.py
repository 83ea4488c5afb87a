"""Text that a spreadsheet program would run: made harmless on the way out, restored on the way in."""

import re

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")


def defuse(text):
    """A leading apostrophe where the text could be taken for a formula; numbers stay numbers."""
    return "'" + text if is_live(text.lstrip("'")) and not NUMBER.fullmatch(text) else text


def restore(text):
    """Undo `defuse`, so that what was exported comes in as it was."""
    return text[1:] if text.startswith("'") and defuse(text[1:]) == text else text


def is_live(text):
    """Blanks, control characters and full-width signs do not hide a formula."""
    bare = re.sub(r"^[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2060\ufeff]+", "", text)
    return bare[:1] in tuple("=+-@＝＋－＠") or text[:1] in ("\t", "\r", "\n", "\0")
