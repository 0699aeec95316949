"""Other invented articles: interviews, costs, cases, opinion, laboratory work."""

from ownjournal.pubmed.example import other_phrases as say
from ownjournal.pubmed.example.draft import Draft
from ownjournal.pubmed.example.numbers import count, of
from ownjournal.pubmed.example.scene import Scene, capital

_GENES = ("Vlm3", "Obl2", "Csm1b", "Lrn2", "Qst7", "Hdr4")
# What stands for a condition that no animal has.
_MODELS = {
    "recurrent falling": "muscle loss",
    "frailty": "muscle ageing",
    "hip fracture": "fracture healing",
    "postoperative nausea and vomiting": "gastric stasis",
    "attention deficit hyperactivity disorder": "hyperactivity",
}
_PROTEINS = ("oblinate kinase", "veltrin", "cassomer synthase", "lornectin")


def qualitative(scene: Scene) -> Draft:
    """Interviews and the four themes found in them."""
    draw = scene.draw
    themes = draw.some(say.THEMES, 4)
    listed = f"{', '.join(themes[:3])}, and {themes[3]}".format_map(scene.words)
    scene.tell(themes=listed)
    scene.tell(interviews=str(draw.whole(14, 48)), groups=draw.pick(("three", "four")))
    return Draft(
        title=scene.say(say.QUALITATIVE_TITLES),
        pieces={
            "aim": scene.say(say.QUALITATIVE_AIM),
            "design": scene.say(say.QUALITATIVE_METHOD),
            "result": scene.say(say.QUALITATIVE_RESULT),
            "conclusion": scene.say(say.QUALITATIVE_CONCLUSION),
        },
        layout="observation",
        headings=("humans", "qualitative", "interviews", "attitudes"),
        qualifiers=("psychology",),
        drugs=scene.drugs,
    )


def economic(scene: Scene) -> Draft:
    """Cost and gain give the ratio that is printed."""
    draw = scene.draw
    gain = draw.whole(4, 60) / 100
    extra = draw.whole(8, 320) * 100
    ratio = round(extra / gain)
    good = ratio < 40_000
    scene.tell(
        horizon=str(draw.pick((5, 10, 20))),
        extra=count(extra),
        gain=f"{gain:.2f}",
        icer=count(ratio),
        chance=str(draw.whole(58, 94) if good else draw.whole(4, 44)),
    )
    return Draft(
        title=scene.say(say.ECONOMIC_TITLES),
        pieces={
            "aim": scene.say(say.ECONOMIC_AIM),
            "design": scene.say(say.ECONOMIC_METHOD),
            "result": scene.say(say.ECONOMIC_RESULT),
            "conclusion": scene.say(
                say.ECONOMIC_CONCLUSION["benefit" if good else "none"]
            ),
        },
        layout="observation",
        headings=("humans", "cost", "qaly", "economic model"),
        qualifiers=("economics",),
        drugs=scene.drugs,
    )


def _patient(scene: Scene) -> str:
    draw, condition = scene.draw, scene.condition
    age = max(1, round(condition.age * draw.between(0.8, 1.15)))
    woman = condition.sex in ("women", "pregnant") or (
        condition.sex == "both" and draw.chance(0.5)
    )
    if condition.age < 18:
        return f"A {age}-year-old {'girl' if woman else 'boy'}"
    article = "An" if str(age).startswith("8") or age == 18 else "A"
    return f"{article} {age}-year-old {'woman' if woman else 'man'}"


