"""One invented article, whole: imprint, words and indexing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ownjournal.pubmed.article import Markup, Section
from ownjournal.pubmed.example import observations, others, syntheses, trial_shapes
from ownjournal.pubmed.example import other_phrases as say
from ownjournal.pubmed.example.draft import Draft
from ownjournal.pubmed.example.draw import Draw
from ownjournal.pubmed.example.imprint import Imprint, cite, imprint_of
from ownjournal.pubmed.example.indexing import (
    Indexed,
    headings,
    publication_types,
    status,
)
from ownjournal.pubmed.example.layouts import sections
from ownjournal.pubmed.example.names import FUNDERS
from ownjournal.pubmed.example.plan import PREPRINT, Corpus, trial_of
from ownjournal.pubmed.example.scene import Scene
from ownjournal.pubmed.example.trials import parallel_trial

WRITERS: dict[str, Callable[[Scene], Draft]] = {
    "meta-analysis": syntheses.meta_analysis,
    "systematic review": syntheses.systematic_review,
    "guideline": syntheses.guideline,
    "trial": parallel_trial,
    "cluster trial": trial_shapes.cluster_trial,
    "crossover trial": trial_shapes.crossover_trial,
    "pilot trial": trial_shapes.pilot_trial,
    "trial protocol": trial_shapes.protocol,
    "secondary analysis": trial_shapes.secondary_analysis,
    "uncontrolled trial": trial_shapes.uncontrolled_trial,
    "prospective cohort": observations.prospective_cohort,
    "retrospective cohort": observations.retrospective_cohort,
    "case-control": observations.case_control,
    "cross-sectional": observations.cross_sectional,
    "accuracy": observations.accuracy,
    "qualitative": others.qualitative,
    "economic": others.economic,
    "case report": others.case_report,
    "case series": others.case_series,
    "review": syntheses.narrative_review,
    "editorial": others.editorial,
    "letter": others.letter,
    "animal": others.animal,
    "bench": others.bench,
}
_NOTICES = {
    "comment": ("Re: ", ("Letter", "Comment")),
    "erratum": ("Correction: ", ("Published Erratum",)),
    "retraction": ("Retraction: ", ("Retraction Notice",)),
    "concern": ("Expression of concern: ", ("Expression of Concern",)),
}
# What NLM adds to a record only when the notice has come.
_LATE = frozenset(("RetractionIn", "ExpressionOfConcernIn"))
_REPORTS_RESEARCH = frozenset(
    name for name in WRITERS if name not in ("editorial", "letter", "review")
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One entry of CommentsCorrectionsList."""

    kind: str
    source: str
    pmid: int


@dataclass(frozen=True, slots=True)
class Indexing:
    """NLM's part of a record."""

    status: str
    mesh: list[Indexed]
    drugs: tuple[str, ...]
    completed_on: date | None
    revised_on: date


@dataclass(slots=True)
class Invented:
    """Everything that the record of one article says."""

    imprint: Imprint
    title: Markup
    sections: tuple[Section, ...]  # () for no abstract
    types: tuple[str, ...]
    keywords: list[str]
    registration: str | None
    funder: str | None
    relations: list[Relation]
    plain: str | None
    language: str
    vernacular: str | None
    group: str | None  # a collective author
    history: tuple[tuple[str, date], ...]
    indexing: Indexing
    references: tuple[Imprint, ...]  # earlier articles of the corpus
    version: int = 1


def draft_of(corpus: Corpus, number: int) -> Draft:
    """The words of an article."""
    imprint, draw = imprint_of(corpus, number)
    return _write(corpus, imprint, _scene(corpus, imprint, draw))


def _scene(corpus: Corpus, imprint: Imprint, draw: Draw) -> Scene:
    """What the article is about; of another report of a trial, what that is about."""
    scene = Scene(draw, imprint.condition, imprint.entered)
    trial = trial_of(corpus, imprint.number)
    if trial is not None:
        theirs, chances = imprint_of(corpus, trial)
        study = Scene(chances, theirs.condition, theirs.entered)
        scene.be_of(study)
        scene.registration = _write(corpus, theirs, study).registration
        scene.people = int(study.words["n"].replace(",", ""))
    if imprint.design == "trial protocol" and trial is not None:
        scene.tell(end=scene.words["start"])  # when it began to recruit
    return scene


def _write(corpus: Corpus, imprint: Imprint, scene: Scene) -> Draft:
    if imprint.design == PREPRINT:
        final = draft_of(corpus, imprint.links[0].partner)
        return replace(final, types=("Preprint",), headings=(), drugs=())
    if imprint.design not in _NOTICES:
        return WRITERS[imprint.design](scene)
    opening, types = _NOTICES[imprint.design]
    original = draft_of(corpus, imprint.links[0].partner)
    return Draft(
        title=Markup(opening + original.title),
        pieces=None,
        layout="prose",
        types=types,
        headings=("humans",),
        drugs=original.drugs,
    )


