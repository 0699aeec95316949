"""Ask NLM's E-utilities for one record by its number.

The answer is trusted only where it is a whole set of PubMed's with exactly the
record that was asked for. How often may be asked is not decided here: at most
three requests a second from one site, ten with a key, is NLM's rule.

Source: https://www.ncbi.nlm.nih.gov/books/NBK25499/ (EFetch) and NBK25497
"""

import io
import time
from collections.abc import Callable

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.asking import Answer, NoAnswer, Question, ask
from ownjournal.pubmed.fetching import checked_address
from ownjournal.pubmed.records import Rejected, read_records
from ownjournal.pubmed.refusal import FileRefused

EUTILS = "https://eutils.ncbi.nlm.nih.gov"
PATH = "/entrez/eutils/efetch.fcgi"
TOOL = "ownjournal"
RECORD_BYTES = 20_000_000  # the longest record known has 5,000 authors: 8 MB
A_SECOND, A_SECOND_WITH_KEY = 3, 10

_NOTHING = (b"empty", b"cannot retrieve", b"not available", b"cannot get document")
"""What an <ERROR> says where it is about the number, and not about NLM's day."""


class Eutils:
    """E-utilities, asked under a name and an address, as NLM wants it.

    address  scheme and host; https, or http on this machine itself
    email    of whoever runs this site, so that NLM can write before it blocks
    key      an API key, which allows more requests a second

    Raises ValueError for another address.
    """

    def __init__(
        self,
        address: str = EUTILS,
        *,
        email: str,
        key: str | None = None,
        whole_seconds: float = 8.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url = checked_address(address).rstrip("/") + PATH
        self._email, self._key = email, key
        self._whole_seconds, self._sleep = whole_seconds, sleep

    def fetch(self, pmid: int) -> bytes | None:
        """The XML of a set with this record alone; None where NLM has none.

        Raises NoAnswer: `ours` where NLM refuses us, and not only now.
        """
        answer = ask(self._question(pmid), sleep=self._sleep)
        if answer.status == 200:
            return _record(answer.body, pmid)
        _raise_unless_about_number(answer)
        return None

    def _question(self, pmid: int) -> Question:
        parameters = {
            "db": "pubmed",
            "id": str(pmid),
            "retmode": "xml",
            "tool": TOOL,
            "email": self._email,
        }
        if self._key is not None:
            parameters["api_key"] = self._key
        return Question("NLM", self._url, parameters, RECORD_BYTES, self._whole_seconds)


def _record(body: bytes, pmid: int) -> bytes | None:
    """The body itself, once it is known to be what was asked for."""
    if _is_empty_set(body):
        return None
    if b"<ERROR>" in body[:2_000] or b"<eFetchResult>" in body[:2_000]:
        _raise_unless_about_number(Answer(400, body))
        return None
    try:
        records = list(read_records(io.BytesIO(body)))
    except FileRefused as refusal:
        raise NoAnswer(f"NLM's answer cannot be read: {refusal.message}") from refusal
    [first, *more] = records
    kept = isinstance(first, Article | Rejected) and first.pmid in {pmid, None}
    # a number that stands for another record by now has none of its own
    return body if kept and not more else None


def _is_empty_set(body: bytes) -> bool:
    """`<PubmedArticleSet></PubmedArticleSet>`, as for numbers never given out."""
    rest = body.rpartition(b"<PubmedArticleSet")[2]
    if rest == body or len(body) > 2_000:
        return False
    return rest.strip() in {b"/>", b" />"} or rest.replace(b"\n", b"").strip() == (
        b"></PubmedArticleSet>"
    )


def _raise_unless_about_number(answer: Answer) -> None:
    """Raise NoAnswer for a refusal, unless it is that NLM has no such record.

    400 comes for numbers NLM cannot read; what else is below 500 is about us.
    """
    if answer.status in {404, 410}:
        raise NoAnswer("NLM's E-utilities are not at this address.", ours=True)
    if answer.status != 400:
        raise NoAnswer(f"NLM refuses the request with {answer.status}.", ours=True)
    folded = answer.body[:4_000].lower()
    if b"api key" in folded or b"api_key" in folded:
        raise NoAnswer("NLM does not know the key that it was given.", ours=True)
    if not any(words in folded for words in _NOTHING):
        raise NoAnswer("NLM answers with an error of its own.")
