from made.articles import an_article
from ownjournal.appraisal.judge import judge
from ownjournal.pubmed.article import (
    Article,
    Author,
    Correction,
    DataBank,
    Identifiers,
    Markup,
    MeshHeading,
    Qualifier,
)
from ownjournal.ranking.candidate import Candidate, candidate


def of(article: Article) -> Candidate:
    return candidate(article, judge(article))


def test_a_candidate_keeps_what_ranking_needs() -> None:
    article = an_article(
        title="CO<sub>2</sub> &amp; gout",
        abstract={"AIM": "To rest.", "RESULTS": "p &lt; .05"},
        mesh=(
            MeshHeading("D006073", "Gout", major=True),
            MeshHeading("D012145", "Rest", qualifiers=(Qualifier("Q1", "x", True),)),
            MeshHeading("D005260", "Female"),
        ),
    )

    found = of(article)

    assert (found.title, found.abstract) == ("CO2 & gout", "To rest. p < .05")
    assert found.mesh == ("D006073", "D012145", "D005260")
    assert found.mesh_major == ("D006073", "D012145")
    assert found.journal == "99000001X"
    assert found.first_author == "Quillfeather AB"
    assert found.design == judge(article).design


def test_an_article_without_anything_is_a_candidate() -> None:
    assert of(Article(pmid=7)) == Candidate(
        7, "", quality=10, significance=6, languages=()
    )


def test_a_group_may_be_the_first_author() -> None:
    authors = (Author(), Author(group=Markup("VELO Group")))

    assert of(an_article(authors=authors)).first_author == "VELO Group"


def test_registrations_are_nlms_or_the_one_in_the_abstract() -> None:
    text = "Women were randomised. Registration NCT00000001."
    banks = (DataBank("ISRCTN", ("ISRCTN00000002",)), DataBank("GENBANK", ("AB1",)))

    assert of(an_article(abstract=text)).registrations == ("NCT00000001",)
    assert of(an_article(abstract=text, data_banks=banks)).registrations == (
        "ISRCTN00000002",
    )


def test_a_review_does_not_report_the_trials_it_names() -> None:
    article = an_article(
        title="Gout: a systematic review", abstract="Registered trial NCT00000001."
    )

    assert of(article).registrations == ()


def test_forms_of_one_work_are_related_and_comments_are_not() -> None:
    article = an_article(
        identifiers=Identifiers(),
        corrections=(
            Correction("UpdateOf", pmid=1),
            Correction("ErratumIn", pmid=2),
            Correction("ErratumIn", source="without a PMID"),
            Correction("CommentIn", pmid=3),
        ),
    )

    assert of(article).related_pmids == (1, 2)
    assert of(article).doi is None
