"""Designs of invented articles, one row each; traps beside what they look like."""

import pytest

from made.articles import an_article
from ownjournal.appraisal.finding import design_of
from ownjournal.appraisal.reading import reading
from ownjournal.pubmed.article import Journal, MeshHeading, PublicationType

BY_TITLE = [
    ("Velotrine for gout: a systematic review", "systematic-review"),
    ("Velotrine for gout: systematic review and meta-analysis", "meta-analysis"),
    ("An umbrella review of the harms of velotrine", "systematic-review"),
    ("Network meta‐analysis of nine drugs for Merrow fever", "meta-analysis"),
    ("Meta-analysis of genome-wide association studies of gout", "unclear"),
    ("Quality of reporting of systematic reviews in dentistry", "unclear"),
    ("A non-systematic review of gout", "unclear"),
    ("Exercise after hip fracture: a scoping review", "scoping-review"),
    ("Merrow Society guidelines for the treatment of gout", "guideline"),
    ("Gout in pregnancy: a consensus statement", "guideline"),
    ("Recommendations of the Merrow task force on falls", "guideline"),
    ("Adherence to guidelines for gout in primary care", "unclear"),
    ("Implementation of a guideline for falls: a cohort study", "cohort"),
    ("Guideline-directed therapy and falls", "unclear"),
    ("Velotrine or placebo for gout: a randomised controlled trial", "rct"),
    ("Randomized, double-blind comparison of two splints", "rct"),
    ("A placebo-controlled study of velotrine in gout", "rct"),
    ("Results of two randomised trials of velotrine", "rct"),
    ("Velotrine in gout: a pilot randomised controlled trial", "pilot-trial"),
    ("Feasibility of a randomised trial of bed rest", "pilot-trial"),
    ("Recruitment of women: lessons from randomised trials", "unclear"),
    ("A review of randomised controlled trials of velotrine", "review"),
    ("Survey of randomised trials that name their funder", "cross-sectional"),
    ("Velotrine for gout: protocol for a randomised trial", "protocol"),
    ("Velotrine for gout (VELO): study protocol", "protocol"),
    ("Rationale and design of the VELO trial", "protocol"),
    ("Adherence to velotrine: protocol for a feasibility trial", "protocol"),
    ("Adherence to a treatment protocol: a cohort study", "cohort"),
    ("Design of a randomised trial of velotrine in gout", "protocol"),
    ("Statistical analysis plan of the VELO trial", "protocol"),
    ("Protocol violations in a randomised trial of velotrine", "rct"),
    ("Velotrine by post: protocol for the VELO (Rest) randomised trial", "protocol"),
    ("Velotrine: protocol of VELO, a randomised trial", "protocol"),
    ("Protocol: velotrine or rest for gout, a randomised trial", "protocol"),
    ("Velotrine or rest: a randomised trial (protocol)", "protocol"),
    ("Velotrine or rest: a randomised controlled trial protocol", "protocol"),
    ("Velotrine or rest \u2014 a protocol for a randomised trial", "protocol"),
    ("A protocol paper of the randomised VELO trial", "protocol"),
    ("The randomised VELO trial: rationale and study design", "protocol"),
    ("Rationale and methods of the randomised VELO trial", "protocol"),
    ("Design and methods of the VELO randomised trial", "protocol"),
    ("The VELO trial: study design and baseline characteristics", "protocol"),
    ("The VELO randomised trial: objectives and protocol", "protocol"),
    ("Velotrine for gout: a scoping review protocol", "protocol"),
    ("A randomised trial of velotrine: per-protocol analysis", "rct"),
    ("Protocolised care for sepsis: a randomised trial", "rct"),
    ("Protocol-based care for sepsis: a randomised trial", "rct"),
    ("A treatment protocol for gout: a randomised trial", "rct"),
    ("A sedation protocol for the ward: a randomised trial", "rct"),
    ("The long protocol versus the short: a randomised trial", "rct"),
    ("Reporting of study protocols: a qualitative study", "qualitative"),
    (
        "Splints for gout: a systematic review without meta-analysis",
        "systematic-review",
    ),
    ("Test strips in the diagnosis of gout: an accuracy study", "diagnostic-accuracy"),
    ("Falls before and after the introduction of velotrine", "non-randomised-trial"),
    ("Gout of the ear: 41 consecutive cases from Merrow", "case-series"),
    ("Gout of the ear: a study of 9 patients", "case-series"),
    ("Velotrine versus rest in 41 consecutive patients", "unclear"),
    ("Machines that read the scans of COVID-19 patients", "unclear"),
    ("Machines that read the scans of COVID 19 patients", "unclear"),
    ("Velotrine slows gout cells in vitro", "bench"),
    ("Outcomes of in vitro fertilisation", "unclear"),
    ("Falls in the VELO trial: a post hoc analysis", "secondary-analysis"),
    ("A secondary analysis of the randomised VELO trial", "secondary-analysis"),
    ("A secondary analysis of household records", "unclear"),
    ("A Mendelian randomisation study of urate and falls", "mendelian-randomisation"),
    ("A non-randomised trial of splints", "non-randomised-trial"),
    ("A quasi-experimental study of hand washing", "non-randomised-trial"),
    ("Hand washing and sepsis: an interrupted time series", "non-randomised-trial"),
    ("Velotrine in gout: a single-arm study", "non-randomised-trial"),
    ("Living with gout: a qualitative study", "qualitative"),
    ("Nurses and bed rest: focus groups in Lower Merrow", "qualitative"),
    ("Gout after velotrine: a case report", "case-report"),
    ("An unusual case of Merrow fever", "case-report"),
    ("Merrow fever: report of two cases and review of the literature", "case-report"),
    ("Merrow fever in farmers: a case series", "case-series"),
    ("Series of 41 patients with Merrow fever", "case-series"),
    ("Urate and falls: a case-control study", "case-control"),
    ("Urate and falls: a nested case-control study", "case-control"),
    ("Urate and falls: a prospective cohort study", "cohort"),
    ("Emulation of a target trial of velotrine with registry data", "cohort"),
    ("A nationwide retrospective study of velotrine", "cohort"),
    ("Prevalence of gout in Lower Merrow", "cross-sectional"),
    ("Bed rest among nurses: a cross-sectional study", "cross-sectional"),
    ("Diagnostic accuracy of a urate strip", "diagnostic-accuracy"),
    ("Accuracy of a nurse's eye to detect Merrow fever", "diagnostic-accuracy"),
    ("A prediction model for falls after velotrine", "prediction-model"),
    ("A nomogram for Merrow fever", "prediction-model"),
    ("Cost-effectiveness of velotrine", "economic"),
    ("An observational study of bed rest", "observational"),
    ("Gout: a narrative review", "review"),
    ("Recent advances in splints", "review"),
    ("Chart review at a busy clinic", "unclear"),
    ("Editorial: whither velotrine?", "editorial"),
    ("Re: Velotrine for gout", "comment"),
    ("Reply to Quillfeather and Okonfold", "comment"),
    ("Response to velotrine in patients with gout", "unclear"),
    ("Letter to the editor", "letter"),
    ("Correction to: Velotrine for gout", "notice"),
    ("Correction of low sodium with velotrine", "unclear"),
    ("Erratum", "notice"),
    ("Retraction of the eardrum in swimmers", "unclear"),
    ("Retraction note: Velotrine for gout", "notice"),
    ("Velotrine reduces swelling in rats", "animal"),
    ("A randomised trial of feed in dairy cows", "animal"),
    ("Randomised trial of dog therapy for children", "rct"),
    ("Dog bites in children: a cohort study", "cohort"),
    ("", "unclear"),
]


