import pytest

from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.catalogue.notices import (
    ABOUT_INTEGRITY,
    LABELS,
    address_of,
    banner,
    integrity_mark,
)
from ownjournal.pubmed.article import Correction


@pytest.mark.parametrize(
    ("kind", "banner_kind", "mark"),
    [
        ("RetractionIn", "danger", "Retracted"),
        ("ExpressionOfConcernIn", "danger", "Expression of concern"),
        ("ErratumIn", "warn", "Corrected"),
        ("UpdateIn", "warn", "Updated"),
        ("RetractionOf", "quiet", "Notice of retraction"),
    ],
)
def test_what_is_known_stands_above_the_title_with_its_notice(
    kind: str, banner_kind: str, mark: str
) -> None:
    article = an_article(corrections=(Correction(kind, "J Invent Med. 2026;8:1", 77),))
    appraisal = judge(article)

    shown = banner(article, appraisal, kept={77})
    short = integrity_mark(appraisal)

    assert shown is not None and short is not None
    assert (shown.kind, short.kind) == (banner_kind, banner_kind)
    assert short.name == mark
    [notice] = shown.notices
    assert notice.address == "/articles/77"
    assert notice.source == "J Invent Med. 2026;8:1"


def test_a_notice_without_a_pmid_is_shown_as_text() -> None:
    article = an_article(corrections=(Correction("RetractionIn", "Merrow Gazette"),))

    shown = banner(article, judge(article), kept=())

    assert shown is not None
    assert (shown.notices[0].address, shown.notices[0].source) == (
        None,
        "Merrow Gazette",
    )


def test_a_comment_is_no_matter_of_integrity() -> None:
    article = an_article(corrections=(Correction("CommentIn", pmid=77),))

    assert banner(article, judge(article), kept=()) is None


def test_an_article_that_is_not_kept_is_linked_at_pubmed() -> None:
    assert address_of(77, kept={78}) == "https://pubmed.ncbi.nlm.nih.gov/77/"


def test_an_invented_article_that_is_not_kept_is_nowhere() -> None:
    assert address_of(99_000_001, kept={99_000_001}) == "/articles/99000001"
    assert address_of(99_000_002, kept={99_000_001}) is None


def test_a_comment_stays_out_of_the_banner_of_a_retracted_article() -> None:
    links = (Correction("CommentIn", pmid=77), Correction("RetractionIn", pmid=78))
    article = an_article(corrections=links)

    shown = banner(article, judge(article), kept=())

    assert shown is not None
    assert [notice.pmid for notice in shown.notices] == [78]


def test_every_kind_about_integrity_has_a_name() -> None:
    assert set(LABELS) >= ABOUT_INTEGRITY
