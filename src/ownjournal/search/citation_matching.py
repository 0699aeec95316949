"""Find the one article that a citation means.

The index names a few articles that it may be, and their records decide: what a
record says has to stand in the text, whatever the style and the order. An article
is certain only where that is so of enough of it, and of no other as much.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from ownjournal.pubmed.article import Article
from ownjournal.pubmed.markup import plain
from ownjournal.search.analysis import identifier, words
from ownjournal.search.atoms import STOP_WORDS
from ownjournal.search.citation_reading import SHORTEST_TITLE, Citation
from ownjournal.search.index import Hits
from ownjournal.search.query import And, Or, Phrase, Query, Range, Term

LOOKED_AT = 10  # articles that each question names
LISTED = 5  # articles that are offered where none is certain
RARE_WORDS = 12  # of a reference, that are looked for
OF_ITS_OWN = 7
"""Words of a title that only one article has; a shorter one may be a question."""

NEARLY = 0.85  # of the words of a title, where a few are misspelled

Read = Callable[[Sequence[int]], Mapping[int, Article]]


class Finding(Protocol):
    """What is needed of an index."""

    def search(self, query: Query, *, limit: int) -> Hits:
        """The best of the articles that a query finds."""

    def frequencies(self, words: Collection[str]) -> Mapping[str, int]:
        """How many articles have each of these terms in their text, roughly."""


class Matched(Struct, frozen=True):
    """What a citation leads to."""

    pmid: int | None  # the article meant, without doubt
    others: tuple[int, ...] = ()  # those it may be, the likeliest first
    query: Query | None = None  # what finds these and all others like them


def match(citation: Citation, index: Finding, read: Read) -> Matched | None:
    """The article that a citation means, or a few; None where there is none.

    read  the articles with these PMIDs, as far as they are there
    """
    if citation.pmid is not None and citation.pmid in read([citation.pmid]):
        return Matched(citation.pmid)
    found = _by_identifier(citation, index, read)
    if found is None and citation.is_reference:
        found = _as_reference(citation, index, read)
    elif found is None and citation.author is not None:
        found = _by_author(citation, index)
    elif found is None and citation.title is not None:
        found = _by_title(citation, index, read)
    return found


def _by_identifier(citation: Citation, index: Finding, read: Read) -> Matched | None:
    for wanted in filter(None, (citation.doi, citation.pmcid)):
        kept = _articles(Term(wanted, "aid"), index, read)
        own = [pmid for pmid, article in kept.items() if _has(article, wanted)]
        if len(own) == 1:
            return Matched(own[0])
    return None


def _has(article: Article, wanted: str) -> bool:
    """Whether an identifier is the article's own first one."""
    own = (article.identifiers.doi, article.identifiers.pmcid)
    return identifier(wanted) in [identifier(each) for each in own if each is not None]


def _by_author(citation: Citation, index: Finding) -> Matched | None:
    year = str(citation.year)
    parts: list[Query] = [Term(citation.author or "", "au"), Range(year, year, "dp")]
    if citation.journal is not None:
        parts.append(Term(citation.journal, "ta"))
    query = And(tuple(parts))
    hits = index.search(query, limit=LISTED)
    pmids = tuple(hit.pmid for hit in hits.hits)
    if hits.total == 1 and not citation.is_word:
        return Matched(pmids[0], query=query)
    return Matched(None, pmids, query) if pmids else None


def _in(years: Sequence[int]) -> tuple[Query, ...]:
    """Printed and electronic years differ by one, and styles choose."""
    about = [Range(str(year - 1), str(year + 1), "dp") for year in years]
    return (Or(tuple(about)),) if len(about) > 1 else tuple(about)


def _by_title(citation: Citation, index: Finding, read: Read) -> Matched | None:
    """The article with exactly this title, or a part of it in a journal."""
    wanted = words(citation.text)
    kept = _articles(Phrase(_unquoted(citation.text), "ti"), index, read)
    same = [pmid for pmid, each in kept.items() if wanted in map(words, _titles(each))]
    if len(same) == 1 and len(wanted) >= OF_ITS_OWN:
        return Matched(same[0])
    if same:
        return Matched(
            None, tuple(same[:LISTED]), Phrase(_unquoted(citation.text), "ti")
        )
    if citation.journal is None or not words(citation.title or ""):
        return None
    part = Phrase(_unquoted(citation.title or ""), "ti")
    query = And((Term(citation.journal, "ta"), part))
    pmids = tuple(hit.pmid for hit in index.search(query, limit=LISTED).hits)
    return Matched(None, pmids, query) if pmids else None


def _as_reference(citation: Citation, index: Finding, read: Read) -> Matched | None:
    """The article whose record stands in the text."""
    text = _Text(citation)
    likely: dict[int, float] = {}
    for questions in _questions(citation, index):
        fits = {
            pmid: text.fit(article)
            for query in questions
            for pmid, article in _articles(query, index, read).items()
        }
        certain = {pmid: fit.score for pmid, fit in fits.items() if fit.is_certain}
        best = max(certain.values(), default=0)
        top = [pmid for pmid, score in certain.items() if score == best]
        if len(top) == 1:
            return Matched(top[0])
        likely |= {pmid: fit.score for pmid, fit in fits.items() if fit.is_likely}
    ordered = sorted(likely, key=lambda pmid: -likely[pmid])
    return Matched(None, tuple(ordered[:LISTED])) if ordered else None