@pytest.mark.parametrize(("title", "design"), BY_TITLE)
def test_a_title_tells_its_design(title: str, design: str) -> None:
    article = an_article(title=title or None, abstract=None, publication_types=())

    assert design_of(reading(article)).design == design


BY_ABSTRACT = [
    ("Forty women were randomly assigned to velotrine or rest.", "rct"),
    ("Patients with gout were then randomized. Pain fell.", "rct"),
    ("In this double-blind crossover study pain was measured.", "rct"),
    ("Forty people received velotrine or matching placebo.", "rct"),
    ("Streets were randomly selected and residents were asked.", "unclear"),
    ("Splints were given in a nonrandomized study.", "non-randomised-trial"),
    (
        "This secondary analysis of the VELO trial looked at falls.",
        "secondary-analysis",
    ),
    ("Four hundred women will be randomised to velotrine or rest.", "protocol"),
    ("Pain fell in 41 people. A randomised trial is now warranted.", "unclear"),
    ("Pain fell in people; a double-blind trial should be done.", "unclear"),
    ("Women were randomised. A larger randomised trial is needed.", "rct"),
    ("A prospective randomised study of rest is needed.", "unclear"),
    ("Rats were randomly assigned to two diets.", "animal"),
    ("Velotrine was given to mice. The mice slept.", "animal"),
    ("We searched MEDLINE for trials. Eligible studies were pooled.", "meta-analysis"),
    ("We searched Embase; two reviewers chose studies.", "systematic-review"),
    (
        "We searched Embase for eligible trials. Meta-analysis was not possible.",
        "systematic-review",
    ),
    ("A MEDLINE search gave articles, which are discussed.", "review"),
    ("Randomised trials of velotrine are reviewed.", "review"),
    ("We review splints. A double-blind trial is wanting.", "review"),
    ("We report a patient with gout of the ear.", "case-report"),
    ("A 41-year-old farmer came with gout of the ear.", "case-report"),
    ("This case series shows gout of the ear.", "case-series"),
    ("We describe 41 consecutive patients with gout of the ear.", "case-series"),
    ("We report 41 patients and matched controls.", "case-control"),
    ("Semi-structured interviews were held with nurses.", "qualitative"),
    ("The incremental cost was 20 crowns.", "economic"),
    ("Sensitivity was 80% and specificity 90% for diagnosis.", "diagnostic-accuracy"),
    ("Age-matched healthy controls had lower urate.", "case-control"),
    ("Nurses completed an online questionnaire.", "cross-sectional"),
    ("A questionnaire was sent to all nurses.", "cross-sectional"),
    ("We surveyed farmers at nine clinics.", "cross-sectional"),
    ("Students of nine schools were surveyed.", "cross-sectional"),
    ("The shore was surveyed by boat.", "unclear"),
    ("A questionnaire was sent to all nurses of the cohort.", "unclear"),
    ("Records were retrospectively reviewed.", "cohort"),
    ("Farmers were followed for nine years.", "cohort"),
    ("The cross-sectional survey was repeated in a cohort study.", "cohort"),
    ("A phase II study of velotrine in gout.", "non-randomised-trial"),
    ("This review describes the splints of Merrow.", "review"),
    ("Protein binding of the mutant enzyme was higher.", "bench"),
    ("Protein binding of the enzyme was higher in patients.", "unclear"),
    ("In cultured gout cells velotrine held the receptor.", "bench"),
    ("The cells were held.", "unclear"),
    ("Farmers were divided into two groups, randomly.", "rct"),
    ("Methods and analysis: Farmers drink velotrine.", "protocol"),
    ("We used data from the Merrow gout trial.", "secondary-analysis"),
    ("This substudy of the gout trial asks of sleep.", "secondary-analysis"),
    (
        "A comprehensive literature search gave nine eligible trials.",
        "systematic-review",
    ),
    ("We present a 77-year-old male with gout of the ear.", "case-report"),
    ("A healthy child who ate velotrine is described.", "case-report"),
    ("Two neonates with gout are presented.", "case-report"),
    ("In a 41-year-old previously healthy woman the ear hurt.", "case-report"),
    ("This case illustrates that ears can hurt.", "case-report"),
    ("Two boys with gout are described and compared with controls.", "unclear"),
    ("A time-stratified case-crossover design was used.", "case-control"),
    ("The genotype was more frequent in cases (odds ratio 2.1).", "case-control"),
    ("The genotype was frequent in farmers (odds ratio 2.1).", "unclear"),
    ("An observational study, nonrandomised, of rest.", "observational"),
    ("The prevalence ratio of gout was 1.2.", "cross-sectional"),
    ("DESIGN: cross-sectional. SETTING: Merrow.", "cross-sectional"),
    ("The response rate was 41%.", "cross-sectional"),
    ("The prevalence of gout in farmers was 41%.", "cross-sectional"),
    ("Ears were evaluated retrospectively.", "cohort"),
    ("Medical records of farmers were reviewed.", "cohort"),
    ("We reviewed the charts of farmers.", "cohort"),
    ("At latest follow-up (mean, 24 months) they slept.", "cohort"),
    ("Isolated aortae of rats held protein of the mutant enzyme.", "bench"),
    ("The protein of the mutant enzyme fell. Rats were fed velotrine.", "animal"),
    ("Gout", "unclear"),
    ("gout " * 20_000, "unclear"),
]


