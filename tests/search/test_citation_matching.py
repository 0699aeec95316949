"""A citation leads to its article, whatever its style, and to no other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import (
    Article,
    Author,
    Identifiers,
    Journal,
    JournalIssue,
    Markup,
    Pagination,
    PubDate,
)
from ownjournal.pubmed.files import open_xml
from ownjournal.pubmed.records import read_records
from ownjournal.pubmed.styles.style import MAIN_STYLES, cite
from ownjournal.search.citation_matching import Matched, match
from ownjournal.search.citation_reading import Citation, read
from ownjournal.search.document import document
from ownjournal.search.embedded import EmbeddedIndex
from ownjournal.search.query import And, Range, Term
from search.made_vocabulary import Dictionary

BOG = Journal(title="Annals of the bog", abbreviation="Ann Bog")
FALL = an_article(
    pmid=1,
    title=Markup("Velotrine for <i>fever</i> after a sudden fall in Merrow."),
    authors=(Author(last_name="Quill", initials="AB"), Author(last_name="Okonfold")),
    journal=BOG,
    journal_issue=JournalIssue(PubDate(2024, 12), "7", "2"),
    pagination=Pagination("11-9", "11", "19"),
    identifiers=Identifiers("10.99999/bog.1", "PMC99"),
)
AGAIN = replace(
    FALL,
    pmid=2,
    journal_issue=JournalIssue(PubDate(2026), "9", "1"),
    pagination=Pagination("30-1", "30", "31"),
    identifiers=Identifiers("10.99999/bog.2"),
)
SHORT = replace(
    FALL,
    pmid=3,
    title=Markup("Fever."),
    pagination=Pagination("20-5", "20", "25"),
    identifiers=Identifiers(),
)
OTHERS = [
    replace(
        FALL,
        pmid=number,
        title=Markup(f"Fever of bogs number {number}."),
        authors=(Author(last_name="Okonfold", initials="T"),),
        journal_issue=JournalIssue(PubDate(2020), "7", "2"),
        pagination=Pagination(f"{number}-9", str(number)),
        identifiers=Identifiers(),
    )
    for number in range(40, 43)
]
ARTICLES = {each.pmid: each for each in (FALL, AGAIN, SHORT, *OTHERS)}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedIndex]:
    opened = EmbeddedIndex.open(tmp_path_factory.mktemp("citations") / "index")
    opened.apply([document(each, judge(each)) for each in ARTICLES.values()], (), 1)
    yield opened
    opened.close()


def articles(pmids: Sequence[int]) -> Mapping[int, Article]:
    return {pmid: ARTICLES[pmid] for pmid in pmids if pmid in ARTICLES}


def found(text: str, index: EmbeddedIndex) -> Matched | None:
    citation = read(text, Dictionary())
    return None if citation is None else match(citation, index, articles)


TITLE = "Velotrine for fever after a sudden fall in Merrow."


@pytest.mark.parametrize(
    "text",
    [
        "PMID: 1",
        "10.99999/BOG.1",
        "https://doi.org/10.99999/bog.1",
        "PMC99",
        f"Quill AB, Okonfold T. {TITLE} Ann Bog. 2024 Dec;7(2):11-9.",
        f"1. Quill AB, Okonfold T.\n{TITLE}\nAnn Bog.\n2024;7:11.",
        f"Quill, A. B. (2024). {TITLE} Annals of the Bog, 7(2), 11–19.",
        "Quill AB. Velotrine for fevr after a sudden fall in Merow. Ann Bog. 2024;7:11",
        f"Quill AB. {TITLE} Ann Bog. 2023;7(2):11-9.",  # a year off
        "Quill AB. Velotrine for fevr after a sudden fall in Merrow. Ann Bog. 2024.",
        "ann bog 2024;7:11",
        "ann bog 7(2):11",
        "Quill 7:11",
        f"{TITLE} Ann Bog. 2024.",
        f"Quill AB. {TITLE} Retracted in: Ann Bog. 2026;9:99. Ann Bog. 2024;7:11.",
        f"Quill AB. {TITLE} Ann Bog. 2024;7:11. doi: 10.99999/wrong",
    ],
)
def test_a_citation_leads_to_its_article(text: str, index: EmbeddedIndex) -> None:
    matched = found(text, index)

    assert matched is not None
    assert matched.pmid == 1


def test_a_title_of_few_words_needs_a_sentence_of_its_own(
    index: EmbeddedIndex,
) -> None:
    matched = found("Quill AB. Fever. Ann Bog. 2024.", index)

    assert matched is not None
    assert matched.pmid == 3


@pytest.mark.parametrize(
    "text",
    [
        "PMID: 77",
        "10.99999/unknown",
        "Nobody Z. Something else that we have not. Other J. 2024;7:12.",
        "Nobody Z. Something else altogether. Other J. 2001;7:11.",
        "Okonfold T. Fever of bogs number 40. Ann Bog. 2001;3:4.",  # another year
        "a ratio of 7:11 in others",
        "velotrine for fever after a sudden fall in bogs",
    ],
)
def test_what_is_not_here_leads_nowhere(text: str, index: EmbeddedIndex) -> None:
    matched = found(text, index)

    assert matched is None or matched.pmid is None


def test_one_title_twice_is_told_apart_by_year_and_place(index: EmbeddedIndex) -> None:
    matched = found(f"Quill AB. {TITLE} Ann Bog. 2026;9:30.", index)
    doubtful = found(f"Quill AB et al. {TITLE} Ann Bog. 2025.", index)

    assert matched == Matched(2)
    assert doubtful is not None
    assert doubtful.pmid is None
    assert set(doubtful.others) >= {1, 2}


def test_a_title_typed_exactly_lists_those_with_it(index: EmbeddedIndex) -> None:
    matched = found(TITLE.rstrip("."), index)
    alone = found("fever of bogs number 41", index)

    assert matched is not None
    assert (matched.pmid, sorted(matched.others)) == (None, [1, 2])
    assert alone is not None
    assert (alone.pmid, alone.others) == (None, (41,))  # so short, it may be a question


def test_a_long_title_that_one_article_has_leads_to_it(index: EmbeddedIndex) -> None:
    only = {pmid: each for pmid, each in ARTICLES.items() if pmid != 2}

    matched = match(
        Citation(TITLE, title=TITLE),
        index,
        lambda pmids: {pmid: only[pmid] for pmid in pmids if pmid in only},
    )

    assert matched == Matched(1)


def test_author_and_year_lead_to_one_or_list_several(index: EmbeddedIndex) -> None:
    several = match(Citation("", author="okonfold t", year=2020), index, articles)
    one = match(
        Citation("", author="quill", year=2026, journal="ann bog"), index, articles
    )

    assert several is not None
    assert several.pmid is None
    assert sorted(several.others) == [40, 41, 42]
    assert several.query == And((Term("okonfold t", "au"), Range("2020", "2020", "dp")))
    assert one is not None
    assert one.pmid == 2
    assert match(Citation("", author="quill", year=1999), index, articles) is None


def test_a_name_that_is_a_word_too_is_only_listed(index: EmbeddedIndex) -> None:
    citation = Citation("", author="quill", year=2026, is_word=True)

    matched = match(citation, index, articles)

    assert matched is not None
    assert (matched.pmid, matched.others) == (None, (2,))


def test_words_of_a_title_in_a_journal_are_listed(index: EmbeddedIndex) -> None:
    matched = found("ann bog bogs number 42", index)

    assert matched is not None
    assert (matched.pmid, matched.others) == (None, (42,))


def test_an_article_that_the_store_lost_is_passed_over(index: EmbeddedIndex) -> None:
    citation = read(f"Quill AB. {TITLE} Ann Bog. 2024;7:11.", Dictionary())
    assert citation is not None

    assert match(citation, index, lambda pmids: {}) is None


@pytest.mark.slow
def test_real_references_without_identifiers_find_their_articles(
    shared_data: Path, tmp_path: Path
) -> None:
    real: dict[int, Article] = {}
    for path in sorted((shared_data / "pubmed" / "updates").glob("*.xml.gz")):
        with open_xml(path) as file:
            records = [each for each in read_records(file) if isinstance(each, Article)]
        real |= {each.pmid: each for each in records}
    index = EmbeddedIndex.open(tmp_path / "index")
    index.apply([document(each, judge(each)) for each in real.values()], (), 1)
    right = wrong = 0
    for article in real.values():
        for style in MAIN_STYLES:
            text = cite(article, style.id).text
            text = re.sub(
                r"PMID: \d+|PMCID: PMC\d+|(?:doi:|https://doi\S*?) ?10\S+", "", text
            )
            citation = read(text, Dictionary())
            found = citation and match(
                citation, index, lambda pmids: {p: real[p] for p in pmids if p in real}
            )
            right += bool(found) and found.pmid == article.pmid
            wrong += bool(found) and found.pmid not in (None, article.pmid)
    index.close()

    assert wrong == 0
    assert right >= 0.97 * 4 * len(real)
