"""Addresses by DOI, PMCID or PMID, and old forms of an article's address."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from made.articles import an_article
from made.shelf import shelve
from ownjournal.catalogue import following
from ownjournal.catalogue.lookups import LONGEST, merged_into
from ownjournal.pubmed.article import Article, ArticleId, Identifiers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]

ODD = "10.1002/(SICI)1097(19990501)85:9<1872::AID-X?#%31>3.0.CO;2-K"
"""As that of PMID 10612833, and worse."""


def kept(*articles: Article, taken_back: tuple[int, ...] = ()) -> None:
    shelve(*articles, taken_back=taken_back)
    following.follow(following.index())


def numbered(pmid: int, **own: Any) -> Article:
    return an_article(pmid=pmid, identifiers=Identifiers(**own))


def leads_to(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 301, address
    return response["Location"]


# DOIs


@pytest.mark.parametrize(
    "address",
    [
        "/doi/10.99999/jim.1",
        "/doi/10.99999/JIM.1",
        "/doi/10.99999/jim.1/",
        "/doi/doi:10.99999/jim.1",
        "/doi/https://doi.org/10.99999/jim.1",
        "/doi/http:/dx.doi.org/10.99999/jim.1",
        "/doi/10.99999/jim.1?utm=x",
        "/doi/%2010.99999/jim.1",
    ],
)
def test_a_doi_leads_to_its_article(client: Client, address: str) -> None:
    kept(numbered(77, doi="10.99999/Jim.1"), numbered(78, doi="10.99999/jim.11"))

    assert leads_to(client, address) == "/articles/77"


def test_any_character_may_stand_in_a_doi(client: Client) -> None:
    kept(numbered(77, doi=ODD))

    assert leads_to(client, f"/doi/{quote(ODD)}") == "/articles/77"
    assert leads_to(client, f"/doi/{quote(ODD, safe='')}") == "/articles/77"
    assert leads_to(client, f"/doi/{quote(ODD, safe='/?')}") == "/articles/77"


def test_a_second_doi_of_an_article_leads_to_it_too(client: Client) -> None:
    others = (ArticleId("doi", "10.9/second"), ArticleId("doi", "10.9/no", False))
    kept(numbered(77, doi="10.9/first", others=others))

    assert leads_to(client, "/doi/10.9/SECOND") == "/articles/77"
    assert client.get("/doi/10.9/no").status_code == 404


@pytest.mark.parametrize(
    "asked", ["10.99999/jim", "10.99999/jim.12", "jim.1", "10.99999/jim.α", "S1", "/"]
)
def test_a_part_of_an_identifier_or_another_is_no_article(
    client: Client, asked: str
) -> None:
    """The index knows "S1" and reads α as alpha; neither makes it this DOI."""
    kept(
        numbered(77, doi="10.99999/jim.1", pii="S1"),
        numbered(78, doi="10.99999/jim.alpha"),
    )

    response = client.get(f"/doi/{quote(asked)}")

    assert response.status_code == 404
    assert f'value="{asked}"' in response.text
    assert "No article here has this DOI" in response.text


def test_two_articles_with_one_doi_are_listed(client: Client) -> None:
    """PMIDs 34853674 and others stand twice in PubMed for a while."""
    kept(numbered(77, doi="10.9/two"), numbered(78, doi="10.9/TWO"))

    response = client.get("/doi/10.9/two")

    assert response.status_code == 300
    assert 'href="/articles/77"' in response.text
    assert 'href="/articles/78"' in response.text
    assert "Location" not in response


def test_an_article_taken_back_since_the_index_last_followed_is_not_offered(
    client: Client,
) -> None:
    kept(numbered(77, doi="10.9/x"))
    shelve(taken_back=[77])

    assert client.get("/doi/10.9/x").status_code == 404


def test_without_a_usable_index_it_says_so(client: Client, tmp_path: Path) -> None:
    kept(numbered(77, doi="10.9/x"))
    (tmp_path / "index" / "live").write_text("lost")

    response = client.get("/doi/10.9/x")

    assert response.status_code == 503
    assert "cannot be looked up now" in response.text


# PMCIDs, PMIDs and old forms


def test_a_pmcid_leads_to_its_article(client: Client) -> None:
    kept(numbered(77, pmcid="PMC5494581"), numbered(78, pmcid="PMC54945810"))

    assert leads_to(client, "/pmc/PMC5494581") == "/articles/77"
    assert leads_to(client, "/pmc/pmc5494581/") == "/articles/77"
    for other in ("PMC549458", "5494581", "PMC٥٤٩٤٥٨١", "PMC5494581.1", "PMC"):
        assert client.get(f"/pmc/{quote(other)}").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/pmid/77", "/pmid/77/", "/articles/77/", "/articles/77/velotrine-for-fever"]
    + ["/articles/77/velotrine-for-fever/", "/articles/77/%0D%0ASet-Cookie:a=b"],
)
def test_other_forms_lead_to_the_one_address(client: Client, address: str) -> None:
    assert leads_to(client, address) == "/articles/77"


NO_PMIDS = ["0", "-5", "12a", "99999999999", "٧٧", "007", "7 7", "77.", "+77", "1e3"]
NO_PMIDS += ["%00", "77\0", "77\n", "\u202e77", "../77", "'77", "<script>", "٧" * 500]


@pytest.mark.parametrize("number", NO_PMIDS)
@pytest.mark.parametrize("folder", ["articles", "pmid"])
def test_what_is_no_pmid_is_told(client: Client, folder: str, number: str) -> None:
    kept(numbered(77))

    response = client.get(f"/{folder}/{quote(number, safe='')}")

    assert response.status_code == 404
    assert 'action="/search"' in response.text
    assert "<script>" not in response.text


@pytest.mark.parametrize("form", ["doi", "pmc", "pmid", "articles"])
def test_no_null_byte_is_given_back(client: Client, form: str) -> None:
    response = client.get(f"/{form}/10.9%00")

    assert response.status_code == 404
    assert "\0" not in response.text


@pytest.mark.parametrize("form", ["doi", "pmc", "pmid", "articles"])
def test_a_very_long_number_is_told_as_any_other(client: Client, form: str) -> None:
    response = client.get(f"/{form}/10.9/{'x' * 2 * LONGEST}")

    assert response.status_code == 404


@given(st.text(min_size=1), st.sampled_from(["doi", "pmc", "pmid", "articles"]))
@hypothesis_settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_address_leads_to_an_article_or_nowhere(
    client: Client, text: str, form: str
) -> None:
    text = text.encode("utf-8", "replace").decode()

    response = client.get(f"/{form}/{quote(text, safe='')}")

    assert response.status_code in {301, 404}
    assert response.get("Location", "/articles/").startswith("/articles/")


def test_no_address_leads_off_the_site(client: Client) -> None:
    kept(numbered(77, doi="10.9//evil.test"))

    assert leads_to(client, "/doi/10.9//evil.test") == "/articles/77"
    for address in ("/doi//evil.test", "/pmid//evil.test", "/articles/77//evil.test"):
        assert client.get(address).status_code == 404


# Merged records


def test_a_record_taken_back_is_found_in_the_one_that_has_its_number() -> None:
    kept(numbered(77, doi="10.9/x"), numbered(78, doi="10.9/X"))
    kept(taken_back=(77,))

    assert merged_into(77) == 78


def test_both_numbers_must_lead_to_one_article() -> None:
    kept(
        numbered(77, doi="10.9/x", pmcid="PMC7"),
        numbered(78, doi="10.9/x"),
        numbered(79, pmcid="PMC7"),
    )
    kept(taken_back=(77,))

    assert merged_into(77) is None

    kept(numbered(79, doi="10.9/y"))

    assert merged_into(77) == 78


def test_a_record_without_a_successor_is_merged_into_nothing(tmp_path: Path) -> None:
    kept(numbered(77, doi="10.9/x"), numbered(78, doi="10.9/y"), numbered(79))
    kept(taken_back=(77,))

    assert merged_into(77) is None  # taken back
    assert merged_into(78) is None  # live
    assert merged_into(99) is None  # never received

    kept(numbered(78, doi="10.9/x"))
    (tmp_path / "index" / "live").write_text("lost")

    assert merged_into(77) is None  # nobody can say
