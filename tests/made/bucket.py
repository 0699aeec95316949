"""A store that speaks S3, on loopback: moto's server in a process of its own.

It knows one key and one bucket and refuses every other. It can be killed, after which
it does not listen, or halted, after which it takes questions and is silent.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3

from made.loopback import free_port

WAITS = 60.0  # seconds, for a server on a busy machine
BUCKET = "journal"
UNASKED = 6  # questions of whoever sets it up, before keys count


class Store:
    """The server, and what an operator is told of it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.key = self.secret = ""
        self._reading = ("", "")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-p", str(self.port)],
            env={**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(UNASKED)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def url(self, bucket: str = BUCKET, **instead: str) -> str:
        """FILES_URL for it, with its key or another one."""
        key = instead.get("key", self.key)
        secret = instead.get("secret", self.secret).replace("/", "%2F")
        return f"s3+plain://{key}:{secret}@127.0.0.1:{self.port}/{bucket}?timeout=2"

    def reading_key(self) -> dict[str, str]:
        """A key that may read and list and nothing else."""
        return {"key": self._reading[0], "secret": self._reading[1]}

    def clear(self, *, keeping: str | None = None) -> None:
        """Delete all that is in it, but what begins with this."""
        for name in self.objects():
            if keeping is None or not name.startswith(keeping):
                self._s3().delete_object(Bucket=BUCKET, Key=name)

    def set_up(self) -> None:
        """Wait for it; make its key and its bucket."""
        ends = time.monotonic() + WAITS
        while not self._listens():
            if time.monotonic() > ends or self._process.poll() is not None:
                raise TimeoutError("The store does not begin to listen.")
            time.sleep(0.05)
        iam = self._client("iam", "setting-up", "setting-up")
        self.key, self.secret = _key_of(iam, "journal", ["s3:*"])
        self._reading = _key_of(iam, "looking", ["s3:GetObject", "s3:ListBucket"])
        self._s3().create_bucket(Bucket=BUCKET)

    def objects(self) -> dict[str, bytes]:
        """All that is in it, as its own client sees it."""
        found = self._s3().list_objects_v2(Bucket=BUCKET).get("Contents", ())
        return {each["Key"]: self._content(each["Key"]) for each in found}

    def halt(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()

    def _content(self, name: str) -> bytes:
        return bytes(self._s3().get_object(Bucket=BUCKET, Key=name)["Body"].read())

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _s3(self) -> Any:
        return self._client("s3", self.key, self.secret)

    def _client(self, what: str, key: str, secret: str) -> Any:
        return boto3.client(
            what,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
        )


def _key_of(iam: Any, user: str, actions: list[str]) -> tuple[str, str]:
    """A key and its secret, of a new user who may do this."""
    allowed = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    iam.create_user(UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=policy)
    made = iam.create_access_key(UserName=user)["AccessKey"]
    return made["AccessKeyId"], made["SecretAccessKey"]


@contextmanager
def store() -> Iterator[Store]:
    """An empty bucket; its server ends with the context."""
    made = Store()
    try:
        made.set_up()
        yield made
    finally:
        made.end()