def _questions(citation: Citation, index: Finding) -> Iterator[list[Query]]:
    """From the surest to the widest; those of one list are asked together."""
    years = _in(citation.years)
    yield [
        And((Term(volume, "vi"), Term(page, "pg"), *years))
        for volume, page in citation.places
    ]
    rare = _rare(citation.text, index)
    some: list[Query] = [Or(tuple(rare))] if len(rare) > 1 else rare
    if citation.author is not None and years:
        yield [*some, And((Term(citation.author, "au"), *years, *some))]
    else:
        yield some


def _rare(text: str, index: Finding) -> list[Query]:
    """The words of a reference that the fewest articles have."""
    said = dict.fromkeys(words(text))
    useful = [word for word in said if len(word) > 2 and word not in STOP_WORDS]
    held = index.frequencies(useful)
    rare = sorted((word for word in useful if held[word]), key=held.__getitem__)
    return [Term(word) for word in rare[:RARE_WORDS]]


def _articles(query: Query, index: Finding, read: Read) -> dict[int, Article]:
    """What a question names, in its order."""
    pmids = [hit.pmid for hit in index.search(query, limit=LOOKED_AT).hits]
    kept = read(pmids)
    return {pmid: kept[pmid] for pmid in pmids if pmid in kept}


class _Fit(Struct, frozen=True):
    """How much of a record stands in a text."""

    score: float
    is_certain: bool
    is_likely: bool


class _Text:
    """The text of a reference, to look for parts of records in."""

    def __init__(self, citation: Citation) -> None:
        said = words(citation.text)
        self._said = frozenset(said)
        self._whole = f" {' '.join(said)} "
        self._text = citation.text.lower()
        self._places = citation.places
        self._years = citation.years

    def fit(self, article: Article) -> _Fit:
        """Title, author, journal, year, volume and first page of it."""
        title = max((self._title(each) for each in _titles(article)), default=0.0)
        author = any(self._says(name) for name in _first_authors(article))
        journal = any(self._says(name) for name in _journal_names(article))
        place = self._place(article)
        apart = min(
            (abs(own - said) for own in _years(article) for said in self._years),
            default=0,
        )
        sure_title = title > 0 and (author or journal or place or apart == 0)
        sure_place = place and (author or journal) and apart < 2
        doubtful = apart > 1 and not (author and place)
        return _Fit(
            title + 2 * (author + journal + place) + (apart == 0),
            (sure_title or sure_place) and not doubtful,
            sure_title or sure_place or title > 0,
        )

    def _says(self, text: str) -> bool:
        """Whether the words of a text stand in it, next to each other."""
        wanted = " ".join(words(text))
        return bool(wanted) and f" {wanted} " in self._whole

    def _title(self, title: str) -> float:
        """More than 0 where a title stands in it; more for a longer one."""
        wanted = words(title)
        if len(wanted) < SHORTEST_TITLE and not self._is_apart(title):
            return 0
        if self._says(title):
            return 4 + len(wanted) / 100
        there = sum(word in self._said for word in wanted)
        nearly = len(wanted) > SHORTEST_TITLE and there >= NEARLY * len(wanted)
        return 3 if nearly else 0

    def _is_apart(self, title: str) -> bool:
        """Whether a title of few words is a sentence of its own in the text."""
        return f". {title.rstrip('.').lower()}." in self._text

    def _place(self, article: Article) -> bool:
        """Whether volume and first page are among those that were typed."""
        issue, pages = article.journal_issue, article.pagination
        if issue is None or pages is None:
            return False
        first = pages.start or (pages.printed or "").partition("-")[0]
        own = words(f"{issue.volume or ''} {first}")
        places = [words(f"{volume} {page}") for volume, page in self._places]
        return any(own[:1] == each[:1] and own[-1:] == each[-1:] for each in places)


def _titles(article: Article) -> list[str]:
    titles = (article.title, article.vernacular_title)
    return [plain(each) for each in titles if each is not None]


def _first_authors(article: Article) -> Iterable[str]:
    authors = article.authors or (article.book.authors if article.book else ())
    for author in authors[:2]:
        name = author.last_name or (plain(author.group) if author.group else None)
        if name is not None:
            yield name


def _journal_names(article: Article) -> Iterable[str]:
    journal = article.journal
    if journal is not None:
        names = (journal.title, journal.abbreviation, journal.medline_abbreviation)
        yield from filter(None, names)
        if journal.title is not None:  # "BMJ (Clinical research ed.)"
            yield journal.title.partition("(")[0]
    if article.book is not None and article.book.title is not None:
        yield plain(article.book.title)


def _years(article: Article) -> set[int]:
    dates = [each.date for each in article.article_dates]
    if article.journal_issue is not None:
        dates.append(article.journal_issue.date)
    if article.book is not None:
        book = article.book
        dates += [book.date, *filter(None, (book.contributed_on, book.revised_on))]
    return {each.year for each in dates if each.year is not None}


def _unquoted(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split())


_QUOTES = str.maketrans(dict.fromkeys('"“”„', " "))
