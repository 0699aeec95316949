"""What an index keeps of one article: words to find it by, and a few facts.

Texts are plain, without markup, and as NLM spells them; `analysis` cuts them.
Facts are codes of the form "tag:value", one for everything a CODE field of
`query.FIELDS` can be asked for.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from ownjournal.appraisal.integrity import GRAVE
from ownjournal.appraisal.registries import registrations_in
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import (
    Article,
    Author,
    Book,
    Chemical,
    Grant,
    Investigator,
    Journal,
    Markup,
    MeshHeading,
    PersonSubject,
    PubDate,
)
from ownjournal.pubmed.citation import is_whole_book
from ownjournal.pubmed.markup import plain
from ownjournal.search.analysis import code, identifier, source_id
from ownjournal.search.codes import (
    codes_of,
    funders,
    grant,
    grants,
    isbn,
    orcid,
    person,
    registry_number,
)
from ownjournal.search.filters import LINKS
from ownjournal.search.qualifiers import qualifier

DATED = ("ppdat", "epdat", "edat", "crdt", "mhda", "dcom", "lr")
"""Fields of one date each; dp has several."""

_STEPS = {"edat": "pubmed", "crdt": "entrez", "mhda": "medline"}
_STATUSES = {
    "MEDLINE": "medline",
    "OLDMEDLINE": "oldmedline",
    "PubMed-not-MEDLINE": "pubmednotmedline",
    "In-Process": "inprocess",
    "In-Data-Review": "inprocess",
    "Publisher": "publisher",
}
_PMID = re.compile("[1-9][0-9]{0,8}")


class Document(Struct, frozen=True, array_like=True):
    """An article as an index takes it in. Two equal ones are found alike."""

    pmid: int
    title: tuple[str, ...]  # in English and in its language; of a book, the book's
    texts: tuple[str, ...]  # parts of abstracts, keywords; never the title
    names: tuple[str, ...]  # of MeSH, substances, registrations
    addresses: tuple[str, ...]  # of authors and members of groups, each once
    codes: tuple[str, ...]  # "au:smith_j", "mh:D006973", "la:eng" …, lower case
    published_on: tuple[date, ...]  # first days of the printed and electronic date
    sorted_on: date | None  # "newest" goes by it
    retracted: bool  # or withdrawn; found last
    keywords: tuple[str, ...] = ()  # the authors' own, which are among the texts too
    vernacular: tuple[str, ...] = ()  # the title in its language, again
    interests: tuple[str, ...] = ()  # the statement on their conflicts
    dated: tuple[tuple[str, date], ...] = ()  # fields of DATED and their days
    journal: str | None = None  # its NLM ID
    quality: int = 0  # of the appraisal
    significance: int = 0  # likewise
    revision: int = 0  # of its last change in the store; nothing is found by it


def document(article: Article, appraisal: Appraisal, revision: int = 0) -> Document:
    """What an index keeps of an article."""
    published = _published(article)
    return Document(
        pmid=article.pmid,
        title=_title(article),
        texts=tuple(_texts(article)),
        names=tuple(_names(article)),
        addresses=tuple(dict.fromkeys(_addresses(article))),
        codes=tuple(_codes(article, appraisal)),
        published_on=published,
        sorted_on=_sorted_on(article, published),
        retracted=appraisal.integrity in GRAVE,
        keywords=tuple(plain(keyword.text) for keyword in article.keywords),
        vernacular=_plain(article.vernacular_title),
        interests=_plain(article.conflict_of_interest),
        dated=tuple(_dated(article)),
        journal=article.journal.nlm_id if article.journal is not None else None,
        quality=appraisal.quality,
        significance=appraisal.significance,
        revision=revision,
    )


def _plain(text: Markup | None) -> tuple[str, ...]:
    return () if text is None else (plain(text),)


def _title(article: Article) -> tuple[str, ...]:
    book = article.book.title if article.book is not None else None
    titles = (article.title, article.vernacular_title)
    own = tuple(plain(title) for title in titles if title is not None)
    return own if own or book is None else (plain(book),)


def _texts(article: Article) -> list[str]:
    found = [plain(keyword.text) for keyword in article.keywords]
    for abstract in (article.abstract, *article.other_abstracts):
        if abstract is not None:
            found += [plain(section.text) for section in abstract.sections]
    return found


def _names(article: Article) -> list[str]:
    found = [heading.name for heading in article.mesh]
    found += [concept.name for concept in article.supplementary_concepts]
    found += [chemical.name for chemical in article.chemicals]
    for bank in article.data_banks:
        found += bank.accession_numbers
    return found


def _addresses(article: Article) -> list[str]:
    signed = article.authors + (article.book.authors if article.book else ())
    found = [text for author in signed for text in author.affiliations]
    found += [text for member in article.investigators for text in member.affiliations]
    return [plain(text) for text in found]


def _published(article: Article) -> tuple[date, ...]:
    dates = [each.date for each in article.article_dates]
    if article.journal_issue is not None:
        dates.append(article.journal_issue.date)
    if article.book is not None:
        dates.append(article.book.contributed_on or article.book.date)
    days = (each.first_day() for each in dates)
    return tuple(dict.fromkeys(day for day in days if day is not None))


def _dated(article: Article) -> Iterator[tuple[str, date]]:
    """The day of each field, where the record has one."""
    steps = {step.status: step.date for step in article.history}
    dates = {tag: steps.get(status) for tag, status in _STEPS.items()}
    dates |= {"dcom": article.completed_on, "lr": article.revised_on}
    dates["ppdat"], dates["epdat"] = _printed_and_electronic(article)
    for tag in DATED:
        found = dates[tag]
        if found is not None and (day := found.first_day()) is not None:
            yield tag, day


def _printed_and_electronic(article: Article) -> tuple[PubDate | None, PubDate | None]:
    """A journal that is not printed dates its issues electronically."""
    issue = article.journal_issue.date if article.journal_issue is not None else None
    days = (each.date for each in article.article_dates if each.kind == "Electronic")
    electronic = next(days, None)
    if (article.publication_model or "").startswith("Electronic"):
        return None, electronic or issue
    return issue, electronic


def _sorted_on(article: Article, published: tuple[date, ...]) -> date | None:
    """The day of publication, but none after PubMed had the record.

    Journals print dates months ahead; such an article would stay on top of
    everything newer. An electronic date is preferred, being exact.
    """
    days = list(published[:1])
    for step in article.history:
        if step.status == "entrez" and (day := step.date.first_day()) is not None:
            days.append(day)
    return min(days, default=None)


def _codes(article: Article, appraisal: Appraisal) -> list[str]:
    found = _people_codes(article)
    if article.journal is not None:
        found += _journal_codes(article.journal)
    found += _place_codes(article)
    found += _issued_codes(article)
    for heading in article.mesh:
        found += _heading_codes(heading)
    found += _substance_codes(article)
    for kind in article.publication_types:
        found += _named("pt", kind.ui, kind.name)
    found += [f"la:{language.lower()}" for language in article.languages]
    found += _identifier_codes(article)
    found += [f"si:{number}" for number in source_ids(article)]
    found += [f"link:{pmid}" for pmid in linked(article)]
    found += [f"cites:{pmid}" for pmid in cited(article)]
    for each in article.grants:
        found += _grant_codes(each)
    found += _subset_codes(article)
    return list(dict.fromkeys(found + _our_codes(article, appraisal)))


@lru_cache(maxsize=1 << 16)
def _heading_codes(heading: MeshHeading) -> tuple[str, ...]:
    """The heading, its subheadings, and each with the other; main points again."""
    found = list(_named("mh", heading.ui, heading.name))
    if heading.is_major():
        found += _named("majr", heading.ui, heading.name)
    name = heading.ui.lower() if heading.ui is not None else code(heading.name)
    for each in heading.qualifiers:
        letters = qualifier(each.name) or code(each.name)
        found += [f"sh:{letters}", f"mh:{name}/{letters}"]
        if each.major or heading.major:
            found.append(f"majr:{name}/{letters}")
    return tuple(found)


def _substance_codes(article: Article) -> list[str]:
    found: list[str] = []
    for concept in article.supplementary_concepts:
        found += _named("nm", concept.ui, concept.name)
    for chemical in article.chemicals:
        found += _chemical_codes(chemical)
    return found


@lru_cache(maxsize=1 << 14)
def _chemical_codes(chemical: Chemical) -> tuple[str, ...]:
    named = _named("nm", chemical.ui, chemical.name)
    number = chemical.registry_number
    return named if number is None else (*named, f"rn:{registry_number(number)}")


@lru_cache(maxsize=1 << 16)
def _named(tag: str, ui: str | None, name: str) -> tuple[str, ...]:
    """The codes of a heading: by UI and by name."""
    by_name = f"{tag}:{code(name)}"
    return (by_name,) if ui is None else (f"{tag}:{ui.lower()}", by_name)


def _people_codes(article: Article) -> list[str]:
    """All names as PubMed matches them, and once as `codes.patterns_of` finds them."""
    found: list[str] = []
    people = [each for each in article.authors if each.last_name is not None]
    if people:
        found += [f"1au:{_initialed(people[0])}", f"lastau:{_initialed(people[-1])}"]
    for author in article.authors:
        found += _author_codes(author)
        if author.fore_name is not None and author.last_name is not None:
            found.append(f"fau:{person(author.last_name, author.fore_name)}")
        if author.group is not None:
            found.append(f"cn:{code(plain(author.group))}")
    signed: tuple[Author | Investigator, ...] = article.authors + article.investigators
    found += [f"auid:{orcid(each.orcid)}" for each in signed if each.orcid is not None]
    for member in article.investigators:
        found.append(f"ir:{_initialed(member)}")
        found.append(f"fir:{person(member.last_name or '', member.fore_name)}")
    found += [f"ps:{_initialed(each)}" for each in article.person_subjects]
    editors = article.editors
    if article.book is not None:
        editors += article.book.editors
        for author in article.book.authors:
            found += _author_codes(author)
    return found + [f"ed:{_initialed(each)}" for each in editors if each.last_name]


def _author_codes(author: Author) -> tuple[str, ...]:
    group = () if author.group is None else (f"au:{code(plain(author.group))}",)
    if author.last_name is not None:
        names = _name_codes(author.last_name, author.initials, author.suffix)
        return names + group
    whole = author_name(author)
    return group if whole is None else (*group, *codes_of(whole, "au:noexp"))


def author_name(author: Author) -> str | None:
    """The name form that an author is found by as a whole, "Smith JA"; None: no name.

    As the record spells it: two forms may be one person, and one form two.
    """
    if author.last_name is not None:
        return _whole_name(author.last_name, author.initials, author.suffix)
    return plain(author.group) if author.group is not None else None


def _whole_name(last_name: str, initials: str | None, suffix: str | None) -> str:
    parts = (last_name, initials, suffix)
    return " ".join(part for part in parts if part is not None)


@lru_cache(maxsize=1 << 15)
def _name_codes(
    last_name: str, initials: str | None, suffix: str | None
) -> tuple[str, ...]:
    """Last name, and it with each beginning of the initials, as PubMed matches.

    And the whole of it, by which one form of a name is told from others.
    """
    last = f"au:{code(last_name)}"
    whole = codes_of(_whole_name(last_name, initials, suffix), "au:noexp")
    if initials is None:
        return (last, *whole)
    letters = code(initials)
    found = [f"{last}_{letters[:length]}" for length in range(1, len(letters) + 1)]
    if suffix is not None:
        found.append(f"{last}_{letters}_{code(suffix)}")
    return (last, *found, *whole)


def _initialed(name: Author | Investigator | PersonSubject) -> str:
    return person(name.last_name or "", name.initials)


@lru_cache(maxsize=1 << 14)
def _grant_codes(given: Grant) -> tuple[str, ...]:
    found = [grant(each) for each in (given.acronym, given.country) if each is not None]
    if given.number is not None:
        found += grants(given.number)
    if given.agency is not None:
        found += funders(given.agency)
    return tuple(dict.fromkeys(f"gr:{each}" for each in found if each))


def _place_codes(article: Article) -> list[str]:
    """Volume, issue and page in a journal, or the book."""
    found = []
    if article.journal_issue is not None:
        volume, number = article.journal_issue.volume, article.journal_issue.number
        found += [f"vi:{code(volume)}"] if volume is not None else []
        found += [f"ip:{code(number)}"] if number is not None else []
    pages = article.pagination
    if pages is not None and (first := pages.start or pages.printed) is not None:
        found.append(f"pg:{code(first.partition('-')[0])}")
    if article.journal is not None and article.journal.country is not None:
        found.append(f"pl:{code(article.journal.country)}")
    if article.book is not None:
        found += _book_codes(article.book)
    return found


def _issued_codes(article: Article) -> list[str]:
    """The year and the month in which an archive has it; month 00 is not known.

    They are those of the journal's issue. Where this names no month, the day of
    electronic publication may, if it lies in the same year.
    """
    if article.journal_issue is None or article.journal_issue.date.year is None:
        return []
    year, month = article.journal_issue.date.year, article.journal_issue.date.month
    online = (each.date for each in article.article_dates if each.date.year == year)
    month = month or next((each.month for each in online if each.month), 0)
    return [f"issued:{year:04}", f"issued:{year:04}_{month:02}"]


def _book_codes(book: Book) -> list[str]:
    named = {"pl": book.place, "pubn": book.publisher}
    found = [
        f"{tag}:{code(value)}" for tag, value in named.items() if value is not None
    ]
    if book.title is not None:
        found.append(f"book:{code(plain(book.title))}")
    found += [f"book:{code(each.value)}" for each in book.ids]
    return found + [f"isbn:{isbn(each)}" for each in book.isbns]


def _subset_codes(article: Article) -> list[str]:
    """What filters of PubMed ask of a record."""
    found = [f"sb:jsubset{code(each)}" for each in article.citation_subsets]
    if article.status in _STATUSES:
        found.append(f"sb:{_STATUSES[article.status]}")
    if article.publication_status == "aheadofprint":
        found.append("sb:aheadofprint")
    if article.book is not None:
        found.append("sb:booksdocs")
    if article.indexing_method is not None:
        found.append(f"sb:indexingmethod{code(article.indexing_method)}")
    links = {link.kind: None for link in article.corrections}
    found += [f"sb:{LINKS[kind]}" for kind in links if kind in LINKS]
    found += [f"sb:{name}" for name, holds in _held(article) if holds]
    if article.owner is not None:
        found.append(f"owner:{code(article.owner)}")
    return found


def _held(article: Article) -> Iterator[tuple[str, bool]]:
    """What a record may have, by PubMed's command for it."""
    sections = article.abstract.sections if article.abstract is not None else ()
    others = [each.language for each in article.other_abstracts if each.sections]
    manuscripts = (each.kind == "mid" for each in article.identifiers.others)
    whole = article.book is not None and is_whole_book(article)
    yield "hasabstract", bool(sections)
    yield "hasstructuredabstract", any(each.label for each in sections)
    yield "hasnonenglishabstract", any(each not in (None, "eng") for each in others)
    yield "haskeyword", bool(article.keywords)
    yield "hascois", article.conflict_of_interest is not None
    yield "hasdatabanklist", bool(article.data_banks)
    yield "hasnihmsid", any(manuscripts)
    yield "pmcbooktitle", whole
    yield "pmcbookchapter", article.book is not None and not whole


@lru_cache(maxsize=1 << 14)
def _journal_codes(journal: Journal) -> tuple[str, ...]:
    values = (
        journal.title,
        journal.abbreviation,
        journal.medline_abbreviation,
        journal.issn,
        journal.issn_linking,
        journal.nlm_id,
    )
    return tuple({f"ta:{code(value)}": None for value in values if value is not None})


def _identifier_codes(article: Article) -> list[str]:
    own = article.identifiers
    values = [own.doi, own.pmcid, own.pii, *(each.value for each in own.others)]
    return [f"aid:{identifier(value)}" for value in values if value is not None]


def source_ids(article: Article) -> tuple[str, ...]:
    """Banks and numbers that the record lists, and the registrations it is told by.

    As terms, "clinicaltrials.gov", "nct01234567"; each once.
    """
    found = []
    for bank in article.data_banks:
        found += [bank.name, *bank.accession_numbers]
    return tuple(dict.fromkeys([*map(source_id, found), *registrations(article)]))


def registrations(article: Article) -> tuple[str, ...]:
    """The trials and reviews that the abstract names by number, as terms."""
    if article.abstract is None:
        return ()
    text = " ".join([plain(each.text) for each in article.abstract.sections])
    return tuple(map(source_id, registrations_in(text.lower())))


def linked(article: Article) -> tuple[int, ...]:
    """The PMIDs that the record is linked with, whatever the link says; each once."""
    found = [link.pmid for link in article.corrections if link.pmid is not None]
    return tuple(dict.fromkeys(found))


def cited(article: Article) -> tuple[int, ...]:
    """The PMIDs among the references, each once."""
    found = [
        int(each.value)
        for reference in article.references
        for each in reference.ids
        if each.kind == "pubmed" and _PMID.fullmatch(each.value)
    ]
    return tuple(dict.fromkeys(found))


def _our_codes(article: Article, appraisal: Appraisal) -> list[str]:
    found = [f"design:{code(appraisal.design)}"]
    if article.identifiers.pmcid is not None:
        found.append("sb:free_full_text")
    if appraisal.level is not None:
        found.append(f"level:{appraisal.level}")
    if appraisal.integrity is not None:
        found.append(f"integrity:{code(appraisal.integrity)}")
    return found
