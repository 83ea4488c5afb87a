"""Who reads which marked text of `tests.world` on some page of ours: no more, and no less.

The Django admin shows admins everything; what it shows others is in the table of the roles.
"""

PARTNERS = ("lakeshore", "harbor")
KINDS = ("strength", "challenge")

# Every partner reads this about every active partner.
SHARED = {f"{reach} {kind}" for reach in ("network", "public", "edited") for kind in KINDS} | {"lead title"}

# A partner's own people read this too.
OWN = {f"{what} {kind}" for what in ("own", "withdrawn") for kind in KINDS}  # words of theirs, though only for a match
OWN |= {"lead email", "lead phone", "lead old phone", "given"}

# The hub alone: what partners told in confidence, and its own thinking.
CONFIDED = {f"{what} {kind}" for what in ("staff", "match", "edited away") for kind in KINDS}
CONFIDED |= {f"{who} {what}" for who in ("colleague",) for what in ("title", "email", "phone", "old phone")}
CONFIDED |= {"work", "notes", "draft", "attempt", "passed on", "promise", "visit", "delivery note"}
CONFIDED |= {"handover note", "external id", "tag"}

LIBRARY = {"resource summary", "resource file"}
HUB = {
    *("prospect name", "prospect strength", "merged name", "alumnus name", "alumnus challenge", "left name"),
    "harbor successor note",
    *("withdrawn resource", "withdrawn file", "introduction reason", "thrown away"),
    *("letter draft", "letter approved", "letter sent", "letter sent subject", "problem"),
    *("import file", "import row", "bad row", "set aside row"),
    *("shared view", "bulk tag"),
}


def of(partner, names):
    return {f"{partner} {name}" for name in names}


EVERY_PARTNER = LIBRARY | {"contact phone"} | of("lakeshore", SHARED) | of("harbor", SHARED)
EVERYTHING = LIBRARY | HUB | {f"{partner} {name}" for partner in PARTNERS for name in SHARED | OWN | CONFIDED}

READERS = {
    "stranger": set(),
    "closed": set(),
    "partner": EVERY_PARTNER | of("lakeshore", OWN) | {"letter sent", "letter sent subject"},  # written to her
    "other": EVERY_PARTNER | of("harbor", OWN),
    "staff": EVERYTHING | {"contact phone", "view"},  # her own
    "overseer": EVERYTHING,
    "admin": EVERYTHING,
}
