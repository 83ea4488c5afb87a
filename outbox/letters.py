"""What a letter looks like: rendered once from its template, then the same in the preview and in the mail."""

import hashlib
import re
import unicodedata
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.text import Truncator


def render(template, context):
    """Subject and text from `<app>/letters/<name>.txt`, whose first line is "Subject: …"."""
    app, name = template.split("/")
    source = get_template(f"{app}/letters/{name}.txt").template
    everywhere = {"hub_name": settings.HUB_NAME, "base_url": settings.BASE_URL}
    # Plain text: nothing is escaped here, everything is when the HTML is made from it.
    head, _, text = source.render(Context({**everywhere, **context}, autoescape=False)).partition("\n\n")
    if not head.startswith("Subject: "):
        raise ValueError(f"The first line of {app}/letters/{name}.txt has to be its subject.")
    return one_line(head.removeprefix("Subject: "), 200), tidy(text)


def html(*, subject, text):
    """The HTML part, made from the text alone: escaped, in paragraphs, with links."""
    return render_to_string("outbox/letter.html", {"subject": subject, "text": text})


def one_line(text, length):
    """Names and titles as they may stand in a header: one line, no control characters."""
    text = " ".join(text.split())
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cs"))
    return Truncator(text).chars(length)


def tidy(text):
    """Plain line ends, no control characters, at most one empty line in a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def message_id(dedupe_key):
    """Always the same for the same letter: should it ever arrive twice, mailboxes show it once."""
    host = urlsplit(settings.BASE_URL).hostname
    return f"<{hashlib.sha256(dedupe_key.encode()).hexdigest()[:32]}@{host}>"


def message(letter):
    """The row as a mail, to one address."""
    headers = {"Message-ID": letter.message_id, "Date": format_datetime(letter.approved_at)}
    if letter.is_automatic:
        headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        from_email=formataddr((name or settings.HUB_NAME, address)),
        to=[formataddr((letter.to_name, letter.to_email))],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail
