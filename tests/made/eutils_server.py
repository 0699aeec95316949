"""A stand-in for NLM's E-utilities, which answers efetch as the real one does.

Numbers it has no record of get an empty set; what is no number gets 400 and an
<ERROR>; more requests a second than NLM allows get 429, when it is told to count.
"""

import time
from threading import Lock

from made.files import record
from made.records import DOCTYPE
from made.service_server import Asked, Reply, ServiceServer

PATH = "/entrez/eutils/efetch.fcgi"
HEAD = f'<?xml version="1.0" ?>\n{DOCTYPE}\n'
ERROR = '<?xml version="1.0" ?>\n<eFetchResult>\n\t<ERROR>{}</ERROR>\n</eFetchResult>\n'
TOO_MANY = b'{"error":"API rate limit exceeded","api-key":"127.0.0.1","count":"4"}\n'
BAD_KEY = b'{"error":"API key invalid","api-key":"nobody","type":"api-key"}\n'


class EutilsServer(ServiceServer):
    """`records` by PMID is what NLM has; `most_a_second` None counts nothing.

    `body` and `status`, where they are set, are the answer to everything.
    """

    def __init__(self, *pmids: int, most_a_second: int | None = None) -> None:
        super().__init__()
        self.records = {str(pmid): record(pmid) for pmid in pmids}
        self.key = "known"
        self.body: bytes | None = None
        self.status: int | None = None
        self.refused = 0
        self._most, self._times, self._lock = most_a_second, list[float](), Lock()

    def reply(self, asked: Asked) -> Reply:
        key, wanted = asked.parameters.get("api_key"), asked.parameters.get("id", "")
        if self._most is not None and self._is_too_often(time.monotonic()):
            return Reply(429, TOO_MANY, {"Content-Type": "application/json"})
        if self.body is not None or self.status is not None:
            return Reply(self.status or 200, self.body or b"no")
        if asked.path != PATH:
            return Reply(404, b"not here")
        if key not in {None, self.key}:
            return Reply(400, BAD_KEY)
        if not wanted.isdigit():
            text = ERROR.format("ID list is empty! Possibly it has no correct IDs.")
            return Reply(400, text.encode())
        parts = self.records.get(wanted, "")
        body = f"{HEAD}<PubmedArticleSet>{parts}</PubmedArticleSet>".encode()
        return Reply(200, body, {"Content-Type": "text/xml; charset=UTF-8"})

    def _is_too_often(self, now: float) -> bool:
        with self._lock:
            self._times = [each for each in self._times if each > now - 1] + [now]
            too_often = len(self._times) > (self._most or 0)
            self.refused += too_often
        return too_often
