"""Invented systematic reviews, meta-analyses, guidelines, narrative reviews."""

from ownjournal.pubmed.example import synthesis_phrases as say
from ownjournal.pubmed.example.draft import Draft
from ownjournal.pubmed.example.numbers import count, of, ratio_text, risk_ratio
from ownjournal.pubmed.example.scene import Scene, capital
from ownjournal.pubmed.example.trial_phrases import BACKGROUND

_MARKERS = ("serum oblinate", "plasma veltrin", "urinary cassomer")


def _pool(scene: Scene) -> str:
    """Tell pooled events over several trials; returns the verdict."""
    draw, risk = scene.draw, scene.condition.risk
    trials = draw.whole(4, 31)
    people = trials * draw.whole(90, 620)
    first = people // 2 + draw.whole(-trials, trials)
    effect = draw.pick((1.0, 1.0, 1.0, 0.72, 0.8, 0.88, 1.2))
    events = draw.events(first, min(0.9, risk * effect))
    events_2 = draw.events(people - first, risk)
    ratio = risk_ratio(max(1, events), first, max(1, events_2), people - first)
    certainty = draw.pick(("high", "moderate", "moderate", "low"))
    scene.tell(
        trials=str(trials),
        n=count(people),
        records=count(draw.whole(700, 9000)),
        of1=of(max(1, events), first),
        of2=of(max(1, events_2), people - first),
        ratio=ratio_text(ratio),
        i2=str(draw.whole(0, 68)),
        certainty=certainty,
        Certainty=capital(certainty),
        reported=str(draw.whole(2, trials)),
        High=capital(_WORDS[draw.whole(2, min(9, trials))]),
    )
    return ratio.verdict(1.0, wanted="lower")


_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def meta_analysis(scene: Scene) -> Draft:
    """Several trials and the risk ratio of their summed counts."""
    verdict = _pool(scene)
    result: list[str] = [scene.say(say.POOLED)]
    result.extend(
        each.format_map(scene.words)
        for each in scene.draw.some(say.POOLED_EXTRA, scene.draw.whole(1, 2))
    )
    return Draft(
        title=scene.say(say.META_TITLES),
        pieces={
            "background": scene.say(BACKGROUND),
            "aim": scene.say(say.AIM),
            "design": scene.say(say.SOURCES),
            "people": scene.say(say.SELECTION),
            "action": scene.say(say.EXTRACTION),
            "outcome": scene.say(say.POOLING),
            "result": " ".join(result),
            "conclusion": scene.say(say.POOLED_CONCLUSION[verdict]),
        },
        layout="synthesis",
        types=("Systematic Review", "Meta-Analysis"),
        headings=("humans", "trials as topic", "outcome"),
        qualifiers=("drug therapy",) if scene.drugs else ("therapy",),
        drugs=scene.drugs,
    )


def systematic_review(scene: Scene) -> Draft:
    """Several studies, counted but not pooled."""
    draw = scene.draw
    studies = draw.whole(6, 28)
    positive = draw.whole(2, studies - 2)
    scene.tell(
        trials=str(studies),
        n=count(studies * draw.whole(40, 400)),
        records=count(draw.whole(400, 6000)),
        high=str(draw.whole(2, studies - 1)),
        positive=_WORDS[positive].capitalize() if positive < 10 else str(positive),
    )
    return Draft(
        title=scene.say(say.REVIEW_TITLES),
        pieces={
            "background": scene.say(BACKGROUND),
            "aim": scene.say(say.AIM),
            "design": scene.say(say.SOURCES),
            "people": scene.say(say.SELECTION_ANY),
            "action": scene.say(say.EXTRACTION),
            "outcome": scene.say(say.NARRATIVE),
            "result": scene.say(say.REVIEWED),
            "conclusion": scene.say(say.REVIEW_CONCLUSION),
        },
        layout="synthesis",
        types=("Systematic Review",),
        headings=("humans", "outcome"),
        qualifiers=("drug therapy",) if scene.drugs else ("therapy",),
        drugs=scene.drugs,
    )


def guideline(scene: Scene) -> Draft:
    """A society's recommendations, strong and conditional."""
    draw = scene.draw
    specialty = scene.condition.specialty.title().replace("And", "and")
    recommendations = draw.whole(9, 34)
    scene.tell(
        society=f"Society of {specialty} of {scene.words['country']}",
        year=scene.words["end_year"],
        panel=str(draw.whole(12, 28)),
        lay=_WORDS[draw.whole(2, 5)],
        all=str(recommendations),
        strong=str(draw.whole(3, recommendations - 3)),
    )
    return Draft(
        title=scene.say(say.GUIDELINE_TITLES),
        pieces={
            "aim": scene.say(say.GUIDELINE_AIM),
            "design": scene.say(say.GUIDELINE_METHOD),
            "result": scene.say(say.GUIDELINE_RESULT),
            "conclusion": scene.say(say.GUIDELINE_CONCLUSION),
        },
        layout="guideline",
        types=("Practice Guideline",),
        headings=("humans", "guidelines as topic"),
        qualifiers=("diagnosis", "therapy"),
        drugs=scene.drugs,
    )


def narrative_review(scene: Scene) -> Draft:
    """An overview by experts, without methods."""
    draw = scene.draw
    scene.tell(marker=draw.pick(_MARKERS))
    body = draw.some(say.OVERVIEW_BODY, draw.whole(2, 3))
    prose = [
        scene.say(say.OVERVIEW),
        *(each.format_map(scene.words) for each in body),
        scene.say(say.OVERVIEW_END),
    ]
    return Draft(
        title=scene.say(say.NARRATIVE_TITLES),
        pieces={"prose": " ".join(prose)},
        layout="prose",
        types=("Review",),
        headings=("humans",),
        qualifiers=("therapy",),
        drugs=scene.drugs,
    )
