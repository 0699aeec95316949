"""Invented trials with two parallel arms, and what other trials share with them."""

from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.example import trial_phrases as say
from ownjournal.pubmed.example.draft import Draft
from ownjournal.pubmed.example.numbers import (
    Estimate,
    count,
    difference_text,
    mean_difference,
    of,
    p_text,
    ratio_text,
    risk_ratio,
)
from ownjournal.pubmed.example.scene import Scene

_TIMED = ("day", "year", "month", "hour", "week", "birth", "pre-eclampsia", "infant")


def describe_people(scene: Scene, people: int) -> str:
    """Mean age and sex, as "mean age 64.2 years; 412 women [48.2%]"."""
    draw, condition = scene.draw, scene.condition
    if condition.age < 0.2:
        text = f"mean gestational age {draw.between(26.5, 29.5):.1f} weeks"
    elif condition.age < 1:
        text = f"median age {draw.between(4.0, 7.9):.1f} months"
    else:
        text = f"mean age {condition.age * draw.between(0.93, 1.07):.1f} years"
    if condition.sex != "both":
        return text
    women = round(people * draw.between(0.36, 0.62))
    noun = "women" if condition.age >= 18 else "girls"
    return f"{text}; {women:,} {noun} [{100 * women / people:.1f}%]"


def true_effect(scene: Scene) -> float:
    """The true risk ratio; as often none as one to speak of."""
    draw = scene.draw
    benefit = draw.between(0.6, 0.88)
    return draw.pick((1.0, 1.0, 1.0, benefit, benefit, benefit, 1.2))


def split(scene: Scene, people: int) -> tuple[int, int]:
    """Two arms of nearly the same size."""
    first = people // 2 + scene.draw.whole(-people // 100, people // 100)
    return first, people - first


def compare_events(scene: Scene, first: int, second: int, effect: float) -> Estimate:
    """Draw events in both arms, tell them, and estimate the risk ratio."""
    draw, risk = scene.draw, scene.condition.risk
    events = max(1, min(first - 1, draw.events(first, min(0.95, risk * effect))))
    events_2 = max(1, min(second - 1, draw.events(second, risk)))
    ratio = risk_ratio(events, first, events_2, second)
    scene.tell(
        of1=of(events, first),
        of2=of(events_2, second),
        ratio=ratio_text(ratio),
        p=p_text(ratio.p),
    )
    return ratio


def compare_means(scene: Scene, first: int, second: int, effect: float) -> Estimate:
    """Draw the measure in both arms, tell it, and estimate the difference."""
    draw, condition, digits = scene.draw, scene.condition, scene.digits
    way = 1 if condition.better == "higher" else -1
    sds = [round(condition.sd * draw.between(0.92, 1.08), digits) for _ in "12"]
    start = condition.mean + way * 0.3 * condition.sd
    means = [
        round(start + (move + draw.normal() / size**0.5) * condition.sd, digits)
        for move, size in ((way * (1.0 - effect), first), (0.0, second))
    ]
    found = mean_difference(means[0], sds[0], first, means[1], sds[1], second, digits)
    unit = condition.unit if condition.unit == "%" else f" {condition.unit}"
    scene.tell(
        m1=f"{means[0]:.{digits}f}{unit}",
        m2=f"{means[1]:.{digits}f}{unit}",
        sd1=f"{sds[0]:.{digits}f}",
        sd2=f"{sds[1]:.{digits}f}",
        difference=difference_text(
            found, " percentage points" if unit == "%" else unit, digits
        ),
        p=p_text(found.p),
    )
    return found


def tell_event(scene: Scene) -> None:
    """The primary outcome is the condition's event."""
    event = scene.condition.event
    timed = any(each in event for each in _TIMED)
    scene.tell(
        outcome=event,
        outcome_time="" if timed else f" within {scene.words['follow']}",
        goal=f"the risk of {event}",
        improve="reduce",
        improved="reduced",
        worse="higher",
    )


