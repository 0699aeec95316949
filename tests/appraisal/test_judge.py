"""The whole appraisal: sums, reasons, and articles that lack nearly everything."""

import gzip
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.articles import an_article
from ownjournal.appraisal.designs import DESIGNS
from ownjournal.appraisal.judge import RULES_VERSION, judge
from ownjournal.appraisal.signs import HIGH_QUALITY, HIGH_SIGNIFICANCE, SIZE_POINTS
from ownjournal.appraisal.verdict import Appraisal
from ownjournal.pubmed.article import (
    Article,
    Correction,
    DataBank,
    MeshHeading,
    PublicationType,
)
from ownjournal.pubmed.records import read_records

GOOD_TRIAL = an_article(
    title="Velotrine for gout: a double-blind randomised trial",
    abstract={
        "METHODS": "In 12 hospitals 1,204 women were randomised to velotrine or rest. "
        "The primary outcome was death at one year, by intention to treat.",
        "RESULTS": "Fewer died (risk ratio 0.8, 95% CI 0.7 to 0.9).",
    },
    data_banks=(DataBank("ClinicalTrials.gov", ("NCT00000000",)),),
    corrections=(Correction("CommentIn", "J Invent Med", 99_100_009),),
)

WORDS = st.sampled_from(
    [
        "randomised",
        "trial",
        "placebo",
        "rats",
        "cohort",
        "review",
        ".",
        "95%",
        "CI",
        "1,204",
        "patients",
        "were",
        "protocol",
        "mortality",
        "protein",
        "gene",
        "retracted:",
        "the",
        "of",
        "systematic",
        "meta-analysis",
        "blind",
    ]
)
TEXT = st.lists(WORDS, max_size=40).map(" ".join)
KINDS = ("D016449", "D016454", "D016441", "D016421", None)


@given(
    title=st.none() | TEXT,
    abstract=TEXT,
    kind=st.sampled_from(KINDS),
    link=st.sampled_from(["RetractionIn", "ExpressionOfConcernIn", "CommentIn"]),
)
def test_scores_are_the_sum_of_their_parts_from_0_to_100(
    title: str | None, abstract: str, kind: str | None, link: str
) -> None:
    appraisal = judge(
        an_article(
            title=title,
            abstract=abstract,
            publication_types=(PublicationType(kind, "A type"),),
            corrections=(Correction(link),),
        )
    )

    assert 0 <= appraisal.quality <= 100
    assert 0 <= appraisal.significance <= 100
    assert appraisal.quality == sum(p.points for p in appraisal.quality_parts)
    assert appraisal.significance == sum(p.points for p in appraisal.significance_parts)
    assert appraisal.design in DESIGNS
    assert appraisal.design_reason and appraisal.level_reason


def test_a_good_trial_is_of_high_quality_and_significance() -> None:
    appraisal = judge(GOOD_TRIAL)

    assert (appraisal.design, appraisal.level) == ("rct", 2)
    assert [part.name for part in appraisal.quality_parts] == [
        "Design",
        "Sample size",
        "Several centres",
        "Registered",
        "Confidence interval",
        "Blinding",
        "Analysed as allocated",
    ]
    assert appraisal.quality >= HIGH_QUALITY
    assert appraisal.significance >= HIGH_SIGNIFICANCE
    assert appraisal.quality_parts[1].reason == "It studied 1,204 people."


def test_no_article_can_pass_100() -> None:
    """The dearest design with every sign of its kind, largest sample included."""
    largest = SIZE_POINTS[0]
    trial = judge(GOOD_TRIAL)
    size = next(sign for sign in trial.signs if sign.code == "size")

    assert trial.quality - size.quality + largest[1] <= 100
    assert trial.significance - size.significance + largest[2] <= 100


@pytest.mark.parametrize(
    "praise",
    ["P < .001.", "A highly significant, practice-changing effect.", "Odds ratio 9.1."],
)
def test_praise_and_p_values_earn_nothing(praise: str) -> None:
    plain = an_article(abstract="Women were randomised to velotrine or rest.")
    praised = an_article(
        abstract=f"Women were randomised to velotrine or rest. {praise}"
    )

    assert judge(praised).quality == judge(plain).quality
    assert judge(praised).significance == judge(plain).significance


