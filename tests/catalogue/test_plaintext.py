"""An article as text to paste: wrapped the same way every time, no markup."""

from hypothesis import example, given
from hypothesis import strategies as st

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.catalogue.plaintext import plaintext
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed.article import (
    Abstract,
    Article,
    Correction,
    Identifiers,
    Markup,
    OtherAbstract,
    Section,
)

ADDRESS = "https://journal.example.org/articles/5"


def text_of(article: Article) -> str:
    return plaintext(Kept(article, judge(article), 1, 1), ADDRESS)


def test_it_reads_as_it_should() -> None:
    article = an_article(
        pmid=5,
        title="H<sub>2</sub>O for fever after a fall: a randomised controlled trial.",
        abstract=Abstract(
            (
                Section(Markup("Peat is &lt; 5 m deep."), "AIM"),
                Section(Markup("  It\n<i>sinks</i>. ")),
            ),
            "Copyright A Bog.",
        ),
    )

    assert text_of(article) == (
        "Quillfeather AB, Okonfold T. H2O for fever after a fall: a randomised\n"
        "controlled trial. J Invent Med. 2025 Mar;7(2). doi: 10.99999/jim.2025.0001.\n"
        "PMID: 5.\n"
        "\n"
        "https://doi.org/10.99999/jim.2025.0001\n"
        "\n"
        "AIM: Peat is < 5 m deep.\n"
        "\n"
        "It sinks.\n"
        "\n"
        "Copyright A Bog.\n"
        "\n"
        "Study design, as read here: Randomised controlled trial. Level 2.\n"
        "\n"
        "https://journal.example.org/articles/5\n"
    )


def test_other_abstracts_follow_under_their_names() -> None:
    """PMID 41577379 has one in plain language."""
    others = (
        OtherAbstract("plain-language-summary", "eng", (Section(Markup("It ended.")),)),
        OtherAbstract("Publisher", "spa", (Section(Markup("Terminó."), "FIN"),)),
    )

    text = text_of(an_article(abstract="Fever ended.", other_abstracts=others))

    assert (
        "\n\nFever ended."
        "\n\nPLAIN-LANGUAGE SUMMARY\n\nIt ended."
        "\n\nABSTRACT IN SPANISH\n\nFIN: Terminó.\n\n"
    ) in text


def test_another_language_is_named_where_nlm_names_it() -> None:
    """PMID 545227."""
    assert "J Invent Med. 2025 Mar;7(2). Hungarian. doi:" in text_of(
        an_article(languages=("hun",))
    )


def test_nothing_turns_the_direction_of_what_follows() -> None:
    text = text_of(
        an_article(title="Fever \u202edesrever\u2067.", abstract="\u202ea\0b")
    )

    assert not set("\u202e\u2067\0") & set(text)
    assert "Fever desrever." in text and "\n\nab\n\n" in text


def test_trouble_comes_first() -> None:
    retracted = an_article(pmid=5, corrections=(Correction("RetractionIn", pmid=7),))

    assert text_of(retracted).startswith("This article has been retracted")


def test_invention_comes_first_and_leads_nowhere() -> None:
    text = text_of(an_article())

    assert text.startswith("INVENTED EXAMPLE.")
    assert "doi: 10.99999/jim.2025.0001" in text
    assert "doi.org" not in text


def test_an_address_is_one_that_works() -> None:
    """PMID 10612833: brackets and signs in a DOI."""
    text = text_of(an_article(pmid=5, identifiers=Identifiers("10.1000/a<b>;(c)")))

    assert "\n\nhttps://doi.org/10.1000/a%3Cb%3E%3B%28c%29\n\n" in text


@example(["https://bog.test/" + "peat" * 30])
@given(st.lists(st.text("ab-", min_size=1, max_size=90), min_size=1))
def test_words_are_never_broken(words: list[str]) -> None:
    """And no line is longer than 78 but by one word that is."""
    told = text_of(Article(5, abstract=Abstract((Section(Markup(" ".join(words))),))))

    abstract = told.removeprefix("PMID: 5.\n\n").partition("\n\nStudy design")[0]
    assert abstract.split() == words
    assert all(len(line) <= 78 or " " not in line for line in told.splitlines())


def test_a_language_that_nobody_knows_is_not_named() -> None:
    assert "language" not in text_of(an_article(languages=("und",)))
