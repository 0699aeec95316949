"""Charts: what is drawn stands for the numbers, and the numbers are all there."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from ownjournal.catalogue.browsing.charts import (
    ABOVE,
    HEIGHT,
    Amount,
    Chart,
    bars,
    stacked,
)

COUNTS = st.lists(st.tuples(*[st.integers(0, 90_000)] * 3), min_size=1, max_size=120)


def a_chart(*counts: int) -> Chart:
    amounts = [Amount(f"20{n:02}", f"{n:02}", (n_,)) for n, n_ in enumerate(counts)]
    made = bars("years", "Articles a year", amounts, column="Year")
    assert made is not None
    return made


def drawn(chart: Chart) -> list[float]:
    return [sum(float(part.height) for part in bar.parts) for bar in chart.bars]


def test_there_is_no_chart_of_nothing() -> None:
    assert bars("years", "Articles a year", [], column="Year") is None
    assert bars("a", "b", [Amount("2024", "2024", (0,))], column="Year") is None


def test_bars_are_as_high_as_their_numbers_on_a_scale_of_round_numbers() -> None:
    chart = a_chart(0, 45, 90)

    assert [line.label for line in chart.lines] == ["0", "50", "100"]
    assert drawn(chart) == [0, HEIGHT * 45 / 100, HEIGHT * 90 / 100]
    assert chart.lines[0].y == f"{chart.base:.1f}"
    assert chart.lines[-1].y == f"{ABOVE:.1f}"


def test_a_single_article_among_thousands_is_still_seen() -> None:
    assert drawn(a_chart(1, 80_000))[0] > 1


def test_it_says_in_a_sentence_what_it_shows() -> None:
    assert a_chart(1, 1_200, 7).told == (
        "2000 to 2002: 1,208 articles, most in 2001 (1,200)."
    )


def test_the_newest_bar_has_a_label_and_narrow_screens_have_fewer() -> None:
    chart = a_chart(*range(1, 78))
    wide = [bar.label for bar in chart.bars if bar.short]
    narrow = [bar.label for bar in chart.bars if bar.short and not bar.spare]

    assert wide[-1] == narrow[-1] == "2076"
    assert len(wide) <= 16
    assert 2 <= len(narrow) <= 7


@given(COUNTS)
def test_stacks_stand_on_each_other_within_the_drawing(
    counts: list[tuple[int, int, int]],
) -> None:
    amounts = [Amount(str(n), str(n), each) for n, each in enumerate(counts)]
    chart = stacked("a", "b", ("x", "y", "z"), amounts, column="Year")
    if chart is None:
        assert not any(map(any, counts))
        return
    for bar, each in zip(chart.bars, counts, strict=True):
        foot = float(chart.base)
        assert [part.kind for part in bar.parts] == [
            kind for kind, count in enumerate(each, start=1) if count
        ]
        for part in bar.parts:
            top = float(part.y)
            assert top + float(part.height) == pytest.approx(foot, abs=0.2)
            foot = top
        assert foot >= ABOVE - 0.2


def test_kinds_without_articles_are_left_out_and_colours_stay() -> None:
    chart = stacked(
        "a", "b", ("x", "y", "z"), [Amount("2024", "2024", (1, 0, 3))], column="Year"
    )

    assert chart is not None
    assert [(kind.number, kind.name) for kind in chart.kinds] == [(1, "x"), (3, "z")]
    assert chart.bars[0].counts == ("1", "3")


def test_a_count_is_wanted_for_each_kind() -> None:
    with pytest.raises(ValueError, match="2 counts for 3 kinds"):
        stacked("a", "b", "xyz", [Amount("2024", "2024", (1, 0))], column="Year")


def test_what_the_page_gets_is_an_image_with_words_and_a_table_with_links() -> None:
    amounts = [
        Amount("May <2024>", "May", (3,), "/a?b&c", chosen=True),
        Amount("June 2024", "Jun", (1_000,), unfinished=True),
    ]
    chart = bars("months", "A & B", amounts, column="Month")
    html = render_to_string("catalogue/chart.html", {"chart": chart})

    assert 'role="img" aria-labelledby="months-title months-told"' in html
    assert '<title id="months-title">A &amp; B</title>' in html
    assert '<a href="/a?b&amp;c" aria-current="true">May &lt;2024&gt;</a>' in html
    assert '<th scope="row">June 2024, not over</th><td class="number">1,000</td>' in (
        html
    )
    assert "style=" not in html
