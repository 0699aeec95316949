"""The picture of two topics: what is drawn, and what is said of it."""

from django.template.loader import render_to_string

from ownjournal.catalogue.browsing.graphs import (
    MOST_RADIUS,
    THICKEST,
    THINNEST,
    Between,
    Hub,
    graph,
)

LEFT = Hub("Fever of a very long and winding name, Merrow", 400, "/topics/D1/x")
RIGHT = Hub("Falls <&>", 100, "/topics/D2/x")
ROWS = [
    Between("Velotrine", "Velotrine: on 4", 16, 1, "/topics/D3/x?a&b"),
    Between("Bones of Merrow and of all the hills around it there", "", 0, 1e9),
    Between("Kynurenine", "", 4, 4, "/topics/D4/x", bridge=True),
]


def test_topics_are_as_large_as_their_articles_and_lines_as_thick_as_lifts() -> None:
    made = graph("Both", LEFT, RIGHT, ROWS)

    assert float(made.left.radius) == MOST_RADIUS
    assert float(made.right.radius) < MOST_RADIUS
    assert made.rows[0].left_width == f"{(THINNEST + THICKEST) / 2:.1f}"
    assert made.rows[0].right_width == f"{THINNEST:.1f}"
    assert made.rows[1].right_width == f"{THICKEST:.1f}"


def test_long_names_take_two_lines_and_no_more() -> None:
    made = graph("Both", LEFT, RIGHT, ROWS)

    assert made.rows[1].lines[1].endswith("…")
    assert len(made.rows[1].lines) == len(made.left.lines) == 2
    assert all(len(line) <= 22 for row in made.rows for line in row.lines)


def test_it_says_in_words_what_stands_between() -> None:
    told = graph("Both", LEFT, RIGHT, ROWS).told

    assert "on articles about both: Velotrine; Bones of" in told
    assert told.endswith("on no article about both: Kynurenine.")


def test_the_drawing_is_an_image_whose_links_are_for_the_mouse_alone() -> None:
    html = render_to_string(
        "catalogue/graph.html", {"graph": graph("Both", LEFT, RIGHT, ROWS)}
    )

    assert 'role="img" aria-labelledby="graph-title graph-told"' in html
    assert '<a href="/topics/D3/x?a&amp;b" tabindex="-1">' in html
    assert "Falls &lt;&amp;&gt;" in html
    assert html.count("<g") == 3
    assert 'class="bridge"' in html


def test_two_topics_with_nothing_between_are_drawn_alone() -> None:
    made = graph("Both", LEFT, RIGHT, [])

    assert (made.rows, made.bridged) == ((), False)
    assert made.height > made.middle
