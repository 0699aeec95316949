"""Filters by name, as PubMed has them: [filter] or [sb].

A name stands for a fact that the index keeps of each article (`FACTS`), or for
a query in the language of `parser`, which `explosion` puts in its place. Names
are compared without spaces and signs: "Therapy/Broad", "therapy broad".

Sources: PubMed User Guide, https://pubmed.ncbi.nlm.nih.gov/help/ (filters,
clinical study categories by R. B. Haynes and others, systematic reviews).
"""

import re
from difflib import get_close_matches
from itertools import chain

_SIGNS = re.compile(r"[\W_]+")


def squashed(name: str) -> str:
    """A name as it is compared: letters and digits in small letters."""
    return _SIGNS.sub("", name).lower()


LINKS = {
    "AssociatedDataset": "hasassociateddataset",
    "AssociatedPublication": "hasassociatedpublication",
    "CommentIn": "hascommentin",
    "CommentOn": "hascommenton",
    "CorrectedandRepublishedFrom": "hascorrectedrepublishedfrom",
    "CorrectedandRepublishedIn": "hascorrectedrepublishedin",
    "ErratumFor": "haserratumfor",
    "ErratumIn": "haserratumin",
    "ExpressionOfConcernFor": "hasexpressionofconcernfor",
    "ExpressionOfConcernIn": "hasexpressionofconcernin",
    "OriginalReportIn": "hasoriginalreportin",
    "PartialRetractionIn": "haspartialretractionin",
    "PartialRetractionOf": "haspartialretractionof",
    "ReprintIn": "hasrepublishedin",
    "ReprintOf": "hasrepublishedfrom",
    "RepublishedFrom": "hasrepublishedfrom",
    "RepublishedIn": "hasrepublishedin",
    "RetractedandRepublishedFrom": "hasretractedandrepublishedfrom",
    "RetractedandRepublishedIn": "hasretractedandrepublishedin",
    "RetractionIn": "hasretractionin",
    "RetractionOf": "hasretractionof",
    "SummaryForPatientsIn": "hassummaryforpatientsin",
    "UpdateIn": "hasupdatein",
    "UpdateOf": "hasupdateof",
}
"""The command that finds the articles with a link of a kind, by RefType."""

_KEPT = """
hascois hasdatabanklist haskeyword hasnihmsid hasnonenglishabstract
hasstructuredabstract indexingmethodautomated indexingmethodcurated pmcbookchapter
pmcbooktitle
"""
_OWNERS = "nlm nasa pip kie hsr hmd sis notnlm"
_SUBSETS = "aim b c d e f h i im j k m n om p q qis qo r s t x"
FACTS = {
    "hasabstract": "hasabstract",
    "fha": "hasabstract",
    "abstract": "hasabstract",
    "freefulltext": "free_full_text",
    "ffrft": "free_full_text",
    "pubmedpmc": "free_full_text",
    "medline": "medline",
    "inprocess": "inprocess",
    "publisher": "publisher",
    "aheadofprint": "aheadofprint",
    "pubstatusaheadofprint": "aheadofprint",
    "pubmednotmedline": "pubmednotmedline",
    "oldmedline": "oldmedline",
    "booksdocs": "booksdocs",
    "pubmedbooks": "booksdocs",
    "nursingjournals": "jsubsetn",
    "dentaljournals": "jsubsetd",
    "coreclinicaljournals": "jsubsetaim",
    "pmcbook": "booksdocs",
    "haskeywords": "haskeyword",
    **{f"jsubset{each}": f"jsubset{each}" for each in _SUBSETS.split()},
    **{each: each for each in (*_KEPT.split(), *LINKS.values())},
}
"""Names of facts, and the values that documents keep them by."""

_COMMANDS = ("has", "indexingmethod", "jsubset", "pmcbook", "pubstatus")
COMMANDS = {
    **{name: "sb" for name in FACTS if name.startswith(_COMMANDS)},
    **{f"owner{each}": "owner" for each in _OWNERS.split()},
}
"""Words that PubMed takes for more than words where they have no tag, and their field.

Source: PubMed User Guide, "PubMed data field descriptions".
"""

_NO_WORDS = ("indexingmethod", "jsubset", "pubstatus")
"""Beginnings of commands that no word has."""

