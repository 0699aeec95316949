import pytest

from made.articles import an_article
from ownjournal.appraisal.evidence import signs_of
from ownjournal.appraisal.reading import reading
from ownjournal.appraisal.signs import KINDS, Sign, sign, size_sign, told
from ownjournal.pubmed.article import Correction, DataBank, PublicationType


def codes(design: str, abstract: str, **changes: object) -> list[str]:
    article = an_article(abstract=abstract, **changes)
    signs = signs_of(reading(article), design, clinical=True, integrity=None)
    return [each.code for each in signs]


@pytest.mark.parametrize(
    ("design", "abstract", "code"),
    [
        ("rct", "A multi-centre trial.", "multicentre"),
        ("rct", "In nine large hospitals.", "multicentre"),
        ("cohort", "Odds ratio 2 (95% CI, 1 to 3).", "interval"),
        ("cohort", "With a confidence interval.", "interval"),
        ("rct", "Double-blind.", "blinded"),
        ("rct", "A single-blind trial.", "partly-blinded"),
        ("rct", "Blinded outcome assessment.", "partly-blinded"),
        ("rct", "By intention-to-treat.", "as-allocated"),
        ("rct", "Registration: ISRCTN00000000.", "registered"),
        ("rct", "Sleep was better. ACTRN12600000000000.", "registered"),
        ("rct", "Registered as RBR-0abc0d.", "registered"),
        ("meta-analysis", "Registered: INPLASY202000000.", "registered"),
        ("meta-analysis", "Risk of bias was low.", "bias-weighed"),
        ("meta-analysis", "Two reviewers chose studies.", "two-reviewers"),
        ("meta-analysis", "PROSPERO CRD42020000000.", "registered"),
        ("cohort", "All-cause mortality fell.", "outcome"),
        ("rct", "The primary outcome was stroke.", "outcome"),
    ],
)
def test_signs_are_read_from_the_abstract(
    design: str, abstract: str, code: str
) -> None:
    assert code in codes(design, abstract)


@pytest.mark.parametrize(
    ("design", "abstract"),
    [
        ("review", "Double-blind trials with a confidence interval in nine hospitals."),
        ("cohort", "Double-blind. Two reviewers."),
        ("rct", "Two groups, 95% of them women. The primary outcome was pain."),
        ("unclear", "In nine hospitals, all-cause mortality fell."),
    ],
)
def test_signs_count_only_where_they_mean_something(design: str, abstract: str) -> None:
    assert codes(design, abstract) == ["design"]


def test_pubmed_tells_of_centres_registration_and_comments() -> None:
    found = codes(
        "rct",
        "Women were randomised.",
        publication_types=(PublicationType("D016448", "Multicenter Study"),),
        data_banks=(DataBank("GENBANK", ("AB1",)), DataBank("ISRCTN", ("ISRCTN1",))),
        corrections=(Correction("CommentIn", "J Invent Med"),),
    )

    assert found == ["design", "multicentre", "registered", "editorial"]


def test_deposited_sequences_are_no_registration() -> None:
    banks = (DataBank("GENBANK", ("AB000001",)),)

    assert "registered" not in codes("rct", "Women.", data_banks=banks)


def test_a_small_study_earns_nothing_by_its_size_and_a_tiny_one_loses() -> None:
    assert size_sign(49) == Sign("size", -4, -2, "49")
    assert size_sign(50) == Sign("size", 0, 0, "50")
    assert size_sign(99) == Sign("size", 0, 0, "99")
    assert size_sign(100) == Sign("size", 4, 4, "100")
    assert size_sign(5000) == Sign("size", 15, 20, "5000")


def test_every_sign_tells_its_words() -> None:
    for code in KINDS:
        assert "{" not in told(sign(code, "words"))
    assert told(Sign("omen", 1, 1, "of a later version")) == "of a later version"