def tell_measure(scene: Scene) -> None:
    """The primary outcome is the condition's measure."""
    measure = scene.words["measure"]
    scene.tell(
        outcome=measure,
        outcome_time=scene.words["at_time"],
        goal=measure,
        improve="improve",
        improved="improved",
        worse="worse",
    )


def tell_arms(scene: Scene, people: int) -> tuple[int, int]:
    """Tell who took part and in which arm; return the arms' sizes."""
    draw = scene.draw
    first, second = split(scene, people)
    blinding = "double-blind"
    if not scene.blinded:
        blinding = draw.pick(("open-label", "assessor-blinded"))
    scene.tell(
        n=count(people),
        n1=count(first),
        n2=count(second),
        screened=count(round(people * draw.between(1.3, 3.2))),
        completed=of(round(people * draw.between(0.88, 0.985)), people),
        described=describe_people(scene, people),
        exclusion=draw.pick(say.EXCLUSIONS),
        blinding=blinding,
        phase=draw.pick(("randomised, phase 3", "randomised, multicentre")),
        a_blinding=f"{'a' if scene.blinded else 'an'} {blinding}",
        harm1=of(draw.events(first, 0.07), first),
        harm2=of(draw.events(second, 0.07), second),
    )
    return first, second


def compare(scene: Scene, people: int) -> str:
    """Tell arms, events or means, and harms; return the verdict."""
    first, second = tell_arms(scene, people)
    if scene.draw.chance(0.55):
        tell_event(scene)
        found = compare_events(scene, first, second, true_effect(scene))
        return found.verdict(1.0, wanted="lower")
    tell_measure(scene)
    found = compare_means(scene, first, second, true_effect(scene))
    return found.verdict(0.0, wanted=scene.condition.better)


def registration(scene: Scene) -> str:
    """A trial number that no register has given out."""
    if scene.registration is not None:
        return scene.registration
    number = scene.draw.whole(0, 999_999)
    register = "NCT99" if scene.draw.chance(0.85) else "ISRCTN99"
    return f"{register}{number:06d}"


def results(scene: Scene) -> Markup:
    """Flow, primary result and what else there was; needs `compare` first."""
    draw = scene.draw
    primary = say.EVENTS if "of1" in scene.words else say.MEANS
    extra = [each.format_map(scene.words) for each in draw.some(say.EXTRA, 2)]
    told = (scene.say(say.FLOW), scene.say(primary), *extra[: draw.whole(1, 2)])
    return Markup(" ".join(told))


def blinding_headings(scene: Scene) -> tuple[str, ...]:
    """The MeSH headings of the trial's blinding."""
    blinding = scene.words["blinding"]
    if blinding == "double-blind":
        return ("double-blind",)
    return ("single-blind",) if blinding == "assessor-blinded" else ()


def parallel_trial(scene: Scene) -> Draft:
    """Two arms, large enough to find a moderate effect."""
    often = scene.condition.risk > 0.25
    size = scene.draw.whole(260, 1100) if often else scene.draw.whole(700, 5200)
    verdict = compare(scene, size)
    return Draft(
        title=scene.say(say.TITLES),
        pieces={
            "background": scene.say(say.BACKGROUND),
            "aim": scene.say(say.AIM),
            "design": scene.say(say.DESIGN),
            "people": scene.say(say.PEOPLE),
            "action": scene.say(say.ACTION),
            "outcome": scene.say(say.OUTCOME),
            "result": results(scene),
            "conclusion": scene.say(say.CONCLUSION[verdict]),
        },
        layout="trial",
        types=("Randomized Controlled Trial", "Multicenter Study"),
        headings=("humans", "outcome", *blinding_headings(scene)),
        qualifiers=("drug therapy",) if scene.drugs else ("therapy",),
        registration=registration(scene),
        drugs=scene.drugs,
    )
