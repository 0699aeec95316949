"""What invented articles say: figures that add up, and nothing that is real."""

import gzip
import math
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ownjournal.pubmed.example.articles import WRITERS, Invented, article_of
from ownjournal.pubmed.example.indexing import PUBLICATION_TYPES
from ownjournal.pubmed.example.journals import GENERAL, SPECIAL
from ownjournal.pubmed.example.people import people_of
from ownjournal.pubmed.example.plan import Corpus
from ownjournal.pubmed.example.record import record
from ownjournal.pubmed.example.tables import CONDITIONS, HEADINGS, SPECIALTIES

CORPUS = Corpus(seed=11, articles=2000, today=date(2026, 3, 4))
SHARE = re.compile(r"([\d,]+) of ([\d,]+)(?: \w+)* [([]([\d.]+)%")
RATIO = re.compile(r"ratio ([\d.]+), 95% CI ([\d.]+) to ([\d.]+)")
STRONG = {"meta-analysis", "systematic review", "guideline", "trial", "cluster trial"}
REAL = (
    "aspirin|metformin|atorvastatin|ibuprofen|amoxicillin|morphine|insulin|warfarin|"
    "london|paris|germany|france|england|india|china|japan|boston|oxford|harvard|"
    "smith|johnson|mueller|garcia|wang|kim|covid|nejm|lancet|jama|bmj|pfizer|novartis"
)


@pytest.fixture(scope="module")
def articles() -> list[Invented]:
    return [article_of(CORPUS, number) for number in range(CORPUS.articles)]


def text(article: Invented) -> str:
    return " ".join(section.text for section in article.sections)


def whole(digits: str) -> int:
    return int(digits.replace(",", ""))


def result_pairs(article: Invented) -> tuple[list[tuple[int, int]], float]:
    """The first two counts before the first ratio, and the ratio."""
    before, _, after = text(article).partition("ratio ")
    pairs = [(whole(a), whole(b)) for a, b, _ in SHARE.findall(before)]
    point = re.match(r"([\d.]+), ", after)
    assert point, text(article)
    return pairs[-2:], float(point[1])


def test_every_design_is_there(articles: list[Invented]) -> None:
    of_others = {"comment", "erratum", "retraction", "concern", "preprint"}

    assert {each.imprint.design for each in articles} == set(WRITERS) | of_others


def test_about_one_article_in_ten_is_strong(articles: list[Invented]) -> None:
    strong = sum(each.imprint.design in STRONG for each in articles)

    assert 0.08 < strong / len(articles) < 0.16


def test_the_last_week_has_strong_articles_on_several_subjects() -> None:
    corpus = Corpus(seed=1, articles=3000, today=date(2026, 3, 4))
    recent = [article_of(corpus, number) for number in range(2800, 3000)]
    strong = [
        each.imprint.condition.specialty
        for each in recent
        if each.imprint.design in STRONG
        and (corpus.today - each.imprint.entered.date()).days < 7
    ]

    assert len(strong) >= 10
    assert len(set(strong)) >= 5


def test_percentages_are_those_of_their_counts(articles: list[Invented]) -> None:
    found = [match for each in articles for match in SHARE.findall(text(each))]

    assert len(found) > 1500
    for events, people, percent in found:
        assert whole(events) <= whole(people)
        assert float(percent) == pytest.approx(
            100 * whole(events) / whole(people), abs=0.0501
        )


def test_the_arms_of_a_trial_add_up(articles: list[Invented]) -> None:
    flow = re.compile(
        r"([\d,]+) (?:were randomised|randomised participants|participants).*?"
        r"([\d,]+) (?:to|were assigned to) .*?and ([\d,]+) to"
    )
    found = [
        match
        for each in articles
        if each.imprint.design in ("trial", "cluster trial")
        for match in flow.findall(text(each).split("screened, ")[-1])
    ]

    assert len(found) > 50
    for both, first, second in found:
        assert whole(both) == whole(first) + whole(second)


@pytest.mark.parametrize(
    "design", ["trial", "cluster trial", "meta-analysis", "uncontrolled trial"]
)
def test_a_risk_ratio_is_that_of_its_counts(
    articles: list[Invented], design: str
) -> None:
    of_events = [
        each
        for each in articles
        if each.imprint.design == design and "risk ratio" in text(each)
    ]

    assert of_events
    for each in of_events:
        [(events, people), (events_2, people_2)], printed = result_pairs(each)
        assert printed == pytest.approx(
            events / people / (events_2 / people_2), abs=0.00501
        )
        match = RATIO.search(text(each))
        assert match
        error = math.sqrt(1 / events - 1 / people + 1 / events_2 - 1 / people_2)
        log = math.log(events / people / (events_2 / people_2))
        assert float(match[2]) == pytest.approx(math.exp(log - 1.96 * error), abs=0.006)
        assert float(match[3]) == pytest.approx(math.exp(log + 1.96 * error), abs=0.006)