def article_of(corpus: Corpus, number: int, *, revised: bool = False) -> Invented:
    """Article `number`; `revised` as NLM sends it again when its notices have
    come and its indexing is complete."""
    imprint, draw = imprint_of(corpus, number)
    scene = _scene(corpus, imprint, draw)
    draft = _write(corpus, imprint, scene)
    supported = imprint.design in _REPORTS_RESEARCH and draw.chance(0.35)
    funder = draw.pick(FUNDERS) if supported else None
    _add_small_pieces(draft, scene, funder)
    links = [each for each in imprint.links if revised or each.kind not in _LATE]
    types = publication_types(draft, supported)
    if any(each.kind == "RetractionIn" for each in links):
        types = (*types, "Retracted Publication")
    language, vernacular = _other_language(draw, draft)
    return Invented(
        imprint=imprint,
        title=Markup(f"[{draft.title}]") if vernacular else draft.title,
        sections=sections(draw, draft.layout, draft.pieces) if draft.pieces else (),
        types=types,
        keywords=_keywords(draw, draft, scene) if draft.pieces else [],
        registration=draft.registration,
        funder=funder,
        relations=[_relation(corpus, each.kind, each.partner) for each in links],
        plain=draft.plain,
        language=language,
        vernacular=vernacular,
        group=_group(draw, draft, scene),
        history=_history(draw, imprint.entered),
        indexing=_index(corpus, imprint, draft, scene, revised),
        references=_references(corpus, number, draw),
    )


def _index(
    corpus: Corpus, imprint: Imprint, draft: Draft, scene: Scene, revised: bool
) -> Indexing:
    """What NLM has added by now; headings and substances only when it is done."""
    draw, entered = scene.draw, imprint.entered.date()
    found = status(draw, (corpus.today - entered).days)
    if imprint.design == PREPRINT:
        found, revised = "PubMed-not-MEDLINE", False
    done = min(entered + timedelta(days=draw.whole(0, 12)), corpus.today)
    late = min(done + timedelta(days=draw.whole(0, 9)), corpus.today)
    late = corpus.today if revised else late
    if found != "MEDLINE" and not revised:
        return Indexing(found, [], (), None, late)
    mesh = headings(draw, draft, imprint.condition, scene.heading)
    return Indexing("MEDLINE", mesh, draft.drugs, done, late)


def _references(corpus: Corpus, number: int, draw: Draw) -> tuple[Imprint, ...]:
    """A few works cited by one article in sixteen; NLM does not know the others'."""
    if number < 40 or not draw.chance(0.06):
        return ()
    cited = {draw.whole(0, number - 1) for _ in range(draw.whole(2, 5))}
    return tuple(imprint_of(corpus, each)[0] for each in sorted(cited))


def _history(draw: Draw, entered: datetime) -> tuple[tuple[str, date], ...]:
    """What the journal did before the record came to PubMed; often unsaid."""
    if draw.chance(0.2):
        return ()
    accepted = entered.toordinal() - draw.whole(8, 40)
    return tuple(
        (name, date.fromordinal(accepted - days))
        for name, days in (
            ("received", draw.whole(40, 200)),
            ("revised", draw.whole(5, 30)),
            ("accepted", 0),
        )
    )


def _relation(corpus: Corpus, kind: str, partner: int) -> Relation:
    imprint, _ = imprint_of(corpus, partner)
    return Relation(kind, cite(imprint), imprint.pmid)


def _add_small_pieces(draft: Draft, scene: Scene, funder: str | None) -> None:
    if draft.pieces is None:
        return
    if draft.registration and "registration" not in draft.pieces:
        register = "ISRCTN registry"
        if draft.registration.startswith("NCT"):
            register = "ClinicalTrials.gov"
        draft.pieces["registration"] = f"{register}, {draft.registration}."
    if funder:
        draft.pieces["funding"] = f"{funder}."
    if "outcome" in draft.headings and "n" in scene.words and scene.draw.chance(0.12):
        draft.plain = scene.say(say.PLAIN)


def _keywords(draw: Draw, draft: Draft, scene: Scene) -> list[str]:
    if draw.chance(0.35):
        return []
    words = [scene.condition.phrase, *draft.drugs]
    if scene.heading and not draft.drugs and draft.layout == "trial":
        words.append(scene.words["drug"].removeprefix("the "))
    return words + draw.some(_METHOD_WORDS[draft.layout], draw.whole(1, 3))


_METHOD_WORDS = {
    "trial": (
        "randomised trial",
        "treatment",
        "effectiveness",
        "patient-reported outcomes",
        "adverse events",
        "clinical trial",
    ),
    "protocol": ("protocol", "randomised trial", "feasibility", "trial design"),
    "observation": (
        "health services",
        "patient experience",
        "real-world data",
        "outcomes research",
        "prognosis",
        "public health",
        "clinical practice",
    ),
    "synthesis": (
        "systematic review",
        "evidence synthesis",
        "GRADE",
        "effectiveness",
        "safety",
    ),
    "guideline": ("guideline", "recommendations", "consensus", "quality of care"),
    "case": ("case report", "diagnosis", "adverse reaction", "rare presentation"),
    "prose": ("mechanisms", "clinical practice", "therapy", "pathophysiology"),
}
_VERNACULAR = (
    ("ger", "{Drug} im klinischen Alltag."),
    ("fre", "Évaluation de {Drug} en pratique hospitalière."),
    ("spa", "Uso de {Drug} en la práctica clínica."),
)


def _other_language(draw: Draw, draft: Draft) -> tuple[str, str | None]:
    if not draft.drugs or not draw.chance(0.02):
        return "eng", None
    language, title = draw.pick(_VERNACULAR)
    return language, title.format(Drug=draft.drugs[0].capitalize())


def _group(draw: Draw, draft: Draft, scene: Scene) -> str | None:
    if draft.layout not in ("trial", "guideline") or not draw.chance(0.18):
        return None
    if draft.layout == "guideline":
        return f"{scene.words['society']} Guideline Panel"
    return f"{scene.words['name']} Investigators"
