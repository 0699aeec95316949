"""Invented observational studies: cohorts, case-control, surveys, accuracy."""

from ownjournal.pubmed.example import observation_phrases as say
from ownjournal.pubmed.example.draft import Draft
from ownjournal.pubmed.example.names import (
    EXPOSURES,
    EXPOSURES_OF_CHILDREN,
    INDEX_TESTS,
)
from ownjournal.pubmed.example.numbers import (
    Estimate,
    accuracy_text,
    count,
    odds_ratio,
    of,
    p_text,
    percent_text,
    proportion,
    rate_ratio,
    ratio_text,
    risk_ratio,
)
from ownjournal.pubmed.example.scene import Scene, capital
from ownjournal.pubmed.example.trials import describe_people


def _tell_exposure(scene: Scene) -> str:
    """An exposure of the study, or use of a drug; returns its heading's key."""
    draw = scene.draw
    if scene.drugs and draw.chance(0.45):
        drug = scene.drugs[0]
        words = [f"{drug} use", f"{drug} use", f"no {drug} use"]
        heading = "dose-response"
    else:
        scene.drugs = ()
        adult = scene.condition.age >= 18
        *words, heading = draw.pick(EXPOSURES if adult else EXPOSURES_OF_CHILDREN)
    scene.tell(
        exposure=words[0],
        Exposure=capital(words[0]),
        exposed=words[1],
        Exposed=capital(words[1]),
        unexposed=words[2],
    )
    return heading


def _hazard(scene: Scene) -> float:
    """The true relative hazard of exposure; mostly none."""
    draw = scene.draw
    return draw.pick((1.0, 1.0, 1.0, draw.between(1.25, 1.9), draw.between(0.6, 0.85)))


def _tell_estimate(scene: Scene, ratio: Estimate) -> str:
    """Tell a ratio, crude and adjusted; the verdict is what both agree on."""
    shift = scene.draw.between(0.95, 1.04)
    adjusted = ratio._replace(
        point=ratio.point * shift, low=ratio.low * shift, high=ratio.high * shift
    )
    scene.tell(
        ratio=ratio_text(ratio), p=p_text(ratio.p), adjusted=ratio_text(adjusted)
    )
    verdict = ratio.verdict(1.0, wanted="lower")
    return verdict if adjusted.verdict(1.0, wanted="lower") == verdict else "none"


def _follow(scene: Scene, people: int) -> str:
    """Tell events and person-years; returns the verdict on the exposure."""
    draw, risk = scene.draw, scene.condition.risk
    exposed = round(people * draw.between(0.22, 0.55))
    studied = int(scene.words["end_year"]) - int(scene.words["start_year"]) + 1
    years = max(0.8, studied * draw.between(0.35, 0.8))
    sizes = (exposed, people - exposed)
    span = [round(size * years * draw.between(0.93, 1.0)) for size in sizes]
    events = max(2, draw.events(exposed, min(0.9, risk * _hazard(scene))))
    events_2 = max(2, draw.events(people - exposed, risk))
    scene.tell(
        years=count(sum(span)),
        span=f"for a median of {years:.1f} years",
        events_all=count(events + events_2),
        e1=count(events),
        e2=count(events_2),
        y1=count(span[0]),
        y2=count(span[1]),
    )
    return _tell_estimate(scene, rate_ratio(events, span[0], events_2, span[1]))


def _count_outcomes(scene: Scene, people: int) -> str:
    """Tell risks where time at risk is short; returns the verdict."""
    draw, risk = scene.draw, scene.condition.risk
    exposed = round(people * draw.between(0.22, 0.55))
    events = max(2, draw.events(exposed, min(0.9, risk * _hazard(scene))))
    events_2 = max(2, draw.events(people - exposed, risk))
    scene.tell(
        span=f"for {scene.words['follow']}",
        events_all=count(events + events_2),
        of1=of(events, exposed),
        of2=of(events_2, people - exposed),
    )
    return _tell_estimate(
        scene, risk_ratio(events, exposed, events_2, people - exposed)
    )


def _cohort(scene: Scene, timing: str, method: tuple[str, ...]) -> Draft:
    draw = scene.draw
    heading = _tell_exposure(scene)
    people = draw.whole(240, draw.pick((900, 4000, 24_000)))
    scene.tell(timing=timing, n=count(people))
    told: list[tuple[str, ...]]
    if scene.acute:
        verdict = _count_outcomes(scene, people)
        told = [say.RISK_METHOD, say.COHORT_RISK, say.ADJUSTED_RISK]
    else:
        verdict = _follow(scene, people)
        told = [say.COHORT_METHOD, say.COHORT_RESULT, say.ADJUSTED]
    how, *result = [scene.say(each) for each in told]
    if draw.chance(0.7):
        result.append(scene.say(say.EXTRA))
    pieces: dict[str, str] = {
        "background": scene.say(say.BACKGROUND),
        "aim": scene.say(say.COHORT_AIM),
        "design": scene.say(method),
        "outcome": how,
        "result": " ".join(result),
        "conclusion": scene.say(say.LINK_CONCLUSION[verdict]),
    }
    if draw.chance(0.3):
        del pieces["background"]
    return Draft(
        title=scene.say(say.COHORT_TITLES),
        pieces=pieces,
        layout="observation",
        types=("Observational Study",) if draw.chance(0.15) else (),
        headings=("humans", timing, heading, "risk factors", "incidence"),
        qualifiers=(draw.pick(("epidemiology", "mortality", "etiology")),),
        drugs=scene.drugs,
    )


def prospective_cohort(scene: Scene) -> Draft:
    """People followed from now on, by an exposure."""
    return _cohort(scene, "prospective", say.PROSPECTIVE)