def test_an_odds_ratio_is_that_of_its_counts(articles: list[Invented]) -> None:
    of_cases = [each for each in articles if each.imprint.design == "case-control"]

    assert of_cases
    for each in of_cases:
        [(events, people), (events_2, people_2)], printed = result_pairs(each)
        odds = events / (people - events) / (events_2 / (people_2 - events_2))
        assert printed == pytest.approx(odds, abs=0.00501)


def test_a_mean_difference_is_that_of_its_means(articles: list[Invented]) -> None:
    means = re.compile(
        r"(?:was|averaged) (?!24-hour)([\d.]+)\D.*?\(SD.*? "
        r"([\d.]+)[^\d(]*(?:<sup>2</sup>)? \(SD.*?difference (?:of )?(-?[\d.]+)"
    )
    found = [
        match
        for each in articles
        if each.imprint.design == "trial" and "1.73" not in text(each)
        for match in means.findall(text(each))
    ]

    assert len(found) > 15
    for first, second, difference in found:
        assert float(difference) == pytest.approx(
            float(first) - float(second), abs=1e-6
        )


def test_a_conclusion_follows_from_the_interval(articles: list[Invented]) -> None:
    """Benefit, harm and nothing found: each only where the interval says so."""
    nothing = re.compile(
        "did not (?:reduce|improve)|no evidence of a difference|do not support|"
        "no better"
    )
    verdicts: Counter[str] = Counter()
    for each in articles:
        if each.imprint.design != "trial" or "risk ratio" not in text(each):
            continue
        match = RATIO.search(text(each))
        assert match
        low, high = float(match[2]), float(match[3])
        last = [part for part in each.sections if part.category == "CONCLUSIONS"]
        conclusion = last[0].text if last else text(each)[-240:]
        assert bool(nothing.search(conclusion)) == (low <= 1 <= high), text(each)
        verdicts["none" if low <= 1 <= high else "benefit" if high < 1 else "harm"] += 1

    assert verdicts["none"] >= 8
    assert verdicts["benefit"] >= 8


def test_no_two_abstracts_are_the_same(articles: list[Invented]) -> None:
    texts = Counter(
        text(each)
        for each in articles
        if each.sections and each.imprint.design != "preprint"
    )

    assert max(texts.values()) == 1


def test_no_placeholder_is_left(articles: list[Invented]) -> None:
    for each in articles:
        assert not re.search(
            r"[{}]|  |None|\.\.| ,|\bnan\b", f"{each.title} {text(each)}"
        )


def test_nothing_real_is_named(articles: list[Invented]) -> None:
    denied = re.compile(rf"\b(?:{REAL})\b", re.IGNORECASE)
    for each in articles[::4]:
        assert not denied.search(record(each))


def test_titles_end_as_nlm_ends_them(articles: list[Invented]) -> None:
    assert all(each.title[-1] in ".?]" for each in articles)


def test_abstracts_come_with_labels_without_and_not_at_all(
    articles: list[Invented],
) -> None:
    shapes = Counter(
        "none" if not each.sections else "labels" if each.sections[0].label else "prose"
        for each in articles
    )

    assert min(shapes[shape] for shape in ("none", "labels", "prose")) > 100


def test_orcids_have_the_right_check_digit() -> None:
    for specialty in SPECIALTIES:
        for person in people_of(specialty):
            if person.orcid:
                digits = person.orcid.replace("-", "")
                total = 0
                for digit in digits[:-1]:
                    total = (total + int(digit)) * 2
                last = 10 if digits[-1] == "X" else int(digits[-1])
                assert (total + last) % 11 == 1


def test_issns_have_the_right_check_digit() -> None:
    journals = {*GENERAL, *(each for pair in SPECIAL.values() for each in pair)}
    numbers = [number for each in journals for number in (each.issn, each.issn_linking)]

    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        values = [
            10 if digit == "X" else int(digit) for digit in number.replace("-", "")
        ]
        assert (
            sum(v * w for v, w in zip(values, range(8, 0, -1), strict=True)) % 11 == 0
        )


def test_headings_are_nlms_own(shared_data: Path) -> None:
    """The table there is of 2021, lacks the two sexes and has an old name."""
    path = shared_data / "mesh" / "mesh2021_descriptors.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as table:
        names = {ui: name for ui, name, *_ in (line.split("\t") for line in table)}
    names |= {"D008297": "Male", "D005260": "Female", "D016440": "Retraction Notice"}
    ours = [(each.ui, each.name) for each in CONDITIONS]
    ours += [(each.ui, each.name) for each in HEADINGS.values()]
    ours += [(ui, name) for name, ui in PUBLICATION_TYPES.items()]

    for ui, name in ours:
        assert names[ui].lower() == name.lower()


def test_each_specialty_has_several_conditions() -> None:
    counts = Counter(each.specialty for each in CONDITIONS)

    assert len(counts) >= 10
    assert min(counts.values()) >= 5