def case_report(scene: Scene) -> Draft:
    """One patient, one odd finding; one in ten has no abstract."""
    draw = scene.draw
    scene.use_a_drug()
    finding, patient = draw.pick(say.FINDINGS), _patient(scene)
    scene.tell(
        finding=finding,
        Finding=capital(finding),
        Patient=patient,
        patient=f"a{patient[1:]}",
        days=str(draw.whole(3, 40)),
        weeks_2=draw.pick(("two", "three", "four", "six")),
    )
    return Draft(
        title=scene.say(say.CASE_TITLES),
        pieces={
            "background": scene.say(say.CASE_BACKGROUND),
            "result": scene.say(say.CASE_RESULT),
            "conclusion": scene.say(say.CASE_CONCLUSION),
        }
        if draw.chance(0.9)
        else None,
        layout="case",
        types=("Case Reports",),
        headings=("humans",),
        qualifiers=(draw.pick(("complications", "diagnosis", "drug therapy")),),
        drugs=scene.drugs,
    )


def case_series(scene: Scene) -> Draft:
    """Several patients without a comparison; prose."""
    draw = scene.draw
    scene.use_a_drug()
    people = draw.whole(6, 48)
    finding = draw.pick(say.FINDINGS)
    scene.tell(
        n=str(people),
        finding=finding,
        Finding=capital(finding),
        of1=of(draw.whole(3, people), people),
        of2=of(draw.whole(2, people), people),
    )
    return Draft(
        title=scene.say(say.SERIES_TITLES),
        pieces={"prose": scene.say(say.SERIES_PROSE)},
        layout="prose",
        types=("Case Reports",) if draw.chance(0.5) else (),
        headings=("humans", "retrospective"),
        qualifiers=("complications",),
        drugs=scene.drugs,
    )


def editorial(scene: Scene) -> Draft:
    """An opinion of the house, without abstract."""
    return _opinion(scene, say.EDITORIAL_TITLES, ("Editorial",))


def letter(scene: Scene) -> Draft:
    """An opinion of a reader of the journal, without abstract."""
    return _opinion(scene, say.LETTER_TITLES, ("Letter",))


def _opinion(scene: Scene, titles: tuple[str, ...], types: tuple[str, ...]) -> Draft:
    return Draft(
        title=scene.say(titles),
        pieces=None,
        layout="prose",
        types=types,
        headings=("humans",),
        qualifiers=("therapy",),
        drugs=scene.drugs,
    )


def _laboratory(scene: Scene) -> None:
    draw = scene.draw
    scene.use_a_drug()
    molecule, protein = scene.words["drug"], draw.pick(_PROTEINS)
    scene.tell(
        molecule=molecule,
        Molecule=capital(molecule),
        model=_MODELS.get(scene.condition.phrase, scene.condition.phrase),
        gene=draw.pick(_GENES),
        protein=protein,
        Protein=capital(protein),
        animals=draw.pick(("C57BL/6 mice", "Sprague-Dawley rats")),
        n=str(draw.whole(4, 15) * 4),
        dose=str(draw.pick((2, 5, 10, 20, 40))),
        fall=str(draw.whole(18, 71)),
        p=draw.pick(("p=0.03", "p=0.01", "p=0.004", "p&lt;0.001")),
    )


def animal(scene: Scene) -> Draft:
    """A drug and a gene in mice or rats."""
    _laboratory(scene)
    mice = "mice" in scene.words["animals"]
    return Draft(
        title=scene.say(say.ANIMAL_MOUSE_TITLES if mice else say.ANIMAL_RAT_TITLES),
        pieces={"prose": scene.say(say.ANIMAL_PROSE)},
        layout="prose",
        headings=(
            "animals",
            "animal model",
            *(("mice", "c57bl") if mice else ("rats", "sprague-dawley")),
        ),
        qualifiers=("drug therapy", "metabolism"),
        drugs=scene.drugs,
        human=False,
    )


def bench(scene: Scene) -> Draft:
    """A drug and a protein in cultured cells."""
    _laboratory(scene)
    human_cells = scene.draw.chance(0.5)
    return Draft(
        title=scene.say(say.BENCH_TITLES),
        pieces={"prose": scene.say(say.BENCH_PROSE)},
        layout="prose",
        headings=(*(("humans",) if human_cells else ()), "cells", "signalling"),
        qualifiers=("metabolism",),
        drugs=scene.drugs,
        human=False,
    )
