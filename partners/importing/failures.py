class Refused(Exception):
    """The whole file, or the way its columns were mapped, cannot be taken. One clear sentence; nothing changed."""


class BadRow(ValueError):
    """One row cannot be taken. The reason, to be read beside its row number."""
