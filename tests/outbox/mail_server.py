"""A real SMTP server on the loopback, told how to answer."""

import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Manner:
    """Takes every letter, unless told to say something else: `rcpt` and `data` are its answers, or "hang up"."""

    def __init__(self):
        self.rcpt = self.data = "250 OK"
        self.taken = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope)
        if self.data == "hang up":
            server.transport.abort()
        return self.data


def free_port():
    with socket.socket() as asker:
        asker.bind(("127.0.0.1", 0))
        return asker.getsockname()[1]


@contextmanager
def listening(manner):
    controller = Controller(manner, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
