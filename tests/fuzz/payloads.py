"""What nobody types on purpose, by name. All of it is text; what is sent is its UTF-8, lone surrogates included."""

from urllib.parse import quote_from_bytes

LONG = "Every word of this long text has to stay. " * 75_000  # 3 MB

TEXTS = {
    "NUL": "before\0after",
    "a lone surrogate": "before\ud800after",
    "right to left": "\u202egnp.exe\u202c\u200f",
    "emoji": "🧪👩🏽‍🔬 robots",
    "combining marks": "e" + "\u0301" * 1000,
    "a huge number": "1" + "0" * 30,
    "minus one": "-1",
    "a fraction": "1.5",
    "letters": "abc",
    "not a number": "NaN",
    "blanks": " \t\u00a0\u2003 ",
    "a list": "[1; 2]",
    "JSON": '{"a": "\\ud800\\u0000"}',
    "HTML": '</textarea><script>alert("zq")</script>\'><img src=x onerror=alert(1)>',
    "a template": "{{ 7|add:70093 }} {% url 'accounts:front_door' %} {# gone #}",
    "placeholders": "100%% %s %(name)s {0.__class__} ${x}",
    "line ends": "one\r\nBcc: two@example.org\rthree\nfour\u2028five",
    "a formula": '=HYPERLINK("https://eve.example.org")',
    "a path": "../../etc/passwd",
    "an address": "javascript:alert(1)",
}

# Where a field holds a day, an hour or a number.
PICKED = {
    "the last year": "9999-12-31",
    "the first year": "0001-01-01",
    "no such day": "2026-02-30",
    "the last minute": "9999-12-31T23:59",
    "the first minute": "0001-01-01T00:00",
    "an hour that is skipped": "2026-03-08T02:30",
    "an hour that comes twice": "2026-11-01T01:30",
} | {name: TEXTS[name] for name in ("NUL", "a huge number", "minus one", "a fraction", "letters")}

# The worst are tried in each field alone: an error in one field hides what another would do.
WORST = {name: TEXTS[name] for name in ("NUL", "a lone surrogate", "combining marks", "a huge number", "HTML")}


def urlencoded(fields):
    """The body of a form, from (name, text) pairs; raw bytes where UTF-8 has none."""
    return "&".join(f"{quoted(name)}={quoted(text)}" for name, text in fields)


def quoted(text):
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


def arrived(text):
    """What the site makes of a text: unreadable bytes are marked, NUL is dropped, blanks and line ends are one."""
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\0", "")
    return " ".join(text.split())
