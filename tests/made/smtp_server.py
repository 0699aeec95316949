"""A mail server on loopback that keeps what it takes, and fails as it is told to."""

import asyncio
import email
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


@dataclass(frozen=True)
class Taken:
    """One mail as it came in."""

    sender: str  # of the envelope
    to: str
    data: bytes

    def message(self) -> EmailMessage:
        """As a mail program reads it."""
        read = email.message_from_bytes(self.data, policy=default)
        assert isinstance(read, EmailMessage)
        return read


@dataclass
class Sink:
    """What the server took, and its faults; change them while it runs."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    rcpt: dict[str, str] = field(default_factory=dict)  # answers by address
    data: dict[str, str] = field(default_factory=dict)  # answers to the last dot
    all_rcpt: str | None = None  # the answer to every address
    sender: str | None = None  # the answer to every MAIL FROM
    lose_after: int = 0  # next mails that are kept and never answered
    lose_before: int = 0  # next mails that are neither kept nor answered
    hangs: bool = False  # no answer to the last dot, ever
    a_connection: int | None = None  # mails that one connection may carry
    taking: Callable[[Taken], None] | None = None  # is told each mail, unanswered yet

    def to(self) -> list[str]:
        """The addresses of what was taken, in order."""
        return [each.to for each in self.taken]


class _Handler:
    """What aiosmtpd calls."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._carried: dict[int, int] = {}

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self._sink.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        most, carried = self._sink.a_connection, self._carried.get(id(session), 0)
        if most is not None and carried >= most:
            return "421 4.7.0 too many mails in one connection"
        if self._sink.sender is not None:
            return self._sink.sender
        envelope.mail_from = address
        return OK

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        answer = self._sink.rcpt.get(address, self._sink.all_rcpt or OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        sink = self._sink
        content = envelope.content
        assert isinstance(content, bytes)
        mail = Taken(envelope.mail_from or "", envelope.rcpt_tos[0], content)
        if sink.lose_before:
            sink.lose_before -= 1
            return self._lost(server)
        if sink.data.get(mail.to, OK) == OK:
            sink.taken.append(mail)
            if sink.taking is not None:
                sink.taking(mail)
        if sink.lose_after:
            sink.lose_after -= 1
            return self._lost(server)
        if sink.hangs:
            await asyncio.sleep(3600)
        self._carried[id(session)] = self._carried.get(id(session), 0) + 1
        return sink.data.get(mail.to, OK)

    def _lost(self, server: SMTP) -> str:
        assert server.transport is not None
        server.transport.abort()
        return OK


@contextmanager
def smtp_server(
    *,
    tls: ssl.SSLContext | None = None,
    at_once: bool = False,
    **faults: Any,
) -> Iterator[Sink]:
    """A server for as long as the context; with TLS by STARTTLS or `at_once`."""
    sink = Sink(**faults)
    loop = asyncio.new_event_loop()
    handler = _Handler(sink)

    def session() -> SMTP:
        return SMTP(
            handler,
            loop=loop,
            hostname="sink",
            tls_context=None if at_once else tls,
            require_starttls=tls is not None and not at_once,
        )

    async def start() -> asyncio.Server:
        context = tls if at_once else None
        return await loop.create_server(session, "127.0.0.1", 0, ssl=context)

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _stop(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
