"""A library's link leads to the library, tells what it should, and nothing else."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.articles import PLAIN_ARTICLE, an_article
from ownjournal.pubmed.article import Identifiers
from ownjournal.pubmed.libraries import (
    BadTemplate,
    Told,
    checked,
    detected,
    told,
    way,
)

SHARED = json.loads((Path(__file__).parent / "data" / "libraries.json").read_text())
DOI = "https://doi.org/10.5555/x"


def article(name: str) -> Told:
    made = SHARED["articles"][name]
    return Told(tuple((key, value) for key, value in made["pairs"]), made["pmcid"])


@pytest.mark.parametrize("case", SHARED["links"])
def test_links_are_made_as_in_the_shared_table(case: dict[str, Any]) -> None:
    """The table is the browser's too: tests/site/test_libraries.py."""
    made = way(case["kind"], case["template"], article(case["article"]))

    assert (made.url, made.reason) == (case["url"], case["reason"])


@pytest.mark.parametrize("case", SHARED["links"])
def test_a_template_is_kept_as_it_is_checked(case: dict[str, Any]) -> None:
    assert checked(case["kind"], case["template"]) == case["template"]


@pytest.mark.parametrize("kind, template", SHARED["refused"])
def test_what_could_lead_elsewhere_is_refused(kind: str, template: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        checked(kind, template)

    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert len(sentence.split()) > 3


@pytest.mark.parametrize(
    "text, template",
    [
        (" HTTPS://Resolver.Merrow.TEST:443 ", "https://resolver.merrow.test/"),
        ("https://bücher.test/x", "https://xn--bcher-kva.test/x"),
        ("https://a.test?vid=Ab", "https://a.test/?vid=Ab"),
    ],
)
def test_an_address_has_one_form(text: str, template: str) -> None:
    assert checked("openurl", text) == template


@pytest.mark.parametrize(
    "text, template",
    [
        ("https://p.test/login?url=", "https://p.test/login?url=$@"),
        ("https://p.test/login?qurl=", "https://p.test/login?qurl={url}"),
        ("https://p.test/login?qurl=$@", "https://p.test/login?qurl={url}"),
        (
            "https://go.openathens.net/redirector/a.test?url=$@",
            "https://go.openathens.net/redirector/a.test?url={url}",
        ),
    ],
)
def test_a_prefix_says_whether_the_address_is_encoded(text: str, template: str) -> None:
    assert checked("proxy", text) == template


@pytest.mark.parametrize(
    "example, kind, template",
    [
        (f"https://p.test/login?url={DOI}", "proxy", "https://p.test/login?url=$@"),
        (
            "https://p.test/login?qurl=https%3A%2F%2Fdoi.org%2F10.5555%2Fx",
            "proxy",
            "https://p.test/login?qurl={url}",
        ),
        ("https://p.test/login?url=", "proxy", "https://p.test/login?url=$@"),
        (
            "https://go.openathens.net/redirector/a.test?url=https%3A%2F%2Fx.test",
            "proxy",
            "https://go.openathens.net/redirector/a.test?url={url}",
        ),
        ("https://p.test/x?to={url}", "proxy", "https://p.test/x?to={url}"),
        (
            "https://libkey.io/libraries/17/10.5555/x",
            "libkey",
            "https://libkey.io/libraries/17/",
        ),
        (
            "https://a.test/discovery/openurl?institution=A&vid=A:B&rft.issn=1&sid=x",
            "openurl",
            "https://a.test/discovery/openurl?institution=A&vid=A:B",
        ),
        ("https://a.test/find?ctx_ver=Z39.88-2004", "openurl", "https://a.test/find"),
        ("https://sfx.a.test/merrow", "openurl", "https://sfx.a.test/merrow"),
        (
            "https://p.test/login?url=https://r.test/openurl?",
            "openurl",
            "https://p.test/login?url=https://r.test/openurl?",
        ),
        ("https://a.test/{doi}", "template", "https://a.test/{doi}"),
        ("https://a.test/?q=10.5555/x&l=1", "template", "https://a.test/?q={doi}&l=1"),
        ("https://a.test/?pmid=17", "template", "https://a.test/?pmid={pmid}"),
        ("https://a.test/to/10.5555/x", "template", "https://a.test/to/{doi}"),
    ],
)
def test_the_kind_is_told_from_an_example(
    example: str, kind: str, template: str
) -> None:
    assert detected(example) == (kind, template)


@pytest.mark.parametrize("example", ["https://a.test/", "http://p.test/login?url=", ""])
def test_what_tells_nothing_is_asked_about(example: str) -> None:
    with pytest.raises(BadTemplate):
        detected(example)


def test_no_library_is_told_of_an_invented_article() -> None:
    real = told(an_article(pmid=17, identifiers=Identifiers(pmcid="PMC29")))

    assert told(PLAIN_ARTICLE) is None
    assert real is not None
    assert real.pmcid == "PMC29"
    assert ("rft_id", "info:pmid/17") in real.pairs


TEMPLATES = st.sampled_from(
    [(each["kind"], each["template"]) for each in SHARED["links"]]
)


@given(
    TEMPLATES,
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "rft_id",
                    "rft.atitle",
                    "rft.issn",
                    "rft.spage",
                    "rft.date",
                    "rft.aulast",
                ]
            ),
            st.text(st.characters(exclude_categories=["Cs"])),
        ),
        max_size=6,
    ),
)
def test_no_value_changes_where_a_link_leads(
    template: tuple[str, str], pairs: list[tuple[str, str]]
) -> None:
    kind, address = template
    ids = [("rft_id", "info:pmid/17")]
    values = [pair for pair in pairs if pair[0] != "rft_id"]
    dois = [
        ("rft_id", f"info:doi/10.5555/{value}")
        for key, value in pairs
        if key == "rft_id"
    ]

    url = way(kind, address, Told((*ids, *dois, *values))).url

    if url is not None:
        there, here = urlsplit(address), urlsplit(url)
        assert (here.scheme, here.netloc) == (there.scheme, there.netloc)
        assert not here.fragment
        assert url.isascii()
        assert not set(url) & set(" \"'<>\\\r\n")


@given(st.sampled_from(["openurl", "proxy", "template"]), st.text(max_size=80))
def test_checking_is_done_once_and_for_all(kind: str, text: str) -> None:
    for address in (text, f"https://a.test/{text}", f"https://{text}/?a={{doi}}"):
        try:
            template = checked(kind, address)
        except BadTemplate:
            continue
        assert checked(kind, template) == template
        assert template.startswith("https://")
