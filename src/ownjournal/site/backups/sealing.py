"""Encryption of a stream by a passphrase: nobody reads, changes, cuts or reorders it.

The form: `MAGIC`, the cost of scrypt (log2 of n, r, p: a byte each), 16 bytes of salt;
then pieces, each AES-256-GCM with its 16 bytes of tag. A piece's nonce is its number
(11 bytes) and whether it is the last (1 byte); a key serves one file, as its salt is
random, so no nonce is used twice. What stands before the pieces is authenticated with
each. The first piece is empty: where it does not open, the passphrase is wrong.
"""

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ownjournal.site.backups.problem import BackupProblem

MAGIC = b"ownjournal sealed 1\n"
COST = (17, 8, 1)  # 128 MiB and about half a second, as OWASP asks for
DEAREST = (20, 16, 4)  # that a file may ask of whoever opens it
SALT, TAG = 16, 16  # bytes
PIECE = 1024 * 1024  # bytes of each piece but the first and the last
WRONG = "The passphrase is wrong, or the file was changed where it begins."
CHANGED = "The file was cut or changed: what it holds after {:,} bytes cannot be used."


class Sealer:
    """A file to write to; what is written goes on encrypted. `close` must be called."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        self._out = out
        self._head = MAGIC + bytes(COST) + os.urandom(SALT)
        self._cipher = _cipher(self._head, passphrase)
        self._number = 0
        self._waiting = bytearray()
        out.write(self._head)
        self._put(b"", last=False)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """Write the last piece; the file below stays open."""
        self._put(bytes(self._waiting), last=True)

    def _put(self, data: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last)
        self._out.write(self._cipher.encrypt(nonce, data, self._head))
        self._number += 1


class Opener:
    """A file to read from; nothing comes out of it that is not as it was written.

    Raises BackupProblem, at once where the passphrase is wrong.
    """

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._source = source
        self._head = source.read(len(MAGIC) + len(COST) + SALT)
        self._cipher = _cipher(self._head, passphrase)
        self._number = 0
        self._given = 0
        self._plain = b""
        self._open(source.read(TAG), last=False)
        self._next = source.read(PIECE + TAG)

    def read(self, size: int) -> bytes:
        """As many bytes, fewer at the end only."""
        parts = []
        while size > 0 and (self._plain or self._fill()):
            parts.append(self._plain[:size])
            self._plain = self._plain[size:]
            size -= len(parts[-1])
        return b"".join(parts)

    def _fill(self) -> bool:
        """Open the next piece; False after the last."""
        if not self._next and self._number > 1:
            return False
        sealed, self._next = self._next, self._source.read(PIECE + TAG)
        self._plain = self._open(sealed, last=not self._next)
        return bool(self._plain)

    def _open(self, sealed: bytes, *, last: bool) -> bytes:
        try:
            nonce = _nonce(self._number, last)
            plain = self._cipher.decrypt(nonce, sealed, self._head)
        except (InvalidTag, ValueError):
            where = CHANGED.format(self._given) if self._number else WRONG
            raise BackupProblem(where) from None
        self._number += 1
        self._given += len(plain)
        return plain


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _cipher(head: bytes, passphrase: str) -> AESGCM:
    cost, salt = head[len(MAGIC) : -SALT], head[-SALT:]
    asked = zip(cost, DEAREST, strict=False)
    if len(head) != len(MAGIC) + len(COST) + SALT or any(
        not 1 <= each <= most for each, most in asked
    ):
        raise BackupProblem(WRONG)
    kdf = Scrypt(salt=salt, length=32, n=2 ** cost[0], r=cost[1], p=cost[2])
    return AESGCM(kdf.derive(passphrase.encode()))
