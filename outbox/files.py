"""Letters that were written to a folder instead of being sent, as a hub on one machine starts out."""

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings

RULE = b"-" * 79 + b"\n"  # what Django writes between two mails of a file


def forget(holds):
    """Drop every mail whose text or head `holds`; an empty file goes. Says how many mails went."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    return sum(clean(file, holds) for file in Path(folder).glob("*.log")) if folder else 0


def clean(file, holds):
    mails = [mail for mail in file.read_bytes().split(RULE) if mail.strip()]
    kept = [mail for mail in mails if not holds(readable(mail))]
    if len(kept) < len(mails):
        file.write_bytes(b"".join(mail + RULE for mail in kept))
    if not kept:
        file.unlink()
    return len(mails) - len(kept)


def readable(mail):
    """Head and every part, decoded."""
    message = message_from_bytes(mail, policy=policy.default)
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(str(value) for value in message.values()), *parts])