PRAISE = st.sampled_from(
    [
        "P < .001.",
        "(p=0.03)",
        "A highly significant effect.",
        "These practice-changing findings are a breakthrough.",
        "The effect was dramatic (Cohen's d 1.9, odds ratio 9.1, hazard ratio 0.31).",
        "This is the first landmark trial to show clear superiority.",
        "Velotrine should now be the standard of care.",
        "A novel, unprecedented and robust benefit.",
    ]
)


@given(st.lists(PRAISE, min_size=1, max_size=8), st.booleans())
def test_no_amount_of_praise_moves_a_score(praise: list[str], before: bool) -> None:
    sections = {
        each.label or "": str(each.text)
        for each in (GOOD_TRIAL.abstract.sections if GOOD_TRIAL.abstract else ())
    }
    plain = sections["RESULTS"]
    told = [*praise, plain] if before else [plain, *praise]
    praised = an_article(
        title=GOOD_TRIAL.title,
        abstract=sections | {"RESULTS": " ".join(told)},
        data_banks=GOOD_TRIAL.data_banks,
        corrections=GOOD_TRIAL.corrections,
    )

    assert judge(praised).signs == judge(GOOD_TRIAL).signs


def test_a_retracted_article_has_no_points_left() -> None:
    retracted = msgspec.structs.replace(
        GOOD_TRIAL,
        publication_types=(PublicationType("D016441", "Retracted Publication"),),
    )

    appraisal = judge(retracted)

    assert (appraisal.quality, appraisal.significance) == (0, 0)
    assert appraisal.integrity == "retracted"
    assert appraisal.quality_parts[-1].points == -sum(
        part.points for part in appraisal.quality_parts[:-1]
    )


def test_a_concern_halves_the_points() -> None:
    link = Correction("ExpressionOfConcernIn", pmid=99_100_010)
    doubted = msgspec.structs.replace(
        GOOD_TRIAL, corrections=(*GOOD_TRIAL.corrections, link)
    )

    assert judge(doubted).quality == -(-judge(GOOD_TRIAL).quality // 2)


def test_a_review_of_animal_studies_is_not_clinical() -> None:
    appraisal = judge(an_article(title="Velotrine in rats: a systematic review"))

    assert appraisal.design == "systematic-review"
    assert not appraisal.clinical
    assert judge(an_article(title="Velotrine in women: a systematic review")).clinical


def test_humans_among_the_headings_make_an_article_clinical() -> None:
    headings = (MeshHeading("D006801", "Humans"), MeshHeading("D051381", "Rats"))

    assert judge(an_article(title="Rats and gout", mesh=headings)).clinical


@pytest.mark.parametrize(
    "article",
    [
        Article(pmid=1),
        an_article(title=None, abstract=None, journal=None, languages=()),
        an_article(abstract="Gout."),
        an_article(abstract="1 patient " * 10_000),
        an_article(abstract="9" * 100_000 + " patients were included."),
        an_article(title="Vélotrine et goutte : étude", languages=("fre",)),
        an_article(title="痛风的随机对照试验", abstract="痛风。" * 500),
        an_article(publication_types=(PublicationType(None, "Comment"),)),
    ],
)
def test_any_article_gets_an_appraisal(article: Article) -> None:
    assert judge(article).rules_version == RULES_VERSION


def test_an_appraisal_is_stored_small_and_read_back_equal() -> None:
    appraisal = judge(GOOD_TRIAL)
    stored = msgspec.msgpack.encode(appraisal)

    assert msgspec.msgpack.decode(stored, type=Appraisal) == appraisal
    assert len(stored) < 400


@pytest.mark.slow
def test_appraisals_of_real_articles_are_small(shared_data: Path) -> None:
    """Forty million of them are kept: 150 bytes each at most, on average."""
    with gzip.open(shared_data / "demo" / "demo_ccby.xml.gz") as file:
        articles = [each for each in read_records(file) if isinstance(each, Article)]
    sizes = [len(msgspec.msgpack.encode(judge(each))) for each in articles]

    assert sum(sizes) / len(sizes) <= 150