def retrospective_cohort(scene: Scene) -> Draft:
    """People followed through old records, by an exposure."""
    return _cohort(scene, "retrospective", say.RETROSPECTIVE)


def case_control(scene: Scene) -> Draft:
    """Exposure in cases and in one, two or four controls each."""
    draw = scene.draw
    scene.drugs = ()  # a treatment follows its disease
    heading = _tell_exposure(scene)
    cases = draw.whole(120, 900)
    controls = cases * draw.pick((1, 1, 2, 4))
    share = draw.between(0.12, 0.4)
    events = max(3, draw.events(cases, min(0.8, share * _hazard(scene))))
    events_2 = max(3, draw.events(controls, share))
    ratio = odds_ratio(events, cases, events_2, controls)
    scene.tell(
        n1=count(cases),
        n2=count(controls),
        of1=of(events, cases),
        of2=of(events_2, controls),
        ratio=ratio_text(ratio),
        p=p_text(ratio.p),
    )
    verdict = ratio.verdict(1.0, wanted="lower")
    in_samples = heading in ("biomarkers", "variant")
    return Draft(
        title=scene.say(say.CONTROL_TITLES),
        pieces={
            "background": scene.say(say.BACKGROUND),
            "aim": scene.say(say.CONTROL_AIM),
            "design": scene.say(say.CONTROL_METHOD),
            "outcome": scene.say(
                say.MEASURED_IN_SAMPLES if in_samples else say.ASKED_OR_LOOKED_UP
            ),
            "result": scene.say(say.CONTROL_RESULT),
            "conclusion": scene.say(say.CONTROL_CONCLUSION[verdict]),
        },
        layout="observation",
        headings=("humans", "case-control", heading, "risk factors"),
        qualifiers=(draw.pick(("epidemiology", "etiology")),),
        drugs=scene.drugs,
    )


def _ask(scene: Scene) -> bool:
    """Tell a survey's counts; True where the exposure matters."""
    draw = scene.draw
    people = draw.whole(110, 2600)
    first = round(people * draw.between(0.25, 0.6))
    share = draw.between(0.12, 0.55)
    events = max(3, draw.events(first, min(0.85, share * draw.pick((1.0, 1.0, 1.45)))))
    events_2 = max(3, draw.events(people - first, share))
    ratio = odds_ratio(events, first, events_2, people - first)
    both = events + events_2
    scene.tell(
        n=count(people),
        responded=of(people, round(people * draw.between(1.3, 3.1))),
        described=describe_people(scene, people),
        of_all=of(both, people),
        prevalence=percent_text(proportion(both, people)),
        all=count(both),
        of1=of(events, first),
        of2=of(events_2, people - first),
        ratio=ratio_text(ratio),
        share=f"{100 * both / people:.0f}%",
    )
    return ratio.low > 1.0


def cross_sectional(scene: Scene) -> Draft:
    """How frequent a problem is, and with which exposure."""
    draw = scene.draw
    scene.drugs = ()
    heading = _tell_exposure(scene)
    adult = scene.condition.age >= 18
    problem = draw.pick(say.SURVEY_PROBLEMS if adult else say.SURVEY_PROBLEMS[:6])
    scene.tell(problem=problem, Problem=capital(problem))
    linked = _ask(scene)
    pieces: dict[str, str] = {
        "background": scene.say(say.SURVEY_BACKGROUND),
        "aim": scene.say(say.SURVEY_AIM),
        "design": scene.say(say.SURVEY_METHOD),
        "outcome": scene.say(say.SURVEY_METHOD_2),
        "result": scene.say(say.SURVEY_RESULT if linked else say.SURVEY_RESULT_NONE),
        "conclusion": scene.say(say.SURVEY_CONCLUSION),
    }
    if draw.chance(0.4):
        del pieces["background"]
    return Draft(
        title=scene.say(say.SURVEY_TITLES),
        pieces=pieces,
        layout="observation",
        headings=("humans", "cross-sectional", "surveys", "prevalence", heading),
        qualifiers=(draw.pick(("epidemiology", "psychology")),),
    )


def accuracy(scene: Scene) -> Draft:
    """A test against a reference standard: the two by two table adds up."""
    draw = scene.draw
    test = draw.pick(INDEX_TESTS)
    people = draw.whole(240, 2200)
    diseased = max(30, round(people * draw.between(0.1, 0.4)))
    healthy = people - diseased
    found = draw.events(diseased, draw.between(0.7, 0.97))
    false = draw.events(healthy, draw.between(0.05, 0.4))
    sensitivity = proportion(found, diseased)
    target = scene.condition.phrase
    scene.tell(
        test=test.phrase,
        Test=capital(test.phrase),
        target=target,
        Target=capital(target),
        setting=draw.pick(
            ("primary care", "emergency departments", "hospital clinics")
        ),
        n=count(people),
        diseased=count(diseased),
        healthy=count(healthy),
        share=f"{100 * diseased / people:.1f}%",
        fp=count(false),
        sens=accuracy_text(found, diseased),
        spec=accuracy_text(healthy - false, healthy),
    )
    verdict = "benefit" if sensitivity.low >= 85.0 else "none"
    return Draft(
        title=scene.say(say.ACCURACY_TITLES),
        pieces={
            "aim": scene.say(say.ACCURACY_AIM),
            "design": scene.say(say.ACCURACY_METHOD),
            "result": scene.say(say.ACCURACY_RESULT),
            "conclusion": scene.say(say.ACCURACY_CONCLUSION[verdict]),
        },
        layout="observation",
        types=("Validation Study",) if draw.chance(0.2) else (),
        headings=("humans", "accuracy", "prospective", test.heading),
        qualifiers=("diagnosis",),
    )
