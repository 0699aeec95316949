"""An article as text to paste: wrapped the same way every time, no markup."""

from hypothesis import example, given
from hypothesis import strategies as st

from ownjournal.pubmed.article import (
    Abstract,
    Article,
    Author,
    Identifiers,
    Journal,
    JournalIssue,
    Markup,
    PubDate,
    Section,
)
from ownjournal.pubmed.citation import plaintext

BOG = Article(
    17,
    title=Markup("Peat and CO<sub>2</sub> in the wet winters of the northern fens."),
    authors=(Author(last_name="Bog", initials="A"),),
    journal=Journal(medline_abbreviation="J Bog Med"),
    journal_issue=JournalIssue(PubDate(2019, 6), "12"),
    identifiers=Identifiers("10.5555/bog.1"),
    abstract=Abstract(
        (
            Section(Markup("Peat is &lt; 5 m deep."), "AIM"),
            Section(Markup("  It\nsinks. ")),
        ),
        "Copyright A Bog.",
    ),
)


def test_it_reads_as_it_should() -> None:
    assert plaintext(BOG) == (
        "Bog A. Peat and CO2 in the wet winters of the northern fens. J Bog Med. 2019\n"
        "Jun;12. doi: 10.5555/bog.1. PMID: 17.\n"
        "\n"
        "https://doi.org/10.5555/bog.1\n"
        "\n"
        "AIM: Peat is < 5 m deep.\n"
        "\n"
        "It sinks.\n"
        "\n"
        "Copyright A Bog.\n"
    )


def test_an_article_without_an_abstract_is_its_reference() -> None:
    assert plaintext(Article(17, title=Markup("Peat"))) == "Peat. PMID: 17.\n"


@example(["https://bog.test/" + "peat" * 30])
@given(st.lists(st.text("ab-", min_size=1, max_size=90), min_size=1))
def test_words_are_never_broken(words: list[str]) -> None:
    """And no line is longer than 78 but by one word that is."""
    text = " ".join(words)
    article = Article(17, abstract=Abstract((Section(Markup(text)),)))

    told = plaintext(article).removeprefix("PMID: 17.\n\n")

    assert told.split() == words
    assert all(len(line) <= 78 or " " not in line for line in told.splitlines())