@pytest.mark.parametrize(("abstract", "design"), BY_ABSTRACT)
def test_an_abstract_tells_what_was_done(abstract: str, design: str) -> None:
    article = an_article(
        title="Velotrine in Merrow", abstract=abstract, publication_types=()
    )

    assert design_of(reading(article)).design == design


BY_TYPE = [
    (("D016449", "Randomized Controlled Trial"), "rct"),
    (("D016449", "a name that NLM has changed"), "rct"),
    (("D017418", "Meta-Analysis"), "meta-analysis"),
    (("D000078182", "Systematic Review"), "systematic-review"),
    (("D017065", "Practice Guideline"), "guideline"),
    (("D002363", "Case Reports"), "case-report"),
    (("D016454", "Review"), "review"),
    (("D016430", "Clinical Trial"), "non-randomised-trial"),
    (("D064888", "Observational Study"), "observational"),
    (("D016421", "Editorial"), "editorial"),
    (("D016422", "Letter"), "letter"),
    (("D016433", "News"), "news"),
    (("D016425", "Published Erratum"), "notice"),
    (("D016440", "Retraction Notice"), "notice"),
    (("D016428", "Journal Article"), "unclear"),
]


@pytest.mark.parametrize(("kind", "design"), BY_TYPE)
def test_a_type_decides_where_the_text_does_not(
    kind: tuple[str, str], design: str
) -> None:
    article = an_article(
        title="Velotrine", abstract=None, publication_types=(PublicationType(*kind),)
    )

    assert design_of(reading(article)).design == design


