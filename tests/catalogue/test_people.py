import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.articles import an_article
from ownjournal.catalogue.people import people_view, short_name, without_email
from ownjournal.pubmed.article import Author, Investigator, Markup


def an_author(number: int, *affiliations: str) -> Author:
    return Author(
        last_name=f"Name{number}",
        fore_name="Ada",
        initials="A",
        affiliations=tuple(map(Markup, affiliations)),
    )


def test_every_author_keeps_their_own_affiliations() -> None:
    """PMID 28706741: the third of five authors works elsewhere."""
    view = people_view(
        an_article(
            authors=(
                an_author(1, "Merrow"),
                an_author(2, "Merrow"),
                an_author(3, "Merrow", "Alder Bay"),
                an_author(4),
            )
        )
    )

    assert view.affiliations == ("Merrow", "Alder Bay")
    assert [author.numbers for author in view.first] == ["1", "1", "1, 2", ""]


def test_a_long_list_is_folded_after_ten() -> None:
    twelve = people_view(an_article(authors=tuple(map(an_author, range(12)))))
    many = people_view(an_article(authors=tuple(map(an_author, range(13)))))

    assert (len(twelve.first), len(twelve.others)) == (12, 0)
    assert (len(many.first), len(many.others)) == (10, 3)


def test_a_name_that_a_correction_withdrew_is_left_out() -> None:
    view = people_view(
        an_article(authors=(Author(last_name="Wrong", valid=False), an_author(1)))
    )

    assert [author.name for author in view.first] == ["Ada Name1"]


def test_a_group_signs_with_its_name_in_its_place() -> None:
    """PMID 32678530: a trial signed by its group."""
    group = Author(group=Markup("LOWER <i>Merrow</i> &amp; Hills Group"))

    [first, second] = people_view(an_article(authors=(an_author(1), group))).first

    assert second.name == "LOWER <i>Merrow</i> &amp; Hills Group"
    assert second.address == ("/authors/lower_merrow_hills_group")


@pytest.mark.parametrize(
    ("author", "short"),
    [
        (Author(last_name="Smith", initials="JQ", suffix="Jr"), "Smith JQ Jr"),
        (Author(last_name="Plato"), "Plato"),
        (Author(group=Markup("A <i>group</i>")), "A <i>group</i>"),
        (Author(last_name="<b>R&D</b>"), "&lt;b>R&amp;D&lt;/b>"),
    ],
)
def test_a_short_name_is_markup(author: Author, short: str) -> None:
    assert short_name(author) == short


def test_a_name_is_never_html() -> None:
    bold = Author(last_name="<script>alert(1)</script>", fore_name='"><img src=x>')

    [view] = people_view(an_article(authors=(bold,))).first

    assert "<" not in view.name
    assert "<" not in view.address and '"' not in view.address


def test_marks_of_equal_contribution_and_an_unfinished_list() -> None:
    equal = Author(last_name="A", equal_contribution=True)

    view = people_view(an_article(authors=(equal,), authors_complete=False))

    assert view.equal and view.first[0].equal
    assert view.et_al


def test_investigators_are_named() -> None:
    members = (
        Investigator(last_name="Okon", fore_name="Tam"),
        Investigator(last_name="Gone", valid=False),
    )

    assert people_view(an_article(investigators=members)).investigators == ("Tam Okon",)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (
            "Ward 3, Merrow, Alder. ada@merrow.example.",
            "Ward 3, Merrow, Alder.",
        ),
        (
            "Ward 3, Merrow. Electronic address: ada.b-c@merrow.example.",
            "Ward 3, Merrow.",
        ),
        ("Ward 3, Merrow; E-mail: ada@merrow.example", "Ward 3, Merrow"),
        ("Ward 3 (ada@merrow.example), Merrow.", "Ward 3, Merrow."),
        (
            "Ward 3, Merrow. ada@a.example, tam@b.example.",
            "Ward 3, Merrow.",
        ),
        ("ada@merrow.example", ""),
        ("Ward 3, Merrow.", "Ward 3, Merrow."),
    ],
)
def test_an_affiliation_is_shown_without_its_address(given: str, left: str) -> None:
    assert without_email(Markup(given)) == left


@given(st.text(alphabet="ab@. ,;:()&<mail", max_size=60))
def test_no_address_is_left_and_nothing_is_made_up(text: str) -> None:
    left = without_email(Markup(f"{text} x@y.example {text}"))

    assert "x@y.example" not in left
    assert set(left) <= set(text) | {" "}


def test_a_long_affiliation_takes_no_time() -> None:
    """Without bounds in the expression this would take hours."""
    without_email(Markup("@" + ", (" * 100_000 + "a" * 100_000 + "@"))


def test_one_affiliation_that_is_not_everybodys_is_numbered() -> None:
    """PMID 11237011: NLM kept that of the first of 257 authors alone."""
    bog = Author(last_name="Bog", affiliations=(Markup("Merrow"),))
    fen = Author(last_name="Fen")

    assert people_view(an_article(authors=(bog, fen))).numbered
    assert not people_view(an_article(authors=(bog, bog))).numbered
    assert not people_view(an_article(authors=(bog,))).numbered
