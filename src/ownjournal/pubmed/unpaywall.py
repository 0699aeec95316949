"""Ask Unpaywall for free copies of an article, by its DOI.

Nothing in an answer is trusted: a copy counts only with a web address that may
stand in a link, and what it is said to be is taken from known words alone. A
copy at the publisher's counts only with an open licence or in a journal that is
open as a whole, since what is merely free to read today may be closed tomorrow.

Form of the answers: https://unpaywall.org/data-format
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import quote

import msgspec
from msgspec import Struct

from ownjournal.pubmed.asking import NoAnswer, Question, ask
from ownjournal.pubmed.fetching import checked_address
from ownjournal.pubmed.licence import licence_coded
from ownjournal.pubmed.open_copy import OpenCopy, Version, is_web_address

UNPAYWALL = "https://api.unpaywall.org"
FINDER = "Unpaywall"
ANSWER_BYTES = 2_000_000
MOST_LOCATIONS = 200
VERSIONS: dict[str, Version] = {
    "publishedVersion": "published",
    "acceptedVersion": "accepted",
    "submittedVersion": "submitted",
}
_BEST_FIRST = ("published", "accepted", "submitted", None)


class Unpaywall:
    """Unpaywall, asked under an address of the operator's, as it demands.

    Raises ValueError for an address that is neither https nor on this machine.
    """

    def __init__(
        self,
        address: str = UNPAYWALL,
        *,
        email: str,
        whole_seconds: float = 20.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._address = checked_address(address).rstrip("/")
        self._email = email
        self._whole_seconds, self._sleep = whole_seconds, sleep

    def look_up(self, doi: str, today: date) -> OpenCopy | None:
        """The best free copy; None where it knows none, or not the DOI.

        Raises NoAnswer: `ours` where it refuses us, and not only now.
        """
        question = Question(
            FINDER,
            f"{self._address}/v2/{quote(doi, safe='/')}",
            {"email": self._email},
            ANSWER_BYTES,
            self._whole_seconds,
        )
        answer = ask(question, sleep=self._sleep)
        if answer.status == 404:
            return None
        if answer.status == 422:
            raise NoAnswer(
                "Unpaywall does not take the address in CONTACT_EMAIL.", ours=True
            )
        if answer.status != 200:
            raise NoAnswer(
                f"Unpaywall refuses the request with {answer.status}.", ours=True
            )
        return best_copy(answer.body, doi, today)


class _Location(Struct):
    """One copy, as far as we use what is said of it; a wrong type is refused."""

    url: str | None = None
    url_for_landing_page: str | None = None
    host_type: str | None = None  # "publisher" or "repository"
    version: str | None = None
    license: str | None = None


class _Answer(Struct):
    doi: str
    is_oa: bool = False
    journal_is_oa: bool | None = None  # all of the journal, for good
    oa_locations: list[_Location] | None = None


def best_copy(body: bytes, doi: str, today: date) -> OpenCopy | None:
    """The best copy of an answer: the publisher's, then by version, then as listed.

    Raises NoAnswer for an answer in another form, or about another DOI.
    """
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise NoAnswer("Unpaywall's answer cannot be read.") from fault
    if answer.doi.casefold() != doi.casefold():
        raise NoAnswer("Unpaywall's answer is about another DOI.")
    if not answer.is_oa:
        return None
    return min(_copies(answer, today), key=_rank, default=None)


def _copies(answer: _Answer, today: date) -> Iterator[OpenCopy]:
    for each in (answer.oa_locations or [])[:MOST_LOCATIONS]:
        url = _url(each)
        licence = licence_coded(each.license or "")
        version = VERSIONS.get(each.version or "")
        if url is None:
            continue
        if each.host_type == "repository":
            yield OpenCopy(url, "repository", version, licence, FINDER, today)
        if each.host_type == "publisher" and (licence or answer.journal_is_oa):
            yield OpenCopy(url, "publisher", version, licence, FINDER, today)


def _url(location: _Location) -> str | None:
    """The publisher's own page shows later corrections; a repository's may hide the
    file behind another click."""
    pages = [location.url, location.url_for_landing_page]
    if location.host_type == "publisher":
        pages.reverse()
    return next((page for page in pages if page and is_web_address(page)), None)


def _rank(copy: OpenCopy) -> tuple[bool, int, bool]:
    return (
        copy.host != "publisher",
        _BEST_FIRST.index(copy.version),
        copy.licence is None,
    )
