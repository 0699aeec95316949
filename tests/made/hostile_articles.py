"""Articles of any shape, hostile ones among them, drawn by hypothesis."""

from typing import Any

from hypothesis import strategies as st

from ownjournal.pubmed.article import (
    Abstract,
    Article,
    Author,
    Book,
    Identifiers,
    Journal,
    JournalIssue,
    Keyword,
    Markup,
    MeshHeading,
    Pagination,
    PubDate,
    PublicationType,
    Section,
)

HOSTILE = (
    "</title><script>alert(1)</script>",
    "Tea\r\nSet-Cookie: a=b",
    "Tea\nTY  - JOUR\nER  - ",
    "Tea\r\nPMID- 1\r\n\r\nPMID- 2",
    "}\n@article{b, title = {c}",
    '=HYPERLINK("http://evil.example")',
    "; =1+1",
    " \u3000＝1+1",
    "\x00nul\x1b[31m",
    "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg",
    "\u202eright to left\u202c",
    "half \ud800 of a pair",
    '"quoted", and; parted',
    "\\end{document} $x^2$ 50% #1 a_b ~ {",
    "<i>Teaus</i> <sup>2</sup> &lt;0.05 &amp;",
    "Ærø and Łódź: 茶の研究 عن الشاي",
    "others",
    "a  b   c",
)

words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    st.from_regex(r"[A-Za-z]{2,9}( [A-Za-z]{2,9}){0,20}", fullmatch=True),
)
some = st.none() | words
markup = words.map(Markup)

dates = st.one_of(
    st.builds(PubDate, year=st.integers(1500, 2199)),
    st.builds(PubDate, year=st.integers(1500, 2199), month=st.integers(1, 12)),
    st.builds(
        PubDate,
        year=st.integers(1500, 2199),
        month=st.integers(1, 12),
        day=st.integers(1, 28),
    ),
    st.builds(PubDate, year=st.integers(1500, 2199), season=words),
    st.builds(PubDate, printed=words),
    st.just(PubDate()),
)
people = st.one_of(
    st.builds(Author, group=markup),
    st.builds(Author, last_name=words, fore_name=some, initials=some, suffix=some),
)
journals = st.builds(
    Journal,
    title=some,
    abbreviation=some,
    medline_abbreviation=some,
    issn=st.none() | st.just("9999-0001") | words,
    issn_medium=st.sampled_from([None, "Print", "Electronic"]),
    country=some,
)
books = st.builds(
    Book,
    title=markup,
    publisher=some,
    place=some,
    date=dates,
    editors=st.lists(people, max_size=2).map(tuple),
    edition=some,
    isbns=st.lists(words, max_size=2).map(tuple),
)
_PARTS: dict[str, Any] = {
    "title": st.none() | markup,
    "vernacular_title": st.none() | markup,
    "authors": st.lists(people, max_size=4).map(tuple),
    "authors_complete": st.booleans(),
    "pagination": st.none() | st.builds(Pagination, some, some, some),
    "abstract": st.none()
    | st.builds(
        Abstract,
        st.lists(st.builds(Section, markup, some), max_size=3).map(tuple),
        some,
    ),
    "identifiers": st.builds(
        Identifiers, doi=some, pmcid=st.none() | st.just("PMC9") | words, pii=some
    ),
    "languages": st.lists(st.sampled_from(["eng", "fre", "und", "x\ny"])).map(tuple),
    "publication_types": st.lists(
        st.builds(PublicationType, st.just("D016441") | some, words), max_size=2
    ).map(tuple),
    "mesh": st.lists(
        st.builds(MeshHeading, some, words, st.booleans()), max_size=3
    ).map(tuple),
    "keywords": st.lists(st.builds(Keyword, markup, some), max_size=3).map(tuple),
    "conflict_of_interest": st.none() | markup,
    "publication_status": st.sampled_from([None, "ppublish", "aheadofprint"]),
    "publication_model": st.sampled_from([None, "Electronic-Print", "Print"]),
}
pmids = st.integers(1, 98_999_999)

journal_articles = st.builds(
    Article,
    pmid=pmids,
    journal=journals,
    journal_issue=st.builds(JournalIssue, dates, some, some),
    **_PARTS,
)
book_articles = st.builds(Article, pmid=pmids, book=books, **_PARTS)
invented = st.builds(
    Article, pmid=st.integers(99_000_001, 99_999_999), journal=journals, **_PARTS
)
hostile_articles = st.one_of(journal_articles, book_articles, invented)