_SHOWN = ("free full text", "has abstract", "in process", "PubMed not MEDLINE")
ALL = ("all", "pubmed")

UNKNOWN = {
    "fulltext": "Which articles have their text elsewhere is not known here; "
    "free full text[sb] finds those in PubMed Central.",
}
"""What PubMed can tell and we cannot, and what to ask instead."""
for _name in ("fft", "loattrfulltext"):
    UNKNOWN[_name] = UNKNOWN["fulltext"]

_STUDY = {
    "therapy/broad": """
        (clinical[tiab] AND trial[tiab]) OR clinical trials as topic[mh] OR
        clinical trial[pt] OR random*[tiab] OR random allocation[mh] OR
        therapeutic use[sh]""",
    "therapy/narrow": """
        randomized controlled trial[pt] OR
        (randomized[tiab] AND controlled[tiab] AND trial[tiab])""",
    "diagnosis/broad": """
        sensitiv*[tiab] OR sensitivity and specificity[mh] OR diagnose[tiab] OR
        diagnosed[tiab] OR diagnoses[tiab] OR diagnosing[tiab] OR diagnosis[tiab]
        OR diagnostic[tiab] OR diagnosis[mh:noexp] OR
        diagnostic equipment[mh:noexp] OR diagnostic errors[mh:noexp] OR
        diagnostic imaging[mh:noexp] OR diagnostic services[mh:noexp] OR
        diagnosis, differential[mh:noexp] OR diagnosis[sh:noexp]""",
    "diagnosis/narrow": "specificity[tiab]",
    "etiology/broad": """
        risk*[tiab] OR risk*[mh:noexp] OR cohort studies[mh] OR group[tw] OR
        groups[tw] OR grouped[tw]""",
    "etiology/narrow": """
        (relative[tiab] AND risk*[tiab]) OR "relative risk"[tw] OR risks[tw] OR
        cohort studies[mh:noexp] OR (cohort[tiab] AND study[tiab]) OR
        (cohort[tiab] AND studies[tiab])""",
    "prognosis/broad": """
        incidence[mh:noexp] OR mortality[mh] OR follow-up studies[mh:noexp] OR
        prognos*[tw] OR predict*[tw] OR course*[tw]""",
    "prognosis/narrow": """
        prognos*[tiab] OR (first[tiab] AND episode[tiab]) OR cohort[tiab]""",
    "clinical prediction guides/broad": """
        predict*[tiab] OR predictive value of tests[mh] OR score[tiab] OR
        scores[tiab] OR "scoring system"[tiab] OR "scoring systems"[tiab] OR
        observ*[tiab] OR observer variation[mh]""",
    "clinical prediction guides/narrow": "validation[tiab] OR validate[tiab]",
}
_REVIEWS = """
    ((("systematic review"[ti] OR "systematic literature review"[ti] OR
    "systematic scoping review"[ti] OR "systematic narrative review"[ti] OR
    "systematic qualitative review"[ti] OR "systematic evidence review"[ti] OR
    "systematic quantitative review"[ti] OR "systematic meta-review"[ti] OR
    "systematic critical review"[ti] OR "systematic mixed studies review"[ti] OR
    "systematic mapping review"[ti] OR "systematic cochrane review"[ti] OR
    "systematic search and review"[ti] OR "systematic integrative review"[ti])
    NOT comment[pt] NOT (protocol[ti] OR protocols[ti])) NOT medline[sb]) OR
    (cochrane database syst rev[ta] AND review[pt]) OR systematic review[pt]"""
