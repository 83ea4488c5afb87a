"""Natural keys: what makes two spellings of a name, or two addresses of a site, the same."""

import re
import unicodedata
from urllib.parse import urlsplit

# Hosts where many organizations have a page of their own: the host says nothing about who it is.
SHARED_HOSTS = frozenset(
    [
        "facebook.com",
        "meetup.com",
        "github.io",
        "github.com",
        "linkedin.com",
        "twitter.com",
        "x.com",
        "instagram.com",
        "youtube.com",
        "medium.com",
        "wordpress.com",
        "blogspot.com",
        "tumblr.com",
        "wixsite.com",
        "weebly.com",
        "squarespace.com",
        "sites.google.com",
        "docs.google.com",
        "google.com",
        "eventbrite.com",
        "patreon.com",
        "notion.site",
        "substack.com",
        "groups.io",
        "slack.com",
    ]
)


def name_key(name):
    """Casefolded letters and digits of any script, single-spaced; "&" is "and"; a leading "the" does not count."""
    plain = unicodedata.normalize("NFKD", name).casefold().replace("&", " and ")
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"\w+", plain)
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)[:200]


def site_key(website):
    """The host, where the host alone names the organization; else empty (a path, a shared host, no website)."""
    try:
        parts = urlsplit(website)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    shared = any(host == name or host.endswith("." + name) for name in SHARED_HOSTS)
    return "" if shared or parts.path.strip("/") or parts.query else host[:200]
