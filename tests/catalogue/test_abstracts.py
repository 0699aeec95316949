import pytest

from made.articles import an_article
from ownjournal.catalogue.abstracts import abstract_name, abstracts_view
from ownjournal.pubmed.article import Abstract, Markup, OtherAbstract, Section

PLAIN = "plain-language-summary"


def other(
    kind: str | None, language: str | None, text: str = "Fever."
) -> OtherAbstract:
    return OtherAbstract(kind, language, (Section(Markup(text)),))


@pytest.mark.parametrize(
    ("kind", "language", "name", "tab"),
    [
        ("Publisher", "spa", "Abstract in Spanish", "Spanish"),
        (None, None, "Abstract in English", "English"),
        (PLAIN, "eng", "Plain-language summary", "In plain language"),
        (
            PLAIN,
            "fre",
            "Plain-language summary in French",
            "In plain language, French",
        ),
        ("NASA", "eng", "Abstract by NASA", "By NASA"),
    ],
)
def test_each_abstract_has_a_name_and_a_shorter_one(
    kind: str | None, language: str | None, name: str, tab: str
) -> None:
    assert abstract_name(other(kind, language)) == (name, tab)


def test_nlms_own_comes_first_and_empty_ones_are_left_out() -> None:
    empty = OtherAbstract("Publisher", "ger", ())
    found = abstracts_view(an_article(other_abstracts=(empty, other(PLAIN, "eng"))))

    assert [(each.name, each.lang) for each in found] == [
        ("Abstract", None),
        ("Plain-language summary", "en"),
    ]
    assert abstracts_view(an_article(abstract=Abstract())) == ()


def test_headings_in_capitals_are_written_small_unless_they_are_an_acronym() -> None:
    [view] = abstracts_view(an_article(abstract={"METHODS": "We.", "PICO": "None."}))

    assert [each.heading for each in view.sections] == ["Methods", "PICO"]


def test_numbers_of_an_invented_article_are_no_links() -> None:
    text = "It was registered as NCT01234567."

    [real] = abstracts_view(an_article(pmid=77, abstract=text))
    [invented] = abstracts_view(an_article(pmid=99_000_001, abstract=text))

    assert "<a href=" in real.sections[0].html
    assert "<a" not in invented.sections[0].html
