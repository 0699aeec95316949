"""An article as plain text, to paste into a mail or a note.

What NLM says, as NLM says it; a warning goes before it, our reading and this
site's address follow it. Lines are wrapped the same way every time, so that
copies can be compared.
"""

from collections.abc import Iterator
from textwrap import TextWrapper

from ownjournal.appraisal.verdict import Appraisal
from ownjournal.catalogue.abstracts import abstract_name
from ownjournal.catalogue.citing_page import language
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed import citation, fulltext
from ownjournal.pubmed.article import Abstract, Article, OtherAbstract
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.exports.clean import line
from ownjournal.pubmed.markup import plain

INVENTED = "INVENTED EXAMPLE. NOT A REAL ARTICLE."
WIDTH = 78


def plaintext(kept: Kept, address: str) -> str:
    """Warnings, reference, abstracts, our reading, address; ends with a line end.

    Words and addresses are never broken, also where they are longer than a line.
    Nothing turns the direction of what follows it.
    """
    wrapper = TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    blocks = (wrapper.fill(block) for text in _blocks(kept) if (block := line(text)))
    return "\n\n".join([*blocks, address]) + "\n"


def _blocks(kept: Kept) -> Iterator[str | None]:
    article, appraisal = kept.article, kept.appraisal
    if is_example(article.pmid):
        yield INVENTED
    yield appraisal.integrity_reason
    yield citation.full(article, language=language(article))
    yield _doi_address(article)
    if article.abstract is not None:
        yield from _abstract(article.abstract)
    for other in article.other_abstracts:
        yield abstract_name(other)[0].upper()
        yield from _abstract(other)
    yield _reading(appraisal)


def _doi_address(article: Article) -> str | None:
    """The DOI of an invented article leads nowhere."""
    doi = article.identifiers.doi
    return fulltext.doi_url(doi) if doi and not is_example(article.pmid) else None


def _abstract(abstract: Abstract | OtherAbstract) -> Iterator[str | None]:
    for section in abstract.sections:
        label = f"{section.label}: " if section.label else ""
        yield label + plain(section.text)
    yield abstract.copyright


def _reading(appraisal: Appraisal) -> str:
    design = f"Study design, as read here: {appraisal.design_name}."
    return design if appraisal.level is None else f"{design} Level {appraisal.level}."
