import pytest

from made.articles import an_article
from ownjournal.appraisal.integrity import Listed
from ownjournal.appraisal.judge import judge
from ownjournal.appraisal.later import with_integrity
from ownjournal.catalogue.notices import (
    ABOUT_INTEGRITY,
    FROM_NOTICES,
    LABELS,
    about_integrity,
    address_of,
    banner,
    integrity_mark,
)
from ownjournal.pubmed.article import (
    Correction,
    JournalIssue,
    PubDate,
    PublicationType,
)


@pytest.mark.parametrize(
    ("kind", "banner_kind", "mark"),
    [
        ("RetractionIn", "danger", "Retracted"),
        ("RetractedandRepublishedIn", "danger", "Retracted"),
        ("ExpressionOfConcernIn", "danger", "Expression of concern"),
        ("CorrectedandRepublishedIn", "warn", "Corrected and republished"),
        ("ErratumIn", "warn", "Corrected"),
        ("UpdateIn", "warn", "Updated"),
        ("RetractionOf", "quiet", "Notice of retraction"),
        ("ExpressionOfConcernFor", "quiet", "Expression of concern"),
        ("ErratumFor", "quiet", "Correction notice"),
    ],
)
def test_what_is_known_stands_above_the_title_with_its_notice(
    kind: str, banner_kind: str, mark: str
) -> None:
    article = an_article(
        corrections=(Correction(kind, "J Invent Med. 2026 Feb;8:1", 77),)
    )
    appraisal = judge(article)

    shown = banner(article, appraisal, here={77}, linked={})
    short = integrity_mark(appraisal)

    assert shown is not None and short is not None
    assert (shown.kind, short.kind) == (banner_kind, banner_kind)
    assert short.name == mark
    told = (None, None) if kind in FROM_NOTICES else ("February 2026", "2026-02")
    assert (shown.date, shown.date_machine) == told
    [notice] = shown.notices
    assert notice.address == "/articles/77"
    assert notice.source == "J Invent Med. 2026 Feb;8:1"


def test_a_notice_without_a_pmid_is_shown_as_text() -> None:
    article = an_article(corrections=(Correction("RetractionIn", "Merrow Gazette"),))

    shown = banner(article, judge(article), here=(), linked={})

    assert shown is not None
    assert (shown.notices[0].address, shown.notices[0].source) == (
        None,
        "Merrow Gazette",
    )


def test_a_comment_is_no_matter_of_integrity() -> None:
    article = an_article(corrections=(Correction("CommentIn", pmid=77),))

    assert banner(article, judge(article), here=(), linked={}) is None


def test_an_article_that_is_not_kept_is_linked_at_pubmed() -> None:
    assert address_of(77, kept={78}) == "https://pubmed.ncbi.nlm.nih.gov/77/"


def test_an_invented_article_that_is_not_kept_is_nowhere() -> None:
    assert address_of(99_000_001, kept={99_000_001}) == "/articles/99000001"
    assert address_of(99_000_002, kept={99_000_001}) is None


def test_a_comment_stays_out_of_the_banner_of_a_retracted_article() -> None:
    links = (Correction("CommentIn", pmid=77), Correction("RetractionIn", pmid=78))
    article = an_article(corrections=links)

    shown = banner(article, judge(article), here=(), linked={})

    assert shown is not None
    assert [notice.pmid for notice in shown.notices] == [78]


def test_every_kind_about_integrity_has_a_name() -> None:
    assert set(LABELS) >= ABOUT_INTEGRITY


def test_the_date_is_that_of_the_notice_where_we_keep_it() -> None:
    link = Correction("RetractionIn", "J Invent Med. 2026", 78)
    article = an_article(pmid=77, corrections=(link,))
    notice = an_article(pmid=78, journal_issue=JournalIssue(PubDate(2026, 2, 3)))

    shown = banner(article, judge(article), {78}, {78: notice})

    assert shown is not None
    assert (shown.date, shown.date_machine) == ("3 February 2026", "2026-02-03")


def test_a_notice_says_which_article_it_is_about() -> None:
    link = Correction("RetractionOf", None, 77)
    notice = an_article(pmid=78, title="Retraction.", corrections=(link,))
    about = an_article(pmid=77, title="Velotrine for <i>fever</i>.")

    shown = banner(notice, judge(notice), {77}, {77: about})

    assert shown is not None
    assert shown.date is None  # that of the other article is not that of the notice
    assert shown.notices[0].title == "Velotrine for <i>fever</i>"
    assert shown.notices[0].date == "March 2025"


def test_a_date_that_nlm_printed_is_not_said_twice() -> None:
    link = Correction("ErratumFor", "J Invent Med. 2025 Mar;7(2)", 77)
    notice = an_article(pmid=78, corrections=(link,))

    shown = banner(notice, judge(notice), {77}, {77: an_article(pmid=77)})

    assert shown is not None and shown.notices[0].date is None


def test_trouble_without_a_link_says_where_it_is_said() -> None:
    """PMID 10821001: NLM lists it as retracted and links no notice."""
    type_ = PublicationType("D016441", "Retracted Publication")
    article = an_article(publication_types=(type_,))

    shown = banner(article, judge(article), here=(), linked={})

    assert shown is not None
    assert shown.heading == (
        "This article has been retracted: publication type Retracted Publication."
    )


def test_a_record_with_thousands_of_notices_costs_a_few() -> None:
    links = tuple(Correction("ErratumIn", pmid=pmid) for pmid in range(1, 5001))

    assert about_integrity(an_article(corrections=links)) == list(range(1, 21))


@pytest.mark.parametrize(
    ("notice", "address"),
    [
        ("PMID 78", "/articles/78"),
        ("10.9999/notice", "https://doi.org/10.9999/notice"),
        (None, None),
    ],
)
def test_what_only_the_list_says_stands_in_the_banner_with_its_notice(
    notice: str | None, address: str | None
) -> None:
    article = an_article()
    listed = Listed("retracted", "2024-05-20", notice, "Doubts about data")

    shown = banner(article, with_integrity(article, judge(article), listed), {78}, {})

    assert shown is not None
    assert (shown.kind, shown.heading) == (
        "danger",
        "Retraction Watch lists it as retracted.",
    )
    [view] = shown.notices
    assert (view.address, view.date, view.note) == (
        address,
        "20 May 2024",
        "Doubts about data",
    )
