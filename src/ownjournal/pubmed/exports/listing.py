"""Plain text: the references, numbered, a paragraph each.

What is known against an article stands before its reference, in capitals. Lines
are not wrapped: what pastes them knows its own width.
"""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from ownjournal.pubmed import citation
from ownjournal.pubmed.article import Article
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.exports.clean import line
from ownjournal.pubmed.exports.exported import Exported, identifiers, warnings


def write(exported: Iterable[Exported]) -> Iterator[str]:
    """A paragraph an article: number, warnings, reference, our address of it."""
    for number, each in enumerate(exported, start=1):
        lines = [
            *(f"WARNING: {text}" for text in warnings(each)),
            _reference(each.article),
            line(each.address),
        ]
        yield f"{number}. " + "\n   ".join(filter(None, lines)) + "\n\n"


def _reference(article: Article) -> str | None:
    """The reference; of an invented article without numbers that look real."""
    text = citation.full(replace(article, identifiers=identifiers(article)))
    if is_example(article.pmid):
        text = text.removesuffix(f"PMID: {article.pmid}.")
    return line(text)
