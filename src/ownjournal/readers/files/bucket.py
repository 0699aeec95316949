"""Kept files in a bucket of an S3-compatible store, which machines share.

Nothing in it is public and no reader is ever led to it. What the store answers, or
that it does not, is told in words. After it was silent once it is left alone for a
few seconds, so that a page with twenty pictures does not wait twenty times.
"""

import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,
    HTTPClientError,
    NoCredentialsError,
    SSLError,
)
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from ownjournal.readers.files.kept import FilesAway, KeptFiles, Listed

REST_SECONDS = 10.0  # without asking, after the store was silent
IN_MEMORY = 8 * 1024 * 1024  # bytes of a file that is read; more go to a temporary one
MOST_LINES = 500  # of a file that is written anew with each line
KEY_REFUSED = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken"}
TOLD = {
    "NoSuchBucket": "{place} is no bucket there: create it, or mend FILES_URL.",
    "RequestTimeTooSkewed": "{place} refuses this machine, whose clock is wrong.",
    "AccessDenied": "The key of FILES_URL must read, write, list and delete at {place}"
    " and may not.",
    **dict.fromkeys(KEY_REFUSED, "{place} refuses the key of FILES_URL."),
}


class _Lines(NamedTuple):
    """A file of lines that this process alone writes, anew with each line."""

    name: str  # as asked for
    process: int
    written_to: str
    lines: list[str]

    def takes(self, name: str) -> bool:
        """Whether a line for that name still goes into it; not after a fork."""
        mine = (self.name, self.process) == (name, os.getpid())
        return mine and len(self.lines) < MOST_LINES


class BucketFiles(KeptFiles, S3Storage):  # type: ignore[misc]  # no types
    """Files in one bucket, below an optional folder of it."""

    is_shared = True

    def __init__(
        self,
        *,
        endpoint: str,
        bucket: str,
        key: str | None,
        secret: str | None,
        region: str,
        folder: str,
        ca: str | None,
        timeout: int,
    ) -> None:
        S3Storage.__init__(
            self,
            endpoint_url=endpoint,
            bucket_name=bucket,
            access_key=key,
            secret_key=secret,
            region_name=region,
            location=folder,
            verify=ca,
            max_memory_size=IN_MEMORY,
            client_config=_config(timeout),
            transfer_config=TransferConfig(use_threads=False),
        )
        self.place = f"{urlsplit(endpoint).netloc}/{bucket}"
        self._rests_until = 0.0
        self._problem = ""
        self._lock = threading.Lock()
        self._making = threading.Lock()
        self._session: Any = None
        self._own: dict[str, _Lines] = {}  # the last file of lines in each folder

    @property
    def connection(self) -> Any:
        """This thread's own, one made at a time, as sessions cannot be shared."""
        with self._making:
            return super().connection

    def _create_session(self) -> Any:
        """The same for all connections: what it reads to make one takes 15 MB."""
        if self._session is None:
            self._session = super()._create_session()
        return self._session

    def listed(self, folder: str) -> Iterator[Listed]:
        before = f"{self.location}/" if self.location else ""
        with self._told():
            pages = self.bucket.objects.filter(Prefix=f"{before}{folder.rstrip('/')}/")
            found = [
                Listed(each.key.removeprefix(before), each.size, each.last_modified)
                for each in pages
            ]
        yield from found

    def append(self, name: str, line: str, *, synced: bool = True) -> str:
        folder = str(PurePosixPath(name).parent)
        with self._lock:
            mine = self._own.get(folder)
            if mine is None or not mine.takes(name):
                mine = _Lines(name, os.getpid(), _marked(name), [])
            written = [*mine.lines, line]
            self.put(mine.written_to, "".join(f"{each}\n" for each in written).encode())
            self._own[folder] = mine._replace(lines=written)
        return mine.written_to

    def check(self) -> None:
        name = f"check-{secrets.token_hex(8)}"
        with self._told():  # asked first, as its answer says most
            self.connection.meta.client.list_objects_v2(
                Bucket=self.bucket_name, MaxKeys=1
            )
        self.put(name, b"written by ownjournal check")
        self.get(name)
        self.delete(name)

    def exists(self, name: str) -> bool:
        with self._told():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with self._told():
            return int(super().size(name))

    def delete(self, name: str) -> None:
        with self._told():
            super().delete(name)

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        with self._told():
            file: File[Any] = super()._open(name, mode)
            file.open()  # all of it, now: later nobody would tell what went wrong
            return file

    def _save(self, name: str, content: "File[Any]") -> str:
        with self._told():
            return str(super()._save(name, content))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong as FilesAway."""
        if time.monotonic() < self._rests_until:
            raise FilesAway(self._problem)
        try:
            yield
        except ClientError as fault:
            raise FilesAway(self._answered(fault)) from fault
        except (BotoCoreError, Boto3Error) as fault:
            raise FilesAway(self._unanswered(fault)) from fault

    def _answered(self, fault: ClientError) -> str:
        code = str(fault.response.get("Error", {}).get("Code", "nothing"))
        code = {"403": "AccessDenied"}.get(code, code)  # HEAD has a number alone
        otherwise = f"{{place}} answers {code}."
        return TOLD.get(code, otherwise).format(place=self.place)

    def _unanswered(self, fault: Exception) -> str:
        if isinstance(fault, NoCredentialsError):
            return f"FILES_URL has no key for {self.place}."
        if isinstance(fault, SSLError):
            return f"{self.place} has a certificate that is not trusted: {fault}"
        if not isinstance(fault, (ConnectionError, HTTPClientError)):
            return f"{self.place} cannot be used: {fault}"
        self._problem = f"{self.place} does not answer."
        self._rests_until = time.monotonic() + REST_SECONDS
        return self._problem


def _config(timeout: int) -> Config:
    """As stores of all makes understand: the bucket in the path, sums where needed."""
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=min(timeout, 3),
        read_timeout=timeout,
        retries={"mode": "standard", "total_max_attempts": 2},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def _marked(name: str) -> str:
    path = PurePosixPath(name)
    before, dot, ending = path.name.partition(".")
    return str(path.with_name(f"{before}.{secrets.token_hex(6)}{dot}{ending}"))
