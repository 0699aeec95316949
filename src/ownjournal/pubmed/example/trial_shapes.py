"""Invented trials of other shapes: cluster, crossover, pilot, uncontrolled;
protocols and secondary analyses."""

from ownjournal.pubmed.example import other_phrases as other
from ownjournal.pubmed.example import trial_phrases as say
from ownjournal.pubmed.example.draft import Draft
from ownjournal.pubmed.example.names import EXPOSURES
from ownjournal.pubmed.example.numbers import (
    Estimate,
    count,
    difference_text,
    p_text,
    two_sided_p,
)
from ownjournal.pubmed.example.scene import Scene, capital
from ownjournal.pubmed.example.trials import (
    blinding_headings,
    compare_events,
    parallel_trial,
    registration,
    results,
    tell_arms,
    tell_event,
    tell_measure,
    true_effect,
)


def _qualifiers(scene: Scene) -> tuple[str, ...]:
    return ("drug therapy",) if scene.drugs else ("therapy",)


def protocol(scene: Scene) -> Draft:
    """A trial that has no results yet."""
    tell_arms(scene, scene.draw.whole(12, 260) * 10)
    (tell_event if scene.draw.chance(0.5) else tell_measure)(scene)
    scene.tell(reduction=str(scene.draw.whole(3, 7) * 5))
    number = registration(scene)
    return Draft(
        title=scene.say(other.PROTOCOL_TITLES),
        pieces={
            "background": scene.say(say.BACKGROUND),
            "aim": scene.say(say.AIM),
            "people": scene.say(other.PROTOCOL_PEOPLE),
            "action": scene.say(other.PROTOCOL_ACTION),
            "outcome": scene.say(other.PROTOCOL_OUTCOME),
            "conclusion": scene.say(other.PROTOCOL_END),
            "registration": f"{number}.",
        },
        layout="protocol",
        types=("Clinical Trial Protocol",),
        headings=("humans", "trials as topic"),
        qualifiers=_qualifiers(scene),
        registration=number,
        drugs=scene.drugs,
    )


def cluster_trial(scene: Scene) -> Draft:
    """Sites are randomised; intervals allow for that by a wider error."""
    if scene.blinded:
        scene.tell(control="usual care")
    people = scene.draw.whole(900, 7000)
    first, second = tell_arms(scene, people)
    tell_event(scene)
    scene.tell(clusters=str(scene.draw.whole(8, 40) * 2))
    found = compare_events(scene, first, second, true_effect(scene))
    verdict = found.verdict(1.0, wanted="lower")
    return Draft(
        title=scene.say(other.CLUSTER_TITLES),
        pieces={
            "background": scene.say(say.BACKGROUND),
            "aim": scene.say(say.AIM),
            "design": scene.say(other.CLUSTER_DESIGN),
            "action": scene.say(other.CLUSTER_ACTION),
            "outcome": scene.say(say.OUTCOME),
            "result": results(scene),
            "conclusion": scene.say(say.CONCLUSION[verdict]),
        },
        layout="trial",
        types=("Randomized Controlled Trial", "Pragmatic Clinical Trial"),
        headings=("humans", "outcome", "delivery of care"),
        qualifiers=_qualifiers(scene),
        registration=registration(scene),
        drugs=scene.drugs,
    )


def _pair_up(scene: Scene, people: int) -> str:
    """Tell means of both periods and their paired difference."""
    draw, condition, digits = scene.draw, scene.condition, scene.digits
    way = 1 if condition.better == "higher" else -1
    shift = way * (1.0 - true_effect(scene)) * condition.sd
    means = [
        round(condition.mean + move + draw.normal() * condition.sd * 0.1, digits)
        for move in (shift, 0.0)
    ]
    error = 0.7 * condition.sd / people**0.5
    point = means[0] - means[1]
    found = Estimate(
        round(point, digits) + 0.0,
        round(point - 1.96 * error, digits) + 0.0,
        round(point + 1.96 * error, digits) + 0.0,
        two_sided_p(point / error),
    )
    unit = condition.unit if condition.unit == "%" else f" {condition.unit}"
    scene.tell(
        m1=f"{means[0]:.{digits}f}{unit}",
        m2=f"{means[1]:.{digits}f}{unit}",
        difference=difference_text(
            found, " percentage points" if unit == "%" else unit, digits
        ),
        p=p_text(found.p),
    )
    return found.verdict(0.0, wanted=condition.better)