def test_a_series_is_no_case_report_for_its_type() -> None:
    article = an_article(
        title="Gout of the ear: 41 consecutive cases",
        publication_types=(PublicationType("D002363", "Case Reports"),),
    )

    assert design_of(reading(article)).design == "case-series"


def test_a_trial_that_has_not_begun_is_a_protocol() -> None:
    article = an_article(
        title="Velotrine for gout: a randomised trial",
        abstract="Four hundred women will be randomised to velotrine or rest.",
    )

    assert design_of(reading(article)).design == "protocol"


@pytest.mark.parametrize(
    ("abstract", "design"),
    [
        ("The reference standard was a biopsy. Sensitivity was 80%.", "diagnostic"),
        ("We assessed the diagnostic accuracy of a strip.", "diagnostic"),
        ("Sensitivity to velotrine grew.", "cohort"),
    ],
)
def test_a_test_that_is_weighed_outweighs_a_cohort(abstract: str, design: str) -> None:
    article = an_article(title="Strips: a prospective study", abstract=abstract)

    assert design_of(reading(article)).design.startswith(design)


def test_human_cells_are_a_bench_and_patients_are_not() -> None:
    text = "Protein binding of the mutant enzyme was higher."
    cells = (
        MeshHeading("D006801", "Humans"),
        MeshHeading("D002478", "Cells, Cultured"),
    )

    bench = an_article(title="Velotrine", abstract=text, mesh=cells)
    people = an_article(title="Velotrine", abstract=text, mesh=cells[:1])

    assert design_of(reading(bench)).design == "bench"
    assert design_of(reading(people)).design == "unclear"


def test_a_title_outweighs_a_type() -> None:
    article = an_article(
        title="Velotrine for gout: study protocol",
        publication_types=(PublicationType("D016449", "Randomized Controlled Trial"),),
    )

    assert design_of(reading(article)).design == "protocol"


def test_a_research_letter_is_what_it_reports() -> None:
    letter = PublicationType("D016422", "Letter")
    trial = PublicationType("D016449", "Randomized Controlled Trial")
    article = an_article(title="Gout", abstract=None, publication_types=(letter, trial))

    assert design_of(reading(article)).design == "rct"


def test_headings_tell_a_design_and_animals() -> None:
    cohort = an_article(mesh=(MeshHeading("D015331", "Cohort Studies"),))
    animals = an_article(mesh=(MeshHeading("D000818", "Animals"),))
    both = (MeshHeading("D000818", "Animals"), MeshHeading("D006801", "Humans"))

    assert design_of(reading(cohort)).design == "cohort"
    assert design_of(reading(animals)).design == "animal"
    assert design_of(reading(an_article(mesh=both))).design == "unclear"


def test_the_cochrane_database_holds_reviews_and_their_protocols() -> None:
    journal = Journal(title="Cochrane Database Syst Rev", nlm_id="100909747")
    review = an_article(title="Splints for gout", journal=journal)
    plan = an_article(
        title="Splints for gout",
        journal=journal,
        abstract="This is a protocol for a Cochrane Review.",
    )

    assert design_of(reading(review)).design == "systematic-review"
    assert design_of(reading(plan)).design == "protocol"


def test_a_finding_names_the_words_and_where_they_stand() -> None:
    finding = design_of(reading(an_article(title="Gout: A CASE REPORT.")))

    assert (finding.source, finding.words) == ("title", "case report")
