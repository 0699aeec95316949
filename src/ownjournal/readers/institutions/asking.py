"""Ask servers that others have named: a list, or whether a library's link answers.

An address comes from a list or from a reader, so it may point anywhere. Only
public addresses are asked: the name is looked up here, and the connection goes
to the address that was judged, so that no second look-up can change it. A
redirect is followed only for a file, and judged anew; no other body is read, and
each question ends in time, however slowly a server answers.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import httpx

from ownjournal.pubmed.fetching import USER_AGENT, why_no_connection
from ownjournal.pubmed.in_time import OutOfTime, in_time

SECONDS = 10.0  # for an answer, all in all
# A sign-in, a check for robots or "not by this method" is an answer too.
ANSWERS = {401, 403, 405, 406, 407, 429}

# What lies outside, or is 6to4, may hold an address of IPv4 that leads within.
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_6TO4 = ipaddress.ip_network("2002::/16")
# Of protocols (RFC 6890); a cloud answers there with its secrets, and Pythons before
# 3.11.10, 3.12.4 and 3.13 call all but eight of them global.
_SPECIAL = ipaddress.ip_network("192.0.0.0/24")

T = TypeVar("T")


class NotAsked(ValueError):
    """An address that is not asked, or gave nothing; `str` is a sentence."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the Internet, not of a network within."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if not ip.is_global or ip.is_multicast or ip in _SPECIAL:
        return False
    return ip.version == 4 or (ip in _GIVEN_OUT and ip not in _6TO4)


def looked_up(host: str, port: int) -> list[str]:
    """The IP addresses of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


class Asker:
    """Asks one question after the other; safe to share between threads.

    look_up, may_ask   how names become addresses, and which of them are asked
    trusted            the certificates that are; None is those of the system
    """

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        look_up: Callable[[str, int], Sequence[str]] = looked_up,
        may_ask: Callable[[str], bool] = is_public,
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        self._seconds = seconds
        self._look_up, self._may_ask = look_up, may_ask
        self._client = httpx.Client(
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
            timeout=seconds,
            follow_redirects=False,
            verify=trusted or ssl.create_default_context(),
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def problem(self, url: str) -> str | None:
        """Why a link is dead, a sentence; None where it answers."""
        try:
            status = self._in_time(lambda: self._status(url))
        except NotAsked as reason:
            return str(reason)
        if status < 400 or status in ANSWERS:
            return None
        return f"It answers with error {status}."

    def content(self, url: str, most: int, *, redirects: int = 0) -> bytes:
        """A whole file of at most so many bytes. Raises NotAsked.

        redirects   how many are followed
        """
        return self._in_time(lambda: self._content(url, most, redirects))

    def _status(self, url: str) -> int:
        with self._open(url) as answer:
            return answer.status_code

    def _content(self, url: str, most: int, redirects: int) -> bytes:
        with self._open(url) as answer:
            onward = answer.headers.get("Location") if answer.is_redirect else None
            if redirects == 0 or onward is None:
                return self._body(url, answer, most)
        return self._content(_joined(url, onward), most, redirects - 1)

    def _body(self, url: str, answer: httpx.Response, most: int) -> bytes:
        if answer.status_code != 200:
            raise NotAsked(f"{url} answers with status {answer.status_code}.")
        body = bytearray()
        for block in answer.iter_raw():
            body += block
            if len(body) > most:
                raise NotAsked(f"{url} is longer than {most:,} bytes.")
        return bytes(body)

    @contextmanager
    def _open(self, url: str) -> Iterator[httpx.Response]:
        """The answer with its body not read yet. Raises NotAsked."""
        try:
            asked = httpx.URL(url)
            if asked.scheme != "https" or asked.userinfo or not asked.host:
                raise NotAsked(f"{url} is no plain https address.")
            request = self._client.build_request(
                "GET",
                asked.copy_with(host=self._address(asked)),
                headers={"Host": asked.netloc.decode("ascii")},
                extensions={"sni_hostname": asked.raw_host.decode("ascii")},
            )
            answer = self._client.send(request, stream=True)
        except httpx.TransportError as fault:
            raise NotAsked(_sentence(fault)) from fault
        except (httpx.InvalidURL, UnicodeError) as fault:
            raise NotAsked(f"{url} is no address.") from fault
        try:
            yield answer
        except httpx.TransportError as fault:
            raise NotAsked(_sentence(fault)) from fault
        finally:
            answer.close()

    def _address(self, url: httpx.URL) -> str:
        """Where to connect to; every address of the name must be a public one."""
        try:
            found = self._look_up(url.raw_host.decode("ascii"), url.port or 443)
        except OSError as fault:
            raise NotAsked(f"The name {url.host} was not found.") from fault
        if not found or not all(map(self._may_ask, found)):
            raise NotAsked(f"{url.host} is not on the public Internet.")
        return found[0]

    def _in_time(self, ask: Callable[[], T]) -> T:
        try:
            return in_time(self._seconds, ask)
        except OutOfTime:
            raise NotAsked(f"It did not answer within {self._seconds:g} s.") from None


def _joined(url: str, onward: str) -> str:
    """Where a redirect leads. Raises NotAsked."""
    try:
        return str(httpx.URL(url).join(onward))
    except (httpx.InvalidURL, UnicodeError) as fault:
        raise NotAsked(f"{url} leads to no address.") from fault


def _sentence(fault: httpx.TransportError) -> str:
    if isinstance(fault, httpx.TimeoutException):
        return "It did not answer in time."
    if isinstance(fault, httpx.ConnectError):
        return f"It cannot be reached: {why_no_connection(fault)}"
    return "The connection was lost."
