from made.articles import an_article
from ownjournal.catalogue.titles import title_html, title_of
from ownjournal.pubmed.article import Markup


def test_a_title_is_markup_on_a_page_and_plain_in_a_tag() -> None:
    article = an_article(title="H<sub>2</sub>O &amp; <i>fever</i>.")

    assert title_html(article) == "H<sub>2</sub>O &amp; <i>fever</i>"
    assert title_of(article) == "H2O & fever"


def test_an_article_without_a_title_has_one_in_its_language_or_says_so() -> None:
    """PMID 32000001 has only its title in Spanish."""
    assert title_of(an_article(title=None, vernacular_title=Markup("Fiebre."))) == (
        "Fiebre"
    )
    assert title_of(an_article(title=None)) == "[No title]"
    assert title_of(an_article(title=".")) == "[No title]"
