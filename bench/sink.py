"""A mail server on loopback that takes everything, quickly, and notes what it took.

    python -m bench.sink NOTES

prints its port, and writes a line for each mail before it answers: the time in
seconds, the Message-ID and the bytes. Ends when its standard input does.
"""

import asyncio
import re
import sys
import time
from pathlib import Path
from typing import BinaryIO

MESSAGE_ID = re.compile(rb"^Message-ID: <([^>]+)>", re.MULTILINE)
END = b"\r\n.\r\n"


class Session(asyncio.Protocol):
    """One connection: commands in lines, mails up to a dot alone."""

    def __init__(self, notes: BinaryIO) -> None:
        self._notes = notes
        self._waiting = bytearray()
        self._in_mail = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while self._mail() if self._in_mail else self._command():
            pass

    def _mail(self) -> bool:
        """Take a whole mail: noted before it is answered, as a server stores it."""
        start = max(len(self._waiting) - 200_000, 0)
        end = self._waiting.find(END, start)
        if end < 0:
            return False
        found = MESSAGE_ID.search(self._waiting, 0, end)
        name = found[1] if found else b"?"
        self._notes.write(b"%.6f %b %d\n" % (time.time(), name, end))
        del self._waiting[: end + len(END)]
        self._in_mail = False
        self._transport.write(b"250 OK\r\n")
        return True

    def _command(self) -> bool:
        line, found, rest = self._waiting.partition(b"\r\n")
        if not found:
            return False
        self._waiting = rest
        verb = bytes(line[:4]).upper()
        if verb == b"DATA":
            self._in_mail = True
            self._transport.write(b"354 go on\r\n")
        elif verb == b"QUIT":
            self._transport.write(b"221 bye\r\n")
            self._transport.close()
        else:
            self._transport.write(b"250 OK\r\n")
        return True


async def serve(notes: BinaryIO) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Session(notes), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def main() -> None:
    with Path(sys.argv[1]).open("ab", buffering=0) as notes:
        asyncio.run(serve(notes))


if __name__ == "__main__":
    main()
