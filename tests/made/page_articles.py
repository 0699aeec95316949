"""Articles whose pages are hard to make: full, bare, foreign, hostile."""

from msgspec.structs import replace

from made.articles import an_article
from ownjournal.pubmed.article import (
    Abstract,
    Article,
    ArticleDate,
    ArticleId,
    Author,
    Book,
    Chemical,
    Correction,
    DataBank,
    Grant,
    HistoryDate,
    Identifiers,
    Investigator,
    Journal,
    JournalIssue,
    Keyword,
    Markup,
    MeshHeading,
    OtherAbstract,
    Pagination,
    PubDate,
    PublicationType,
    Qualifier,
    Reference,
    Section,
)

EVIL = "</title></script><script>alert(1)</script>\" onload='x' \u202e\r\nX: y & <b>"
SENTENCE = (
    "We assigned {} adults of Lower Merrow with fever after a fall to velotrine "
    "or placebo and followed them for {} days, and {} of them had none at the end. "
)


def _text(place: int) -> str:
    numbers = [(place * 977 + number * 389) % 991 for number in range(12)]
    return "".join(
        SENTENCE.format(*numbers[start : start + 3]) for start in range(0, 12, 3)
    )


def _section(text: str) -> Section:
    return Section(Markup(text), "RESULTS")


AUTHORS = tuple(
    Author(
        last_name=f"Quill{number * 7919 % 9973}",
        fore_name=f"Ada {chr(65 + number % 26)}",
        initials="A",
        orcid="0000-0002-1825-0097" if number % 3 == 0 else None,
        equal_contribution=number < 2,
        affiliations=(
            Markup(
                f"Department {number * 31 % 97} of Falls, Hospital "
                f"{number * 53 % 89}, Lower Merrow {number * 1009 % 9001}."
            ),
        ),
    )
    for number in range(30)
)

FULL = an_article(
    pmid=31_000_100,
    title="Velotrine or placebo for <i>fever</i> after a fall: a randomised trial.",
    vernacular_title=Markup("Welotryna w gorączce."),
    languages=("eng", "pol"),
    authors=(*AUTHORS, Author(group=Markup("LOWER &amp; Hills Group"))),
    investigators=tuple(
        Investigator(last_name=f"Moor{number}", fore_name="Tam") for number in range(60)
    ),
    journal_issue=JournalIssue(PubDate(2025, season="Spring"), "7", "2 ( Pt 1)"),
    pagination=Pagination("101-9"),
    article_dates=(ArticleDate("Electronic", PubDate(2025, 1, 14)),),
    publication_types=(
        PublicationType("D016428", "Journal Article"),
        PublicationType("D016448", "Multicenter Study"),
        PublicationType("D016449", "Randomized Controlled Trial"),
    ),
    abstract=Abstract(
        tuple(
            Section(Markup(_text(place) + "NCT00000077."), label, label)
            for place, label in enumerate(
                ["BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"]
            )
        ),
        "Copyright © 2025 Merrow Society. CC BY 4.0.",
    ),
    other_abstracts=(
        OtherAbstract("plain-language-summary", "eng", (_section("It helps."),)),
        OtherAbstract("Publisher", "pol", (_section("Pomaga."),)),
        OtherAbstract("Publisher", "ara", (_section("الحمى بعد السقوط شائعة."),)),
    ),
    identifiers=Identifiers("10.5555/merrow.8", "PMC99000008", "pii-8"),
    keywords=tuple(
        Keyword(Markup(f"keyword <i>{number}</i>"), "NOTNLM") for number in range(8)
    ),
    mesh=tuple(
        MeshHeading(
            f"D0{number:05}",
            f"Heading {number * 37 % 101}",
            major=number % 5 == 0,
            qualifiers=(Qualifier("Q1", "drug therapy", number % 7 == 0),),
        )
        for number in range(25)
    ),
    chemicals=(Chemical("Velotrine", None, "R16CO5Y76E"),),
    grants=(Grant("G-7", "MF", "Merrow Fund", "Merrowland"),),
    data_banks=(DataBank("ClinicalTrials.gov", ("NCT00000077", "NCT00000078")),),
    conflict_of_interest=Markup("AQ was paid by Merrow Drugs. Others: none."),
    history=(HistoryDate("received", PubDate(2024, 6, 1)),),
    corrections=(
        Correction("ErratumIn", "J Invent Med. 2025 Jun;7(4):330", 31_000_101),
        Correction("CommentIn", "J Invent Med. 2025 Apr;7(3):200-1", 31_000_102),
    ),
    references=tuple(
        Reference(
            Markup(
                f"Bog{number * 71 % 97} A, Fen T. Fever and falls in the hills of "
                f"{number * 1009 % 9001}. J Invent Med. 20{number % 25:02};"
                f"{number}:{number * 13}-9."
            ),
            (
                ArticleId("pubmed", str(3_000_000 + number * 7919)),
                ArticleId("doi", f"10.5555/merrow.{number * 7919}"),
            ),
        )
        for number in range(80)
    ),
)
"""As much as a long record of a large trial has, no two parts alike."""


