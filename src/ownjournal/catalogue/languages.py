"""Languages by NLM's three letters: what they are called, and their tag in HTML."""

from ownjournal.pubmed.exports.languages import tag
from ownjournal.pubmed.languages import NAMES


def language_name(code: str) -> str:
    """The English name; the code itself where we have none."""
    return NAMES.get(code, code)


def language_tag(code: str) -> str:
    """The value of a lang attribute; "und" where there is none."""
    return tag(code) or "und"
