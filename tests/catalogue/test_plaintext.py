from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.catalogue.plaintext import plaintext
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed import citation
from ownjournal.pubmed.article import Article, Correction

ADDRESS = "https://journal.example.org/articles/5"


def text_of(article: Article) -> str:
    return plaintext(Kept(article, judge(article), 1, 1), ADDRESS)


def test_it_is_the_citation_the_abstract_our_reading_and_the_address() -> None:
    article = an_article(
        pmid=5,
        title="H<sub>2</sub>O for fever: a randomised controlled trial.",
        abstract={"METHODS": "We <i>drank</i> it."},
    )

    text = text_of(article)

    assert text.startswith(citation.plaintext(article))
    assert "<" not in text
    assert "\n\nStudy design, as read here: Randomised controlled trial." in text
    assert text.endswith(f"\n\n{ADDRESS}\n")


def test_trouble_and_invention_come_first() -> None:
    retracted = an_article(pmid=5, corrections=(Correction("RetractionIn", pmid=7),))

    assert text_of(retracted).startswith("This article has been retracted")
    assert text_of(an_article()).startswith("INVENTED EXAMPLE.")