def crossover_trial(scene: Scene) -> Draft:
    """Each participant has both treatments, in random order."""
    if scene.acute:  # no second period in an illness that passes
        return pilot_trial(scene)
    people = scene.draw.whole(18, 96)
    scene.tell(duration="four weeks", at_time=" at four weeks")
    tell_arms(scene, people)
    tell_measure(scene)
    verdict = _pair_up(scene, people)
    return Draft(
        title=scene.say(other.CROSSOVER_TITLES),
        pieces={
            "background": scene.say(say.BACKGROUND),
            "aim": scene.say(say.AIM),
            "design": scene.say(other.CROSSOVER_DESIGN),
            "outcome": scene.say(say.OUTCOME),
            "result": scene.say(other.CROSSOVER_RESULT),
            "conclusion": scene.say(say.CONCLUSION[verdict]),
        },
        layout="trial",
        types=("Randomized Controlled Trial",),
        headings=("humans", "crossover", *blinding_headings(scene)),
        qualifiers=_qualifiers(scene),
        registration=registration(scene),
        drugs=scene.drugs,
    )


def pilot_trial(scene: Scene) -> Draft:
    """Too small for outcomes; asks whether a trial can be done."""
    people = scene.draw.whole(24, 110)
    eligible = round(people * scene.draw.between(1.2, 2.6))
    first, second = tell_arms(scene, people)
    tell_event(scene)
    compare_events(scene, first, second, 1.0)
    scene.tell(eligible=count(eligible), rate=f"{100 * people / eligible:.1f}%")
    return Draft(
        title=scene.say(other.PILOT_TITLES),
        pieces={
            "background": scene.say(say.BACKGROUND),
            "aim": scene.say(other.PILOT_AIM),
            "design": scene.say(say.DESIGN),
            "action": scene.say(say.ACTION),
            "result": scene.say(other.PILOT_RESULT),
            "conclusion": scene.say(other.PILOT_CONCLUSION),
        },
        layout="trial",
        types=("Randomized Controlled Trial",),
        headings=("humans", "pilot", "feasibility"),
        qualifiers=_qualifiers(scene),
        registration=registration(scene),
        drugs=scene.drugs,
    )


def secondary_analysis(scene: Scene) -> Draft:
    """A trial looked at again by a trait at its start."""
    draft = parallel_trial(scene)
    exposure = scene.draw.pick(EXPOSURES[:3])
    scene.tell(exposure=exposure.phrase, Exposure=capital(exposure.phrase))
    scene.tell(interaction=f"{scene.draw.between(0.11, 0.94):.2f}")
    people = scene.people or scene.draw.whole(700, 4200)
    first, second = tell_arms(scene, people)
    compare_events(scene, first, second, true_effect(scene))
    draft.title = scene.say(other.SECONDARY_TITLES)
    draft.pieces = {
        "background": scene.say(say.BACKGROUND),
        "aim": scene.say(other.SECONDARY_AIM),
        "design": scene.say(other.SECONDARY_DESIGN),
        "result": scene.say(other.SECONDARY_RESULT),
        "conclusion": scene.say(other.SECONDARY_CONCLUSION),
    }
    draft.types = ("Randomized Controlled Trial",) if scene.draw.chance(0.4) else ()
    return draft


def uncontrolled_trial(scene: Scene) -> Draft:
    """Two groups that chance did not make."""
    draw = scene.draw
    if scene.blinded:
        scene.tell(control="standard treatment")
    titles, design = draw.pick(
        (
            (other.BEFORE_TITLES, other.BEFORE_DESIGN),
            (other.CHOSEN_TITLES, other.CHOSEN_DESIGN),
        )
    )
    first, second = tell_arms(scene, draw.whole(70, 640))
    tell_event(scene)
    found = compare_events(scene, first, second, true_effect(scene))
    verdict = found.verdict(1.0, wanted="lower")
    return Draft(
        title=scene.say(titles),
        pieces={
            "background": scene.say(say.BACKGROUND),
            "design": scene.say(design),
            "outcome": scene.say(say.OUTCOME_ONLY),
            "result": scene.say(other.UNCONTROLLED_RESULT),
            "conclusion": scene.say(other.UNCONTROLLED_CONCLUSION[verdict]),
        },
        layout="trial",
        types=("Controlled Clinical Trial",)
        if draw.chance(0.5)
        else ("Clinical Trial",),
        headings=("humans", "outcome"),
        qualifiers=_qualifiers(scene),
        registration=registration(scene) if draw.chance(0.4) else None,
        drugs=scene.drugs,
    )
