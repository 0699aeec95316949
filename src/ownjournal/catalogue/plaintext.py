"""An article as plain text, to paste into a mail or a note.

Lines are wrapped at 72 characters in a way that stays the same, so that two
copies of an article can be compared. Identifiers and addresses are not broken.
"""

from textwrap import TextWrapper

from ownjournal.appraisal.designs import design_named
from ownjournal.catalogue.dates import date_told, online
from ownjournal.catalogue.pages import title_of
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed import citation
from ownjournal.pubmed.article import Abstract, Article
from ownjournal.pubmed.example import is_example
from ownjournal.pubmed.markup import plain

_WRAPPER = TextWrapper(width=72, break_long_words=False, break_on_hyphens=False)


def plaintext(kept: Kept, address: str) -> str:
    """Citation, identifiers, our reading, abstract, address; ends with a line end."""
    article, appraisal = kept.article, kept.appraisal
    blocks = [_wrap(title_of(article))]
    if is_example(article.pmid):
        blocks.insert(0, "INVENTED EXAMPLE. NOT A REAL ARTICLE.")
    if appraisal.integrity_reason:
        blocks.insert(0, _wrap(appraisal.integrity_reason.upper()))
    blocks.append(_wrap(citation.nlm(article)))
    blocks.append("\n".join(_identifiers(article)))
    level = f" Level {appraisal.level}." if appraisal.level else ""
    blocks.append(_wrap(f"Study design: {design_named(appraisal.design).name}.{level}"))
    if article.abstract is not None:
        blocks += _abstract(article.abstract)
    blocks.append(address)
    return "\n\n".join(blocks) + "\n"


def _identifiers(article: Article) -> list[str]:
    own = article.identifiers
    lines = [f"PMID: {article.pmid}"]
    if own.pmcid:
        lines.append(f"PMCID: {own.pmcid}")
    if own.doi:
        lines.append(f"DOI: {own.doi}")
    day = online(article)
    if day is not None and (told := date_told(day)):
        lines.append(f"Online: {told}")
    return lines


def _abstract(abstract: Abstract) -> list[str]:
    blocks = []
    for section in abstract.sections:
        heading = f"{section.label.upper()}\n" if section.label else ""
        blocks.append(heading + _wrap(plain(section.text)))
    if abstract.copyright:
        blocks.append(_wrap(abstract.copyright))
    return blocks


def _wrap(text: str) -> str:
    return _WRAPPER.fill(" ".join(text.split()))
