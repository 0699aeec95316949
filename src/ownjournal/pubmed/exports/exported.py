"""What is exported, and what every format must say of it."""

import re

from msgspec import Struct

from ownjournal.pubmed.article import Article, Identifiers, Markup
from ownjournal.pubmed.citation import heading, without_full_stop
from ownjournal.pubmed.example import MARK, is_example
from ownjournal.pubmed.exports.clean import line, words
from ownjournal.pubmed.fulltext import record_address

RETRACTED_TYPE = "D016441"  # Retracted Publication
RETRACTED_BY = frozenset({"RetractionIn", "RetractedandRepublishedIn"})
PLACEHOLDERS = frozenset({"[Not Available].", "[In Process Citation]"})
"""What NLM prints where there is no English title."""

RETRACTED = "This article has been retracted."
FIRST_AUTHORS_ONLY = "PubMed lists the first authors only."

_TITLE_SAYS_SO = re.compile(
    r"\W*(?:<[a-z]+>)?(?:retract|withdrawn|removed)", re.IGNORECASE
)


class Exported(Struct, frozen=True):
    """An article on its way out, with what its record alone does not say."""

    article: Article
    warning: str | None = None  # a sentence where something is known against it
    address: str | None = None  # of our page of it


def is_retracted(article: Article) -> bool:
    """Whether NLM says so, by the type of the article or by a link to the notice."""
    return any(each.ui == RETRACTED_TYPE for each in article.publication_types) or any(
        each.kind in RETRACTED_BY for each in article.corrections
    )


def title(article: Article) -> Markup | None:
    """The title without its last full stop; the original one where NLM has no other."""
    text = heading(article)
    if text in PLACEHOLDERS and article.vernacular_title:
        text = article.vernacular_title
    if text is None:
        return None
    return without_full_stop(Markup(text.strip()))


def marked_title(article: Article) -> str | None:
    """The title as plain text with its `prefix`; the prefix alone where it has none."""
    return line(prefix(article) + (words(title(article)) or ""))


def prefix(article: Article) -> str:
    """What stands before an exported title, so that no list shows it without.

    "RETRACTED: " is what NISO's RP-45-2024 (CREC) asks for; a title that says so
    itself is left as it is.
    """
    if is_example(article.pmid):
        return "INVENTED EXAMPLE: "
    if is_retracted(article) and not _TITLE_SAYS_SO.match(title(article) or ""):
        return "RETRACTED: "
    return ""


def warnings(exported: Exported) -> tuple[str, ...]:
    """Sentences that must be seen with the article, gravest first.

    A retraction is among them also where nobody gave the warning.
    """
    article = exported.article
    found = (
        MARK if is_example(article.pmid) else None,
        line(exported.warning) or (RETRACTED if is_retracted(article) else None),
    )
    return tuple(each for each in found if each)


def notes(exported: Exported) -> tuple[str, ...]:
    """The warnings, and that names are missing where a format cannot say "et al."."""
    if exported.article.authors_complete:
        return warnings(exported)
    return (*warnings(exported), FIRST_AUTHORS_ONLY)


def identifiers(article: Article) -> Identifiers:
    """The article's identifiers; none of an invented one, as they lead nowhere."""
    return Identifiers() if is_example(article.pmid) else article.identifiers


def pubmed_number(article: Article) -> str | None:
    """The PMID; None of an invented article, whose number is not NLM's."""
    return None if is_example(article.pmid) else str(article.pmid)


def pubmed_address(article: Article) -> str | None:
    """PubMed's page of it; None of an invented article."""
    return None if is_example(article.pmid) else record_address(article.pmid)
