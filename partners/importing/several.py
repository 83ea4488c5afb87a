"""Several things in one cell, separated by semicolons: "Rural; Club". One that has a semicolon itself is quoted."""

import re

PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^;]*))\s*(?:;|$)')


def join(things):
    return "; ".join(quoted(thing) for thing in things)


def quoted(thing):
    return '"' + thing.replace('"', '""') + '"' if ";" in thing or thing.startswith('"') else thing


def split(text):
    """The parts of a cell, without blank ones."""
    found = ((match[1].replace('""', '"') if match[1] is not None else match[2]) for match in PART.finditer(text))
    return [part.strip() for part in found if part.strip()]
