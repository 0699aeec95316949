"""What articles are about and who wrote them: too many different values for facets.

As with facets, a value stands for a query, and its count is what the result would
have if it were narrowed by that query. A heading counts as it stands on an
article, and not for the broader ones too.
"""

import re
from collections.abc import Iterator
from typing import Literal

from ownjournal.search.document import Document
from ownjournal.search.query import Term

Subject = Literal["heading", "author"]

MOST = 60_000
"""Values of a subject that can be asked for; all headings of MeSH are half of it."""

_FIELDS: dict[Subject, str] = {"heading": "mh:noexp", "author": "au:noexp"}
_HEADING = re.compile(r"mh:(d\d{3,9})")


def query_of(subject: Subject, value: str) -> Term:
    """What finds the articles that a value is counted for."""
    return Term(value, _FIELDS[subject])


def subjects(document: Document) -> Iterator[tuple[Subject, str]]:
    """What a document counts for, each once: "D005334", "smith_ja"."""
    # Most codes begin otherwise, and one letter is seen fastest.
    told = [code for code in document.codes if code[0] in "am"]
    for code in dict.fromkeys(told):
        if code[:3] == "an:":
            yield "author", code[3:]
        elif code[:4] == "mh:d" and (found := _HEADING.fullmatch(code)) is not None:
            yield "heading", found[1].upper()
