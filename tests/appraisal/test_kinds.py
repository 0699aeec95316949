"""Studies as authors tell of them, each sentence beside one that is another kind."""

import pytest

from made.articles import an_article
from ownjournal.appraisal.finding import design_of
from ownjournal.appraisal.reading import reading

TITLES = [
    ("Cost-effectiveness of splints: a randomised trial", "economic"),
    ("Clinical and cost-effectiveness of splints: randomised trial", "rct"),
    ("Economic evaluation of splints in a randomised trial", "economic"),
    ("Cost-effectiveness of splints: a review", "review"),
    ("Cost-effective splints for gout", "unclear"),
    ("A pooled safety analysis of three randomised studies", "meta-analysis"),
    ("A randomised trial and qualitative evaluation of rest", "rct"),
    ("Sleep of women with gout in the MERROW randomised trial", "secondary-analysis"),
    ("Insights from the MERROW gout trial", "secondary-analysis"),
    ("A phase II trial of velotrine in gout", "non-randomised-trial"),
    ("Velotrine in gout: an open-label study", "non-randomised-trial"),
    ("Urate gene polymorphism and susceptibility to gout", "case-control"),
    ("Urate gene polymorphism and survival in gout", "unclear"),
    ("Rabbit antithymocyte globulin: a randomised trial", "rct"),
    ("Fattening of ducks", "animal"),
    ("Gout: a prospective crossover evaluation", "unclear"),
]


@pytest.mark.parametrize(("title", "design"), TITLES)
def test_a_title_names_the_kind(title: str, design: str) -> None:
    article = an_article(title=title, abstract=None, publication_types=())

    assert design_of(reading(article)).design == design


ABSTRACTS = [
    # Plans, as in PMIDs 20426840 and 28250962.
    ("Outcomes will be assessed after nine weeks.", "protocol"),
    ("Gout will be assessed some day.", "unclear"),
    ("Methods/Design: Farmers drink velotrine.", "protocol"),
    ("This protocol describes a test of splints.", "protocol"),
    # Trials of others and second looks, as in 26373696 and 10378864.
    ("A recent multicentre randomised trial showed rest to help.", "unclear"),
    ("Farmers after a recent fall were randomised to rest.", "rct"),
    ("Urate fell in women enrolled in the MERROW gout trial.", "secondary-analysis"),
    ("Forty farmers were enrolled in the randomised trial.", "rct"),
    ("Sleep was told as part of a larger randomised trial.", "secondary-analysis"),
    ("Data came from the MERROW gout trial.", "secondary-analysis"),
    ("A secondary analysis was done of a gout trial.", "secondary-analysis"),
    ("A pooled analysis of four trials of velotrine.", "meta-analysis"),
    # Interviews, as in 27114426.
    ("A nested qualitative study of women randomised to rest.", "qualitative"),
    ("Interviews were transcribed after a randomised trial.", "qualitative"),
    ("Women were randomised; interviews told of falls.", "rct"),
    # Interventions without chance, as in 29417084, 10950052, 27994620, 9872028.
    ("This was a clinical trial of splints.", "non-randomised-trial"),
    ("Women were enrolled and assigned to one group.", "non-randomised-trial"),
    ("Urate was told before and 90 min after an oral dose.", "non-randomised-trial"),
    ("Velotrine 20 mg was administered for one week.", "non-randomised-trial"),
    ("Velotrine was administered for one week in the cohort.", "unclear"),
    ("A pre-post design was used.", "non-randomised-trial"),
    ("Healthy subjects ingested velotrine.", "non-randomised-trial"),
    ("Velotrine and rest in a cross-over design.", "rct"),
    ("Women saw stimuli on a screen.", "non-randomised-trial"),
    # Cases and others, as in 31834686, 9122892, 26702348.
    ("Thirty patients (60.6 years) and 28 healthy subjects came.", "case-control"),
    ("Patients and healthy subjects got a placebo.", "unclear"),
    ("Alleles of 84 control people; susceptibility to gout.", "case-control"),
    ("We are presenting a case of gout of the ear.", "case-report"),
    ("We report such a case in which ears hurt.", "case-report"),
    ("We describe five new cases of gout of the ear.", "case-series"),
    ("Our experience with 13 cases is told.", "case-series"),
    # Followed or asked, as in 31839458 and 31388318.
    ("Overall survival was nine months.", "cohort"),
    ("Women with gout between 2011 and 2018 are told of.", "cohort"),
    ("Ears with gout between 2011 and 2018 are told of.", "unclear"),
    ("A chart review of ears.", "cohort"),
    ("The drug was followed by rest.", "unclear"),
    ("The form had high internal consistency.", "cross-sectional"),
    ("Women were respondents.", "cross-sectional"),
    # A laboratory or a machine, as in 8187068 and 22195224.
    ("The algorithm read the database.", "bench"),
    ("Women read the database by an algorithm.", "unclear"),
    (
        "Kinase binding of mutant receptor, gene, DNA and RNA of one patient.",
        "bench",
    ),
    ("This review discusses kinase binding of mutant receptors.", "review"),
    ("A MEDLINE search was made to review velotrine.", "systematic-review"),
]


@pytest.mark.parametrize(("abstract", "design"), ABSTRACTS)
def test_an_abstract_tells_the_kind(abstract: str, design: str) -> None:
    article = an_article(title="Velotrine", abstract=abstract, publication_types=())

    assert design_of(reading(article)).design == design


ACCOUNT = "Gout is a disease of the ear and can be treated by rest. " * 5


@pytest.mark.parametrize(
    ("added", "design"),
    [
        ("", "review"),
        ("We slept.", "unclear"),
        ("Ears were told.", "unclear"),
        ("1 2 3 4", "review"),
        ("1 2 3 4 5", "unclear"),
        ("ear " * 600, "unclear"),
    ],
)
def test_an_account_without_work_of_its_own_is_a_review(
    added: str, design: str
) -> None:
    text = ACCOUNT + added
    article = an_article(title="Gout", abstract=text, publication_types=())

    assert design_of(reading(article)).design == design


def test_views_of_a_trial_are_told_by_interviews() -> None:
    title = "Views of nurses on a randomised trial"
    told = "In interviews themes were found."

    asked = an_article(title=title, abstract=told, publication_types=())
    tried = an_article(title=title, abstract="Gout fell.", publication_types=())

    assert design_of(reading(asked)).design == "qualitative"
    assert design_of(reading(tried)).design == "rct"
