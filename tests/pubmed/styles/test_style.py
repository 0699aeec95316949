"""Styles by their ids, and what holds for every style."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from made.articles import an_article
from ownjournal.pubmed.article import (
    Article,
    Author,
    Book,
    Correction,
    Journal,
    JournalIssue,
    Markup,
    PubDate,
)
from ownjournal.pubmed.example import MARK
from ownjournal.pubmed.files import find, open_xml
from ownjournal.pubmed.records import read_records
from ownjournal.pubmed.styles import csl, pandoc
from ownjournal.pubmed.styles.style import (
    ALIASES,
    MAIN_STYLES,
    UnknownStyle,
    cite,
    named,
    others_installed,
    search,
)

MAIN = [style.id for style in MAIN_STYLES]
REAL = {"pmid": 17}


def test_there_are_four_main_styles() -> None:
    assert MAIN == ["vancouver", "nlm", "ama", "apa"]


def test_an_alias_is_the_style_it_stands_for() -> None:
    for alias, style_id in ALIASES.items():
        assert named(alias).id == style_id in MAIN
    article = an_article(**REAL)

    assert cite(article, "american-medical-association") == cite(article, "ama")


def test_any_other_style_has_its_own_name() -> None:
    assert named("the-lancet").name == "The Lancet"


@pytest.mark.parametrize("style_id", ["", "no-such-style", "../apa", "AMA", "a\0b"])
def test_what_is_no_style_is_said_to_be_none(style_id: str) -> None:
    with pytest.raises(UnknownStyle):
        cite(an_article(), style_id)


def test_main_styles_come_first_and_once() -> None:
    assert [each.id for each in search("ama")][0] == "ama"
    assert [each.id for each in search("APA")][0] == "apa"
    assert "american-medical-association" not in [each.id for each in search("medical")]
    assert search(" ") == []


def test_an_article_in_another_style() -> None:
    told = cite(an_article(**REAL), "the-lancet")

    assert told.text == (
        "Quillfeather AB, Okonfold T. Velotrine for fever after a fall in Lower Merrow."
        " J Invent Med 2025; 7. DOI:10.99999/jim.2025.0001."
    )
    assert "<i>J Invent Med</i> 2025; <b>7</b>." in told.html


def test_the_same_citation_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    article = an_article(pmid=18)
    first = cite(article, "the-lancet")
    monkeypatch.setattr(pandoc, "TIMEOUT_SECONDS", 0)
    monkeypatch.setattr(pandoc, "_run", None)

    assert cite(article, "the-lancet") == first


def test_a_changed_article_is_written_anew() -> None:
    first = cite(an_article(pmid=18), "the-lancet")
    second = cite(an_article(pmid=18, title=Markup("Peat.")), "the-lancet")

    assert first != second
    assert "Peat." in second.text


def test_a_retraction_is_seen_in_every_style() -> None:
    link = Correction("RetractionIn", "J Invent Med. 2026 Jan;8(1):1.", 19)
    article = an_article(pmid=17, corrections=(link,))

    for style_id in (*MAIN, "the-lancet", "bmj-open", "nature"):
        assert "retract" in cite(article, style_id).text.lower(), style_id


def test_another_style_gets_the_journal_and_the_people_as_they_are_called() -> None:
    article = an_article(
        pmid=17,
        journal=Journal("Merrow fever (London, England)", "Merrow Fev", "Merrow Fev"),
        authors=(Author("Bog", "Ann", "A", "3rd"),),
    )

    told = cite(article, "modern-language-association").html
    assert "Bog, Ann, III." in told
    assert "<i>Merrow Fever</i>, vol. 7" in told


def test_another_style_has_one_full_stop_after_a_book() -> None:
    book = Book(Markup("Bogs and fens."), publisher="Bog Press", date=PubDate(2020))
    told = cite(
        an_article(pmid=17, journal=None, journal_issue=None, book=book),
        "chicago-author-date",
    )

    assert "In <i>Bogs and Fens</i>. Bog Press." in told.html


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("What next...", "What next... <i>J"),
        ("Is it <i>E. coli?</i>", "Is it <i>E. coli?</i> <i>J"),
        ("On <i>E. coli</i>.", "On <i>E. coli</i>. <i>J"),
        ("On <i>E. coli.</i>", "On <i>E. coli.</i> <i>J"),
    ],
)
def test_a_title_has_one_end_within_its_markup_or_behind(title: str, told: str) -> None:
    assert told in cite(an_article(pmid=17, title=Markup(title)), "ama").html


def test_an_invented_article_says_so_in_every_style() -> None:
    for style_id in MAIN:
        assert cite(an_article(), style_id).text.endswith(MARK)
    assert "INVENTED EXAMPLE" in cite(an_article(), "the-lancet").text


def test_without_the_packages_the_main_styles_remain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pandoc, "program", lambda: None)

    assert not others_installed()
    assert cite(an_article(), "ama").text
    assert [each.id for each in search("lancet")] == []
    with pytest.raises(UnknownStyle):
        named("the-lancet")


def test_a_style_that_has_no_name_of_its_own_before_it_was_renamed() -> None:
    assert csl.name("vancouver") == csl.name("nlm-citation-sequence")


words = st.text(st.characters(codec="utf-8"), max_size=30)


@given(
    title=st.none() | words,
    last=st.none() | words.filter(bool),
    fore=st.none() | words,
    volume=st.none() | words,
    number=st.none()
    | st.sampled_from(["3", "Suppl", "3 Suppl 1", "Pt", "(", "Suppl ("]),
)
def test_no_citation_breaks_a_line_or_is_empty(
    title: str | None,
    last: str | None,
    fore: str | None,
    volume: str | None,
    number: str | None,
) -> None:
    article = an_article(
        pmid=17,
        title=Markup(title) if title else None,
        authors=(Author(last_name=last, fore_name=fore),),
        journal_issue=JournalIssue(PubDate(2020), volume, number),
    )

    for style_id in MAIN:
        told = cite(article, style_id)
        assert told.text
        assert "  " not in told.html
        assert told.html == " ".join(told.html.split())


@pytest.mark.slow
def test_real_records_have_no_gap_in_any_main_style(shared_data: Path) -> None:
    for path in find([shared_data / "pubmed" / "updates"]):
        with open_xml(path) as file:
            for article in read_records(file):
                if isinstance(article, Article):
                    _look(article)


def _look(article: Article) -> None:
    """At all but the title, which may hold anything."""
    article = replace(article, title=None, vernacular_title=None)
    for style_id in MAIN:
        text = cite(article, style_id).text
        for fault in (" .", " ,", "()", ";:", "None", ",,", "; ;", ". ."):
            assert fault not in text, (style_id, article.pmid, text)


LONG = 20_000
LONG_TEXTS = {
    "spaces": "a" + " " * LONG + "b",
    "commas": "1" + ", " * LONG + "Suppl",
    "brackets": "a" + " (b)" * LONG,
    "opened": "(" * LONG,
    "words": "peat " * LONG,
    "colons": "a : " * LONG,
    "years": "2000 " * LONG,
    "tags": "<i>a</i>" * LONG,
}


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_no_text_takes_for_ever(text: str) -> None:
    """A pattern that goes back and forth would not end here within the hour."""
    article = an_article(
        pmid=17,
        title=Markup(text),
        authors=(Author(last_name=text, fore_name=text, suffix=text),),
        journal=Journal(text, text, text),
        journal_issue=JournalIssue(PubDate(2020, printed=text), text, text),
        corrections=(Correction("RetractionIn", text, 1),),
    )
    chapter = replace(article, journal=None, book=Book(Markup(text), edition=text))

    for style_id in MAIN:
        assert cite(article, style_id).text
        assert cite(chapter, style_id).text
