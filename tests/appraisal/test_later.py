"""What becomes known after an article was judged, and what a list says of it."""

import pytest
from msgspec.structs import replace

from appraisal.test_judge import GOOD_TRIAL
from made.articles import an_article
from ownjournal.appraisal.integrity import Listed, listed_of
from ownjournal.appraisal.judge import judge
from ownjournal.appraisal.later import with_integrity
from ownjournal.pubmed.article import Correction, PublicationType
from ownjournal.pubmed.retraction_list import Entry

RETRACTED = Listed("retracted", "2024-05-03", "PMID 99300009", "Concerns About Data")


def an_entry(nature: str, dated: str | None = None) -> Entry:
    return Entry(nature, 99_300_001, None, dated)


def test_the_list_takes_the_points_and_is_named_as_the_source() -> None:
    appraisal = with_integrity(GOOD_TRIAL, judge(GOOD_TRIAL), RETRACTED)

    assert appraisal.integrity == "retracted"
    assert (appraisal.quality, appraisal.significance) == (0, 0)
    assert appraisal.integrity_reason == (
        "Retraction Watch lists it as retracted (since 2024-05-03; "
        "notice: PMID 99300009; reasons it gives: Concerns About Data)."
    )


def test_saying_it_twice_changes_nothing_and_taking_it_back_undoes_it() -> None:
    first = judge(GOOD_TRIAL)
    once = with_integrity(GOOD_TRIAL, first, RETRACTED)

    assert with_integrity(GOOD_TRIAL, once, RETRACTED) == once
    assert with_integrity(GOOD_TRIAL, once, None) == first
    assert with_integrity(GOOD_TRIAL, first, None) == first


def test_a_link_learned_later_counts_as_if_it_had_been_there() -> None:
    link = Correction("ExpressionOfConcernIn", pmid=99_100_010)
    doubted = replace(GOOD_TRIAL, corrections=(*GOOD_TRIAL.corrections, link))

    assert with_integrity(doubted, judge(GOOD_TRIAL), None) == judge(doubted)


def test_of_equally_grave_words_nlms_is_told() -> None:
    by_nlm = an_article(corrections=(Correction("RetractionIn", pmid=99_300_009),))

    appraisal = with_integrity(by_nlm, judge(by_nlm), RETRACTED)

    assert appraisal.integrity_reason == (
        "This article has been retracted: PMID 99300009."
    )
    assert not appraisal.told_by_list


def test_the_gravest_word_counts_whoever_says_it() -> None:
    corrected = an_article(corrections=(Correction("ErratumIn", pmid=99_300_009),))
    retracted = an_article(corrections=(Correction("RetractionIn", pmid=99_300_009),))

    assert with_integrity(corrected, judge(corrected), RETRACTED).told_by_list
    milder = with_integrity(retracted, judge(retracted), Listed("concern"))
    assert milder.integrity == "retracted"


def test_a_notice_with_the_doi_of_what_it_retracts_is_not_retracted() -> None:
    notice = an_article(publication_types=(PublicationType("D016440", "Retraction"),))

    appraisal = with_integrity(notice, judge(notice), RETRACTED)

    assert appraisal.integrity == "notice-of-retraction"


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ([], None),
        ([an_entry("retracted")], "retracted"),
        ([an_entry("corrected"), an_entry("concern")], "concern"),
        ([an_entry("retracted", "2020-01-01"), an_entry("concern")], "retracted"),
        (
            [an_entry("retracted", "2020-01-01"), an_entry("reinstated", "2021-01-01")],
            None,
        ),
        (
            [an_entry("reinstated", "2021-01-01"), an_entry("retracted", "2022-01-01")],
            "retracted",
        ),
        ([an_entry("reinstated"), an_entry("retracted", "2022-01-01")], None),
        ([an_entry("retracted"), an_entry("reinstated", "2021-01-01")], None),
        (
            [
                an_entry("corrected"),
                an_entry("retracted", "2020-01-01"),
                an_entry("reinstated", "2020-01-01"),
            ],
            "corrected",
        ),
        ([an_entry("of a later version")], None),
    ],
)
def test_the_gravest_entry_that_stands_is_what_the_list_says(
    entries: list[Entry], state: str | None
) -> None:
    for order in (entries, entries[::-1]):
        listed = listed_of(order)
        assert (listed and listed.state) == state


def test_the_word_of_the_list_comes_with_the_entry_it_is_from() -> None:
    concern = Entry("concern", 1, None, "2019-01-01", "PMID 2", "Doubts")
    retraction = Entry("retracted", 1, None, "2020-01-01", "PMID 3", "Data")

    assert listed_of([concern, retraction]) == Listed(
        "retracted", "2020-01-01", "PMID 3", "Data"
    )
    assert (
        with_integrity(
            an_article(), judge(an_article()), Listed("corrected")
        ).integrity_reason
        == "Retraction Watch lists a correction of it."
    )
