"""The article page, as a browser gets it."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from made.articles import an_article
from made.pages import page_of, visible
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.pubmed import citation
from ownjournal.pubmed.article import (
    Abstract,
    Article,
    ArticleDate,
    ArticleId,
    Author,
    Correction,
    DataBank,
    Grant,
    HistoryDate,
    Identifiers,
    JournalIssue,
    Keyword,
    Markup,
    MeshHeading,
    OtherAbstract,
    PubDate,
    PublicationType,
    Qualifier,
    Reference,
    Section,
)
from ownjournal.pubmed.records import read_records

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secret(settings: Any) -> None:
    settings.SECRET_KEY = "a secret for tests"


def test_the_first_line_is_journal_and_date_as_precise_as_printed(
    client: Client,
) -> None:
    """PMID 28706741: printed 2017, online 19 June 2017, no month invented."""
    page = page_of(
        client,
        an_article(
            journal_issue=JournalIssue(PubDate(2017), volume="2017"),
            article_dates=(ArticleDate("Electronic", PubDate(2017, 6, 19)),),
        ),
    )

    assert '<time datetime="2017">' in page
    assert "J Invent Med · 2017 · online 19 June 2017" in visible(page)
    assert "January" not in page


def test_title_authors_and_citation(client: Client) -> None:
    article = an_article(title="H<sub>2</sub>O for fever.")

    page = page_of(client, article)

    assert "H<sub>2</sub>O for fever</h1>" in page
    assert "<title>H2O for fever · Ownjournal</title>" in page
    assert "Ada B Quillfeather" in page
    shown = page.replace("<sub>", "").replace("</sub>", "")
    assert citation.full(article) in unescape(shown)


def test_each_author_is_tied_to_their_affiliations(client: Client) -> None:
    """PMID 28706741: the third author works elsewhere."""
    authors = tuple(
        Author(last_name=name, fore_name="A", affiliations=(Markup(place),))
        for name, place in [("One", "Merrow"), ("Two", "Merrow"), ("Three", "Alder")]
    )

    text = visible(page_of(client, an_article(authors=authors)))

    assert "A One 1 , A Two 1 , A Three 2" in text
    assert "2 affiliations" in text


def test_no_address_of_an_author_is_shown(client: Client) -> None:
    author = Author(
        last_name="One", affiliations=(Markup("Merrow. one@merrow.example."),)
    )

    assert "@merrow.example" not in page_of(client, an_article(authors=(author,)))


def test_pubmeds_types_and_our_reading_stand_apart(client: Client) -> None:
    page = page_of(
        client,
        an_article(
            title="Velotrine for fever: a randomised controlled trial.",
            publication_types=(PublicationType("D016454", "Review"),),
        ),
    )

    head, _, reading = page.partition('class="reading"')
    assert ">Review</a>" in head
    assert "Randomised controlled trial" not in visible(head)
    assert "Randomised controlled trial" in reading
    assert ": the title says" in reading


def test_the_abstract_has_its_headings(client: Client) -> None:
    page = page_of(
        client,
        an_article(
            abstract={"METHODS": "We <i>drank</i> it.", "PICO": "None."},
        ),
    )

    heading = '<h3 dir="auto">{}</h3>'
    assert f'{heading.format("Methods")}<p dir="auto">We <i>drank</i> it.</p>' in page
    assert heading.format("PICO") in page
    assert 'class="tabs"' not in page


def test_other_abstracts_say_their_language(client: Client) -> None:
    other = OtherAbstract("Publisher", "spa", (Section(Markup("Fiebre.")),))
    plain = OtherAbstract(
        "plain-language-summary", "eng", (Section(Markup("It helps.")),)
    )

    page = page_of(client, an_article(other_abstracts=(other, plain)))

    tabs = re.findall(r'<input type="radio"[^>]*><span>([^<]*)</span>', page)
    assert tabs == ["Abstract", "Spanish", "In plain language"]
    above_the_notes = page.partition('class="note-box"')[0]
    assert above_the_notes.count(" checked>") == 1
    assert "Abstract in Spanish" in page and '<div lang="es">' in page
    assert "Plain-language summary" in page


def test_a_foreign_article_shows_both_titles(client: Client) -> None:
    """PMID 8655018: in Polish, with a translated title."""
    page = page_of(
        client,
        an_article(
            title="[Fever after a fall].",
            vernacular_title=Markup("Gorączka."),
            languages=("pol",),
        ),
    )

    assert '<p class="original-title" dir="auto" lang="pl">Gorączka</p>' in page
    assert "in Polish" in visible(page)


def test_an_article_without_an_abstract_says_so(client: Client) -> None:
    assert "has no abstract" in page_of(client, an_article(abstract=None))
    assert "has no abstract" in page_of(
        client, an_article(pmid=99_100_002, abstract=Abstract())
    )


def test_every_further_fact_is_there(client: Client) -> None:
    page = page_of(
        client,
        an_article(
            pmid=77,
            identifiers=Identifiers("10.1000/a<b>;(c)#?", "PMC77", "pii-7"),
            keywords=(Keyword(Markup("<i>E. coli</i>"), "NOTNLM"),),
            mesh=(
                MeshHeading("D006801", "Humans"),
                MeshHeading(
                    "D005334", "Fever", qualifiers=(Qualifier("Q1", "therapy", True),)
                ),
            ),
            data_banks=(
                DataBank("ClinicalTrials.gov", ("NCT00000077", "NCT00000078")),
            ),
            grants=(Grant("G-7", None, "Merrow Fund", "Merrowland"),),
            conflict_of_interest=Markup("None &amp; none."),
            history=(HistoryDate("received", PubDate(2024, 5, 6)),),
            references=(
                Reference(Markup("Fever. 1999"), (ArticleId("pubmed", "12345"),)),
            ),
            abstract=Abstract((Section(Markup("x")),), "Copyright © 2025 Merrow."),
        ),
    )

    assert 'href="https://doi.org/10.1000/a%3Cb%3E%3B%28c%29%23%3F"' in page
    assert 'href="https://pmc.ncbi.nlm.nih.gov/articles/PMC77/"' in page
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/77/"' in page
    assert "pii-7" in page
    assert "<li><i>E. coli</i></li>" in page
    assert page.index("Fever / <b>therapy</b>") < page.index(">Humans<")
    assert 'href="https://clinicaltrials.gov/study/NCT00000077"' in page
    assert "ClinicalTrials.gov NCT00000077 · NCT00000078 " in visible(page)
    assert "G-7 · Merrow Fund · Merrowland" in page
    assert "None &amp; none." in page
    assert "6 May 2024" in page
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/12345/"' in page
    assert "Copyright © 2025 Merrow." in page


def test_trouble_stands_above_the_title_with_its_notice(client: Client) -> None:
    shelve(an_article(pmid=78, title="Retraction: fever."))  # of March 2025

    page = page_of(
        client,
        an_article(
            pmid=77, corrections=(Correction("RetractionIn", "J Invent Med. 2026", 78),)
        ),
    )

    assert page.index("This article has been retracted.") < page.index("<h1")
    assert '<a href="/articles/78"><bdi>J Invent Med. 2026</bdi></a>' in page
    assert '</strong> <time datetime="2025-03">March 2025</time>' in page
    assert '<h1 id="title" dir="auto" class="struck">' in page


def test_a_notice_names_the_article_that_it_is_about(client: Client) -> None:
    shelve(an_article(pmid=77, title="Velotrine for <i>fever</i>."))
    links = (Correction("RetractionOf", "J Invent Med. 2025", 77),)

    page = page_of(client, an_article(pmid=78, corrections=links))

    assert (
        'Retraction of: <a href="/articles/77"><cite>Velotrine for '
        "<i>fever</i></cite></a>"
        " · <bdi>J Invent Med. 2025</bdi> (PMID 77)"
    ) in page
    assert 'class="struck"' not in page


def test_a_record_that_was_merged_leads_to_the_one_it_is_part_of(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    following.index.cache_clear()
    same = Identifiers("10.5555/merged")
    shelve(an_article(pmid=77, identifiers=same), an_article(pmid=78, identifiers=same))
    shelve(taken_back=[77])
    following.follow(following.index())

    response = client.get("/articles/77")

    assert (response.status_code, response["Location"]) == (302, "/articles/78")
    following.index.cache_clear()


def test_ways_to_the_text_say_what_is_free_before_they_are_followed(
    client: Client,
) -> None:
    free = page_of(
        client, an_article(pmid=77, identifiers=Identifiers("10.5555/a", "PMC77"))
    )
    paid = page_of(client, an_article(pmid=78, identifiers=Identifiers("10.5555/b")))

    buttons = re.findall(
        r'<a class="(button[ a-z]*)" href="https[^>]*>([^<]*)</a>', free
    )
    assert buttons == [("button", "Free full text"), ("button quiet", "Publisher")]
    assert "PMC, NLM’s archive" in visible(free).replace("'", "’")
    assert "Free" not in visible(paid).partition("Where these links lead")[0]
    assert "who may ask for a subscription" in visible(paid)
    assert ">Ask for a copy</a>" in paid


def test_an_invented_article_is_called_so(client: Client) -> None:
    page = page_of(client, an_article(pmid=99_000_001))

    assert "Invented example." in page
    assert '<meta name="robots" content="noindex">' in page


def test_one_address_is_canonical(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://journal.example.org"

    page = page_of(client, an_article(pmid=77))

    assert '<link rel="canonical" href="https://journal.example.org/articles/77">' in (
        page
    )


def test_the_plain_text_has_an_address_of_its_own(client: Client) -> None:
    shelve(an_article(pmid=77))

    response = client.get("/articles/77.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "PMID: 77." in response.text


@pytest.mark.parametrize(
    "pmid",
    [
        "0",
        "-5",
        "12a",
        "99999999999",
        "٢٨٧٠٦٧٤١",
        "007",
        "1.5",
        "1/2",
        "",
        "4294967297",
    ],
)
def test_what_is_no_pmid_is_not_found(client: Client, pmid: str) -> None:
    """Even where reading it kindly would find an article."""
    shelve(an_article(pmid=28706741), an_article(pmid=7))

    response = client.get(f"/articles/{pmid}")

    assert response.status_code == 404
    assert 'action="/search"' in response.text


@pytest.mark.parametrize("address", ["/articles/77", "/articles/77.txt"])
def test_an_unknown_article_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/articles/77", "/articles/77.txt"])
def test_an_article_taken_back_is_gone_with_the_reason(
    client: Client, address: str
) -> None:
    shelve(an_article(pmid=77, title="Fever after a fall."))
    shelve(taken_back=[77])

    response = client.get(address)

    assert response.status_code == 410
    assert "Fever after a fall" in response.text
    assert "NLM" in response.text


def test_no_text_of_a_record_becomes_code(client: Client) -> None:
    evil = Markup("</title><script>alert(1)</script>")
    words = '"><script>alert(1)</script>'
    page = page_of(
        client,
        an_article(
            title=evil,
            vernacular_title=evil,
            abstract=Abstract((Section(evil, words),), words),
            authors=(Author(last_name=words, orcid=words, affiliations=(evil,)),),
            keywords=(Keyword(evil, None),),
            mesh=(MeshHeading("D1", words),),
            publication_types=(PublicationType(None, words),),
            grants=(Grant(words),),
            data_banks=(DataBank(words, (words,)),),
            corrections=(Correction("RetractionIn", words, None, None, words),),
            references=(Reference(evil, (ArticleId("doi", words),)),),
            conflict_of_interest=evil,
            languages=("eng", words),
        ),
    )

    assert "<script>" not in page
    assert page.count("<script") == page.count('<script src="/static/')
    assert page.count("</title>") == 1


def test_five_thousand_authors_make_a_page(client: Client) -> None:
    authors = tuple(
        Author(last_name=f"N{number}", affiliations=(Markup(f"Ward {number}"),))
        for number in range(5000)
    )

    text = visible(page_of(client, an_article(authors=authors)))

    assert "and 4990 more authors" in text
    assert "5000 affiliations" in text


def test_a_page_is_made_of_a_few_small_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    """Two of its own, and one each for what stands in its slots."""
    shelve(an_article(pmid=77, corrections=(Correction("CommentIn", pmid=78),)))
    slots = 4  # the note that leads, notes, ratings, collections

    with django_assert_max_num_queries(2 + slots):
        client.get("/articles/77")

    shelve(
        an_article(pmid=78),
        an_article(pmid=79, corrections=(Correction("ErratumIn", pmid=78),)),
    )
    with django_assert_max_num_queries(3 + slots):
        client.get("/articles/79")


def test_the_sample_article_shows_every_fact_right(
    client: Client, shared_data: Path
) -> None:
    """PMID 28706741, whose model page was wrong in six places."""
    path = shared_data / "pubmed" / "sample_article" / "28706741.xml"
    with path.open("rb") as file:
        [article] = read_records(file)
    assert isinstance(article, Article)

    page = page_of(client, article)
    text = visible(page)

    assert "Neural Plast · 2017 · online 19 June 2017" in text
    assert "Birmingham" in text
    assert "10.1155/2017/9724371" in text
    assert "PMC5494581" in text
    assert "2017;2017:9724371." in text
    assert "Creative Commons Attribution" in text
    assert "Jan" not in text


@pytest.mark.slow
def test_every_real_record_makes_a_page(client: Client, shared_data: Path) -> None:
    """No record of any year breaks the page, and none leaves a tag of its own."""
    paths = [
        *(shared_data / "pubmed" / "singles").glob("*.xml"),
        *(shared_data / "pubmed" / "sample_article").glob("*.xml"),
    ]
    assert paths
    for path in paths:
        with path.open("rb") as file:
            articles = [
                each for each in read_records(file) if isinstance(each, Article)
            ]
        if articles:
            shelve(*articles)
        for article in articles:
            assert client.get(f"/articles/{article.pmid}").status_code == 200
            assert client.get(f"/articles/{article.pmid}.txt").status_code == 200


def test_thousands_of_references_make_a_page_with_links_to_what_is_kept(
    client: Client,
) -> None:
    shelve(an_article(pmid=1_000_000))
    references = tuple(
        Reference(Markup("Fever."), (ArticleId("pubmed", str(pmid)),))
        for pmid in range(1_000_000, 1_002_000)
    )

    page = page_of(client, an_article(pmid=77, references=references))

    assert page.count('<a href="/articles/1000000">PMID 1000000</a>') == 1
    assert page.count('<a href="https://pubmed.ncbi.nlm.nih.gov/100') == 1_999
