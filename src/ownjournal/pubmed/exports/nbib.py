"""MEDLINE/nbib: NLM's own export, for all who import from PubMed.

Fields, order and form are those that PubMed writes: a tag of four characters and
"- ", lines up to 88 characters that go on behind six spaces, a blank line between
records. "PMID- " comes first in a record, as programs know the format by it.

Three things are ours: the mark before a title (`exported.prefix`), the notes
and our address as general notes (GN), and that what no reader could take in,
such as an ISSN that is none, is left out. An invented article has a number
alone, and no other identifier.

Source: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from ownjournal.pubmed.article import (
    Article,
    ArticleId,
    HistoryDate,
    MeshHeading,
    Note,
    PubDate,
    Qualifier,
)
from ownjournal.pubmed.citation import (
    date_text,
    is_whole_book,
    item_number,
    nlm,
    printed_pages,
)
from ownjournal.pubmed.exports.clean import line, paragraphs, words
from ownjournal.pubmed.exports.dates import electronic, of_issue
from ownjournal.pubmed.exports.exported import (
    Exported,
    identifiers,
    prefix,
    warnings,
)
from ownjournal.pubmed.exports.nbib_parts import (
    Line,
    book_lines,
    correction_lines,
    day,
    grant_lines,
    investigator_lines,
    keyword_lines,
    other_abstract_lines,
    people_lines,
    subject_lines,
)
from ownjournal.pubmed.exports.place import numbering

WIDTH = 88
NEVER_CUT = frozenset({"AID", "LID", "AUID", "IS", "PHST", "SI", "RN", "OID", "PG"})
"""Fields of which readers join the lines without a space, or read the first only."""

_ISSN = re.compile(r"[0-9]{4}-[0-9]{3}[0-9X]")
_PMCID = re.compile(r"PMC[0-9]+")
_STATUS = re.compile(r"[A-Za-z-]+")
_MEDIA = frozenset({"Print", "Electronic"})


def write(exported: Iterable[Exported]) -> Iterator[str]:
    """A record an article, with a blank line behind each."""
    for each in exported:
        yield "".join(_field(tag, text) for tag, text in _lines(each) if text) + "\r\n"


def _field(tag: str, text: str) -> str:
    """A field in lines; broken only at single spaces, so that joining restores it."""
    start = f"{tag:<4}- "
    if tag in NEVER_CUT or len(start) + len(text) <= WIDTH:
        return f"{start}{text}\r\n"
    lines, current = [], start
    for word in re.split(r"(?<! ) (?! )", text):
        if len(current) > 6 and len(current) + len(word) > WIDTH:
            lines.append(current.rstrip(" "))
            current = " " * 6
        current += word + " "
    return "\r\n".join([*lines, current.rstrip(" ")]) + "\r\n"


def _lines(exported: Exported) -> Iterator[Line]:
    article = exported.article
    yield "PMID", str(article.pmid)
    yield from _record(article)
    yield from _where(article)
    yield "TI", line(prefix(article) + (words(article.title) or ""))
    yield from _places(article)
    yield from book_lines(article)
    yield from _abstract(article)
    yield from people_lines(article)
    yield from _kinds(article)
    yield from investigator_lines(article)
    yield from _journal(article)
    yield from subject_lines(article)
    yield from correction_lines(article)
    yield from (("MH", _heading(each)) for each in article.mesh)
    yield from _rest(exported)


def _record(article: Article) -> Iterator[Line]:
    yield "OWN", line(article.owner)
    yield "STAT", line(article.status)
    yield "DCOM", day(article.completed_on)
    yield "LR", day(article.revised_on)


def _where(article: Article) -> Iterator[Line]:
    journal, issue = article.journal, article.journal_issue
    if journal is not None:
        medium = journal.issn_medium if journal.issn_medium in _MEDIA else None
        yield "IS", _issn(journal.issn, medium or "Undetermined")
        yield "IS", _issn(journal.issn_linking, "Linking")
    if issue is not None:
        yield "VI", numbering(issue.volume)
        yield "IP", numbering(issue.number)
        # the issue's, whatever day the article itself appeared on: that is DEP
        yield "DP", line(date_text(of_issue(article) or PubDate()))


def _places(article: Article) -> Iterator[Line]:
    yield "PG", line(printed_pages(article))
    own = replace(article, identifiers=identifiers(article))
    yield "LID", _tagged(item_number(own), "pii")
    yield "LID", _tagged(own.identifiers.doi, "doi")


def _abstract(article: Article) -> Iterator[Line]:
    yield "AB", " ".join(paragraphs(article.abstract))
    yield "CI", line(article.abstract.copyright) if article.abstract else None


def _kinds(article: Article) -> Iterator[Line]:
    yield from (("LA", line(each)) for each in article.languages)
    for bank in article.data_banks:
        name = line(bank.name)
        yield from (("SI", f"{name}/{line(each)}") for each in bank.accession_numbers)
        yield "SI", None if bank.accession_numbers else name
    yield from grant_lines(article)
    yield from (("PT", line(each.name)) for each in article.publication_types)
    if article.book is not None:
        yield "PT", "Book" if is_whole_book(article) else "Book Chapter"


def _journal(article: Article) -> Iterator[Line]:
    yield "TT", words(article.vernacular_title)
    yield "DEP", day(electronic(article))
    journal = article.journal
    if journal is not None:
        yield "PL", line(journal.country)
        yield "TA", line(journal.medline_abbreviation or journal.abbreviation)
        yield "JT", line(journal.title)
        yield "JID", line(journal.nlm_id)


def _heading(heading: MeshHeading) -> str:
    """ "Hypertension/*drug therapy/physiopathology": a star before a main point."""
    parts: tuple[MeshHeading | Qualifier, ...] = (heading, *heading.qualifiers)
    return "/".join(
        ("*" if each.major else "") + (line(each.name) or "") for each in parts
    )


def _rest(exported: Exported) -> Iterator[Line]:
    article = exported.article
    own = identifiers(article)
    yield from other_abstract_lines(article)
    pmcid = own.pmcid.partition(".")[0] if own.pmcid else ""
    yield "PMC", pmcid if _PMCID.fullmatch(pmcid) else None
    yield from (("MID", line(each.value)) for each in own.others if each.kind == "mid")
    yield from (("GN", f"Ownjournal: {each}") for each in warnings(exported))
    address = line(exported.address)
    yield "GN", f"Ownjournal: {address}" if address else None
    yield from (("GN", _owned(each)) for each in article.notes)
    yield from (("OID", _owned_id(each)) for each in article.other_ids)
    yield from keyword_lines(article)
    yield "COIS", words(article.conflict_of_interest)
    yield from _history(article.history)
    yield from (("AID", each) for each in _article_ids(article))
    yield "PST", line(article.publication_status)
    yield "SO", line(nlm(replace(article, identifiers=own)))


def _history(history: tuple[HistoryDate, ...]) -> Iterator[Line]:
    """The dates of entry, then every step; a step without a day has no place here."""
    moments = [(each.status, moment) for each in history if (moment := _moment(each))]
    first = dict(reversed(moments))
    yield "EDAT", first.get("pubmed")
    yield "MHDA", first.get("medline")
    yield "CRDT", first.get("entrez")
    yield "PMCR", first.get("pmc-release")
    for status, moment in moments:
        if _STATUS.fullmatch(status):
            yield "PHST", f"{moment} [{status}]"


def _moment(step: HistoryDate) -> str | None:
    """ "2017/07/15 06:00"; midnight where NLM gives no hour."""
    when = step.date
    if when.year is None or when.month is None or when.day is None:
        return None
    day = f"{when.year}/{when.month:02}/{when.day:02}"
    return f"{day} {step.hour or 0:02}:{step.minute or 0:02}"


def _article_ids(article: Article) -> Iterator[str]:
    """The identifiers; the DOI that counts last, as readers keep the last one."""
    own = identifiers(article)
    book_ids = article.book.ids if article.book is not None else ()
    ids = [
        *(each for each in (*own.others, *book_ids) if each.valid),
        ArticleId("pii", own.pii or ""),
        ArticleId("doi", own.doi or ""),
    ]
    known = ("pii", "doi", "bookaccession")
    tagged = (_tagged(each.value, each.kind) for each in ids if each.kind in known)
    return iter(dict.fromkeys(each for each in tagged if each))


def _tagged(value: str | None, kind: str) -> str | None:
    text = line(value)
    return f"{text} [{kind}]" if text else None


def _issn(issn: str | None, kind: str) -> str | None:
    return f"{issn} ({kind})" if issn and _ISSN.fullmatch(issn) else None


def _owned(note: Note) -> str | None:
    """ "NASA: text"."""
    return ": ".join(filter(None, (line(note.owner), line(note.text)))) or None


def _owned_id(other: ArticleId) -> str | None:
    return ": ".join(filter(None, (line(other.kind), line(other.value)))) or None