_PEOPLE = {
    "humans": "humans[mh]",
    "human": "humans[mh]",
    "animal": "animals[mh:noexp]",
    "animals": "animals[mh:noexp]",
    "male": "male[mh]",
    "female": "female[mh]",
    "newborn": '"infant, newborn"[mh]',
    "infant": "infant[mh:noexp]",
    "all infant": 'infant[mh] OR "infant, newborn"[mh]',
    "preschool child": '"child, preschool"[mh]',
    "child": "child[mh:noexp]",
    "adolescent": "adolescent[mh]",
    "all child": """
        infant[mh] OR "infant, newborn"[mh] OR child[mh] OR "child, preschool"[mh]
        OR adolescent[mh]""",
    "young adult": '"young adult"[mh]',
    "adult": "adult[mh:noexp]",
    "middle aged": '"middle aged"[mh]',
    "aged": 'aged[mh] OR "aged, 80 and over"[mh]',
    "80 and over": '"aged, 80 and over"[mh]',
    "middle aged aged": '"middle aged"[mh] OR aged[mh] OR "aged, 80 and over"[mh]',
    "all adult": """
        adult[mh] OR "young adult"[mh] OR "middle aged"[mh] OR aged[mh] OR
        "aged, 80 and over"[mh]""",
}
_OTHERS = {
    "systematic review": _REVIEWS,
    "systematic reviews": _REVIEWS,
    "systematic": _REVIEWS,
    "exclude preprints": "all[sb] NOT preprint[pt]",
    "y_1": '"last 1 year"[dp]',
    "y_5": '"last 5 years"[dp]',
    "y_10": '"last 10 years"[dp]',
}
_TYPES = """
adaptive clinical trial, address, autobiography, bibliography, biography, case
reports, classical article, clinical conference, clinical study, clinical trial,
clinical trial protocol, clinical trial phase i, clinical trial phase ii, clinical
trial phase iii, clinical trial phase iv, comment, comparative study, congress,
consensus development conference, controlled clinical trial, corrected and
republished article, dataset, dictionary, directory, editorial, equivalence trial,
english abstract, evaluation study, expression of concern, festschrift, guideline,
historical article, interview, introductory journal article, journal article,
lecture, legal case, legislation, letter, meta-analysis, multicenter study, news,
newspaper article, observational study, patient education handout, periodical
index, personal narrative, portrait, practice guideline, pragmatic clinical trial,
preprint, published erratum, randomized controlled trial, retracted publication,
retraction of publication, review, scoping review, technical report, twin study,
validation study, video-audio media, webcast
"""
_LANGUAGES = """
afrikaans albanian arabic armenian azerbaijani bosnian bulgarian catalan chinese
croatian czech danish dutch english esperanto estonian finnish french georgian
german greek hebrew hindi hungarian icelandic indonesian italian japanese korean
latin latvian lithuanian macedonian malay norwegian persian polish portuguese
romanian russian serbian slovak slovenian spanish swedish thai turkish ukrainian
vietnamese welsh
"""


def _spelled(name: str) -> tuple[str, ...]:
    """ "etiology" is "aetiology" in half of the world."""
    return (name, name.replace("etiology", "aetiology"))


QUERIES = (
    {f"{name}": f"{name}[pt]" for name in " ".join(_TYPES.split()).split(", ")}
    | {name: f"{name}[la]" for name in _LANGUAGES.split()}
    | {name: text for key, text in _STUDY.items() for name in _spelled(key)}
    | _PEOPLE
    | _OTHERS
)
"""Queries by the names that readers see."""

_BY_NAME = {squashed(name): " ".join(text.split()) for name, text in QUERIES.items()}
NAMES = frozenset(chain(ALL, FACTS, _BY_NAME))
"""Every filter that there is, as its name is compared."""


def command(word: str) -> tuple[str, str] | None:
    """The value and the field that a word without a tag asks for; None: it is a word.

    "hasretractionin" → ("hasretractionin", "sb"), "ownernasa" → ("nasa", "owner").
    """
    field = COMMANDS.get(squashed(word))
    return None if field is None else (word.lower().removeprefix("owner"), field)


def unanswered(word: str) -> str | None:
    """What to tell of a word that only PubMed takes for a command; None: it is none."""
    name = squashed(word)
    if name in COMMANDS or not name.startswith(_NO_WORDS):
        return None
    return f"{word} is a command of PubMed’s that is not known here: it was left out."


def query_of(name: str) -> str | None:
    """The query that a filter stands for; None for a fact, and for no filter."""
    return _BY_NAME.get(squashed(name))


def misfit(name: str) -> str:
    """What to tell of a filter that is none, or that only PubMed can apply."""
    text = squashed(name)
    if text in UNKNOWN:
        return UNKNOWN[text]
    near = get_close_matches(text, NAMES, n=1)
    shown = {squashed(each): each for each in (*QUERIES, *_SHOWN)}
    hint = f" Did you mean {shown.get(near[0], near[0])}?" if near else ""
    return f"{name} is no filter here: this part was left out.{hint}"