def hostile_article(pmid: int = 31_000_110, text: str = EVIL) -> Article:
    """Every text of it tries to be something else."""
    evil = Markup(text)
    return replace(
        FULL,
        pmid=pmid,
        title=evil,
        vernacular_title=evil,
        # the numbers as long as the database's columns
        journal=Journal(text, text, text, text[:16], text, "Print", text[:9], text),
        journal_issue=JournalIssue(PubDate(printed=text), text, text),
        pagination=Pagination(text),
        authors=(
            Author(text, text, text, text, orcid=text, affiliations=(evil,)),
            Author(group=evil),
        ),
        abstract=Abstract((Section(evil, text, text),), text),
        other_abstracts=(OtherAbstract(text, text, (Section(evil, text),), text),),
        identifiers=Identifiers(text, text, text),
        languages=(text,),
        publication_types=(PublicationType(text, text),),
        mesh=(MeshHeading(text[:10], text, qualifiers=(Qualifier(text, text),)),),
        keywords=(Keyword(evil, text),),
        chemicals=(Chemical(text, text, text),),
        grants=(Grant(text, text, text, text),),
        data_banks=(DataBank(text, (text,)),),
        corrections=(
            Correction("RetractionIn", text, None, None, text),
            Correction(text, text, 7, None, text),
        ),
        references=(Reference(evil, (ArticleId("doi", text), ArticleId(text, text))),),
        conflict_of_interest=evil,
        history=(HistoryDate(text, PubDate(printed=text)),),
        status=text,
    )


def crowded_article(
    pmid: int = 31_000_120, *, authors: int = 5_000, headings: int = 1_000
) -> Article:
    """So many authors with places of their own, and so many headings."""
    return an_article(
        pmid=pmid,
        authors=tuple(
            Author(
                last_name=f"Quill{number}",
                fore_name="Ada",
                initials="A",
                affiliations=(Markup(f"Ward {number}, Merrow."),),
            )
            for number in range(authors)
        ),
        mesh=tuple(
            MeshHeading(f"D{number:06}", f"Heading {number}", major=number % 2 == 0)
            for number in range(headings)
        ),
    )


BOOK = Book(
    title=Markup("Fever and <i>falls</i>"),
    publisher="Merrow Press",
    date=PubDate(2024),
    editors=(Author(last_name="Moor", fore_name="Ada Tam"),),
    isbns=("9789999990011",),
)

ODD = (
    FULL,
    an_article(
        pmid=31_000_101,
        title="Velotrine halves mortality: a cohort study.",
        publication_types=(PublicationType("D016441", "Retracted Publication"),),
        corrections=(
            Correction("RetractionIn", "J Invent Med. 2026 Jun;8(4):1", 31_000_102),
            Correction("ExpressionOfConcernIn", "J Invent Med. 2026 May;8(3):1"),
        ),
    ),
    an_article(
        pmid=31_000_102,
        title="Retraction: velotrine halves mortality.",
        abstract=None,
        corrections=(Correction("RetractionOf", None, 31_000_101),),
    ),
    an_article(
        pmid=31_000_103,
        title="[Fever after a fall].",
        vernacular_title=Markup("حمى بعد السقوط."),
        languages=("ara",),
        abstract=None,
        other_abstracts=(
            OtherAbstract("Publisher", "ara", (_section("الحمى شائعة."),)),
        ),
    ),
    Article(31_000_104),
    Article(31_000_105, title=Markup("Fever in falls."), book=BOOK),
    Article(31_000_106, book=BOOK),
    hostile_article(),
    an_article(pmid=99_000_007),
)
"""One of each, with PMIDs of their own; the first is the full one."""
