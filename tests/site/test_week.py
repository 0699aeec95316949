"""Which specialty an article is of."""

import pytest

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed.article import Article, Journal, Keyword, Markup, MeshHeading
from ownjournal.site.week import EACH, SHOWN, best_by_specialty, specialty_of

ASTHMA = MeshHeading("D001249", "Asthma", major=True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "Velotrine after atrial fibrillation"}, "cardiology"),
        ({"title": "Postoperative pain and velotrine"}, "anaesthesia"),
        ({"title": "Velotrine"}, None),
        ({"title": "Atrial fibrillations"}, None),
        (
            {
                "title": "Velotrine",
                "keywords": (Keyword(Markup("Atrial fibrillation"), "NOTNLM"),),
            },
            None,
        ),
        (
            {
                "title": "Velotrine",
                "journal": Journal(title="Anesthesiology", issn_linking="0003-3022"),
            },
            "anaesthesia",
        ),
        ({"title": None, "journal": None}, None),
    ],
)
def test_title_and_journal_tell_the_specialty(
    changes: dict[str, object], code: str | None
) -> None:
    assert specialty_of(an_article(**changes)) == code


def test_a_main_topic_tells_it_and_one_that_is_none_does_not() -> None:
    minor = MeshHeading("D001249", "Asthma")

    assert specialty_of(an_article(title=None, mesh=(minor,))) is None
    assert specialty_of(an_article(title=None, mesh=(ASTHMA,))) is not None


def test_each_specialty_has_its_best_few_and_each_article_once() -> None:
    titles = ("Atrial fibrillation", "Postoperative pain") * 5

    found = best_by_specialty(
        _kept(an_article(pmid=pmid, title=title))
        for pmid, title in enumerate(titles, 1)
    )

    assert [each.code for each in found] == ["cardiology", "anaesthesia"]
    assert len(found) <= SHOWN
    pmids = [[kept.article.pmid for kept in each.articles] for each in found]
    assert pmids == [[1, 3], [2, 4]]
    assert EACH == 2


def _kept(article: Article) -> Kept:
    return Kept(article, judge(article), 1, 1)
