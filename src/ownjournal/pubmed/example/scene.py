"""What one invented study is about: the words that its sentences share."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.example.draw import Draw
from ownjournal.pubmed.example.names import (
    COUNTRIES,
    DRUGS,
    PROGRAMMES,
    TOWNS,
    TRIAL_NAMES,
)
from ownjournal.pubmed.example.tables import CONDITIONS, Condition
from ownjournal.pubmed.months import MONTHS

_ACUTE = frozenset(
    ("Intensive care medicine", "Anaesthesia and surgery", "Obstetrics and gynaecology")
)
_ACUTE_CONDITIONS = frozenset(
    (
        "acute gastroenteritis",
        "bronchiolitis",
        "hip fracture",
        "influenza",
        "ischaemic stroke",
        "necrotising enterocolitis",
    )
)
_MEASURED_ONCE = (
    "duration",
    "length of",
    "time ",
    "days to",
    "birth",
    "measured",
    "gestational",
    "number of delirium",
    "parasite",
    "peak",
)
_PLACE_IN_SPECIALTY = {
    each.ui: [other.ui for other in CONDITIONS if other.specialty == each.specialty]
    for each in CONDITIONS
}


def _month(day: datetime) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def capital(text: str) -> str:
    """The text with a capital first letter, the rest left as it is."""
    return text[:1].upper() + text[1:]


class Scene:
    """A condition, a treatment, a place and a time, as words for templates."""

    __slots__ = (
        "draw",
        "condition",
        "words",
        "drugs",
        "heading",
        "acute",
        "digits",
        "registration",
        "people",
    )

    def __init__(self, draw: Draw, condition: Condition, entered: datetime) -> None:
        self.draw = draw
        self.condition = condition
        self.acute = (
            condition.specialty in _ACUTE
            or condition.phrase in _ACUTE_CONDITIONS
            or " day" in condition.event
        )
        self.digits = 0 if condition.sd >= 20 else 1 if condition.sd >= 2 else 2
        self.words: dict[str, str] = {}
        self.drugs: tuple[str, ...] = ()
        self.heading: str | None = None
        self.registration: str | None = None  # these two where another report
        self.people: int | None = None  # of the study has told them
        self._name_condition()
        self._name_place()
        self._name_times(entered)
        self._name_treatment()

    def say(self, templates: Sequence[str]) -> Markup:
        """One of the templates with this scene's words in it."""
        return Markup(self.draw.pick(templates).format_map(self.words))

    def tell(self, **words: str) -> None:
        """Add words for the templates that follow."""
        self.words.update(words)

    def be_of(self, study: "Scene") -> None:
        """Tell of another scene's study, in the same words, by chances of one's own."""
        self.words = dict(study.words)
        self.drugs, self.heading = study.drugs, study.heading

    def _name_condition(self) -> None:
        condition = self.condition
        named = condition.measure[0].isupper() and not condition.measure.startswith(
            "HbA"
        )
        measure = f"the {condition.measure}" if named else condition.measure
        self.words.update(
            condition=condition.phrase,
            Condition=capital(condition.phrase),
            people=condition.people,
            People=capital(condition.people),
            event=condition.event,
            Event=capital(condition.event),
            measure=measure,
            Measure=capital(measure),
            bare_measure=condition.measure,
            specialty=condition.specialty.lower(),
        )

    def _name_place(self) -> None:
        place = self.draw.whole(0, len(COUNTRIES) - 1)
        other = (place + self.draw.whole(1, len(COUNTRIES) - 1)) % len(COUNTRIES)
        self.words.update(
            country=COUNTRIES[place],
            country_2=COUNTRIES[other],
            town=self.draw.pick(TOWNS[place]),
            sites=f"{self.draw.whole(6, 48)} {self._kind_of_site()}",
            name=self._name(),
        )

    def _kind_of_site(self) -> str:
        if self.condition.specialty == "Primary care and geriatrics":
            return self.draw.pick(("general practices", "primary care clinics"))
        return "hospitals" if self.acute else self.draw.pick(("hospitals", "clinics"))

    def _name(self) -> str:
        name = self.draw.pick(TRIAL_NAMES)
        return f"{name}-{self.draw.whole(2, 9)}" if self.draw.chance(0.3) else name

    def _name_times(self, entered: datetime) -> None:
        draw = self.draw
        end = entered - timedelta(days=draw.whole(420, 900))
        start = end - timedelta(days=draw.whole(300, 1200))
        once = self.condition.measure.startswith(_MEASURED_ONCE)
        duration = draw.pick(
            ("three days", "five days", "seven days")
            if self.acute
            else ("8 weeks", "12 weeks", "16 weeks", "24 weeks", "six months")
        )
        self.words.update(
            start=_month(start),
            end=_month(end),
            start_year=f"{start.year - draw.whole(0, 6)}",
            end_year=f"{end.year}",
            searched=_month(entered - timedelta(days=draw.whole(120, 400))),
            duration=duration,
            at_time="" if once else f" at {duration}",
            follow=self._follow_up(),
        )

    def _follow_up(self) -> str:
        if any(word in self.condition.event for word in ("year", "month")):
            return "12 months"
        if self.acute:
            return self.draw.pick(("30 days", "60 days", "90 days"))
        return self.draw.pick(("six months", "12 months", "18 months", "two years"))

    def _name_treatment(self) -> None:
        draw, condition = self.draw, self.condition
        pool = DRUGS[condition.specialty]
        place = _PLACE_IN_SPECIALTY[condition.ui].index(condition.ui)
        own = [pool[place], *pool[-2:]]
        if draw.chance(0.66):
            drug = own[0] if draw.chance(0.7) else draw.pick(own[1:])
            other = draw.pick([each for each in own if each != drug])
            control = draw.pick(
                ("placebo", "placebo", "placebo", "standard treatment", other)
            )
            self.drugs = (drug, other) if control == other else (drug,)
        else:
            programme = draw.pick(PROGRAMMES)
            drug, self.heading = programme.phrase, programme.heading
            control = draw.pick(
                ("usual care", "usual care", "usual care", "written advice")
            )
            other = own[0]
        self.words.update(drug=drug, Drug=capital(drug), control=control, other=other)

    def use_a_drug(self) -> None:
        """Where only a drug makes sense, put one in the place of a programme."""
        if not self.drugs:
            drug = self.words["other"]
            other = DRUGS[self.condition.specialty][-1]
            self.tell(drug=drug, Drug=capital(drug), other=other, control="placebo")
            self.drugs, self.heading = (drug,), None

    @property
    def blinded(self) -> bool:
        """Whether the control is a placebo."""
        return self.words["control"] == "placebo"
