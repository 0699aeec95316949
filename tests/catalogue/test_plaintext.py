from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.catalogue.plaintext import plaintext
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed.article import Abstract, Article, Correction, Markup, Section

ADDRESS = "https://journal.example.org/articles/99100001"


def text_of(article: Article) -> str:
    return plaintext(Kept(article, judge(article), 1, 1), ADDRESS)


def test_it_holds_title_identifiers_abstract_and_address_without_markup() -> None:
    text = text_of(
        an_article(
            pmid=5,
            title="H<sub>2</sub>O &lt; fever.",
            abstract={"METHODS": "We <i>drank</i> it.", "RESULTS": "Less fever."},
        )
    )

    assert text.startswith("H2O < fever\n\n")
    assert "PMID: 5\nDOI: 10.99999/jim.2025.0001\n" in text
    assert "\n\nMETHODS\nWe drank it.\n\nRESULTS\nLess fever.\n\n" in text
    assert text.endswith(f"\n\n{ADDRESS}\n")


def test_lines_are_wrapped_and_addresses_are_not() -> None:
    long = "https://registry.example.org/" + "x" * 100
    article = an_article(
        pmid=5, abstract=Abstract((Section(Markup(f"{'fever ' * 60}{long} end")),))
    )

    lines = text_of(article).splitlines()

    assert long in lines
    assert all(len(line) <= 72 for line in lines if line != long)


def test_trouble_and_invention_come_first() -> None:
    retracted = an_article(pmid=5, corrections=(Correction("RetractionIn", pmid=7),))

    assert text_of(retracted).startswith("THIS ARTICLE HAS BEEN RETRACTED")
    assert text_of(an_article()).startswith("INVENTED EXAMPLE.")
