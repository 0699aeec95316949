import pytest

from made.articles import an_article
from ownjournal.appraisal.integrity import STATES, integrity_of, integrity_told
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import Correction, PublicationType


@pytest.mark.parametrize(
    ("link", "state"),
    [
        ("RetractionIn", "retracted"),
        ("RetractedandRepublishedIn", "retracted"),
        ("ExpressionOfConcernIn", "concern"),
        ("CorrectedandRepublishedIn", "republished"),
        ("ErratumIn", "corrected"),
        ("UpdateIn", "updated"),
        ("RetractionOf", "notice-of-retraction"),
        ("ExpressionOfConcernFor", "notice-of-concern"),
        ("ErratumFor", "notice-of-correction"),
        ("CommentIn", None),
        ("Cites", None),
    ],
)
def test_a_link_tells_the_state(link: str, state: str | None) -> None:
    article = an_article(corrections=(Correction(link, pmid=99_100_002),))

    assert integrity_of(article, "")[0] == state


@pytest.mark.parametrize(
    ("ui", "state"),
    [
        ("D016441", "retracted"),
        ("D016440", "notice-of-retraction"),
        ("D000075742", "notice-of-concern"),
        ("D016425", "notice-of-correction"),
        ("D016428", None),
        (None, None),
    ],
)
def test_a_type_tells_the_state_by_its_ui(ui: str | None, state: str | None) -> None:
    types = (PublicationType(ui, "A name that NLM may change"),)

    assert integrity_of(an_article(publication_types=types), "")[0] == state


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("RETRACTED: Velotrine for gout", "retracted"),
        ("Retracted Article: Velotrine", "retracted"),
        ("[Retracted] Velotrine for gout", "retracted"),
        ("WITHDRAWN: Velotrine for gout", "withdrawn"),
        ("Retracted eardrums", None),
        ("Withdrawn children", None),
    ],
)
def test_publishers_put_it_before_the_title(title: str, state: str | None) -> None:
    assert judge(an_article(title=title)).integrity == state


def test_a_notice_that_bears_the_title_of_the_retracted_is_not_retracted() -> None:
    """PMID 38075128."""
    title = "Retracted: Velotrine for gout"
    by_type = an_article(
        title=title,
        publication_types=(PublicationType("D016440", "Retraction of Publication"),),
    )
    by_link = an_article(title=title, corrections=(Correction("RetractionOf"),))

    assert judge(by_type).integrity == "notice-of-retraction"
    assert judge(by_link).integrity == "notice-of-retraction"


def test_the_gravest_fact_counts_and_a_link_names_the_notice() -> None:
    """Like PMID 20137807, a retracted article that was corrected before."""
    article = an_article(
        corrections=(
            Correction("ErratumIn", pmid=99_100_003),
            Correction("RetractionIn", pmid=99_100_004),
        ),
        publication_types=(PublicationType("D016441", "Retracted Publication"),),
    )

    appraisal = judge(article)

    assert appraisal.integrity_reason == (
        "This article has been retracted: PMID 99100004."
    )


def test_a_notice_without_a_pmid_is_named_by_its_source() -> None:
    article = an_article(corrections=(Correction("RetractionIn", "J Invent Med. 2:1"),))

    assert integrity_of(article, "") == ("retracted", "J Invent Med. 2:1")


def test_nothing_known_is_none_and_says_nothing() -> None:
    assert judge(an_article()).integrity_reason is None


def test_every_state_is_told() -> None:
    for state in STATES:
        assert integrity_told(state, None).endswith(".")
    assert integrity_told("of a later version", "PMID 1").startswith("Something")
