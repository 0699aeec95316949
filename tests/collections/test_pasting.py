"""What is pasted: all that can be used is used, and the rest is listed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ownjournal.collections import addresses, order
from ownjournal.collections.models import Collection
from ownjournal.collections.pasting import look_up
from ownjournal.readers.models import Reader

from .conftest import FIRST, signed_in

RIS = f"""TY  - JOUR
TI  - Velotrine
DO  - 10.99999/velo.3
ER  -
TY  - JOUR
TI  - A thesis without any number
ER  -
TY  - JOUR
AN  - {FIRST + 4}
ER  -
"""
BIBTEX = """@article{a, title = {Velotrine}, doi = {10.99999/VELO.5}}
@book{b, title = {A book without any number}}
"""


def numbers(pmids: tuple[int, ...]) -> list[int]:
    return [pmid - FIRST for pmid in pmids]


@pytest.mark.django_db
def test_identifiers_of_every_kind_are_found_in_their_order(shelf: object) -> None:
    found = look_up(
        [f"{FIRST + 2}\nhttps://doi.org/10.99999/VELO.0.\nPMC9901; PMID: {FIRST + 2}"]
    )

    assert numbers(found.pmids) == [2, 0, 1]
    assert found.left == ()


@pytest.mark.django_db
def test_records_of_files_are_found_and_those_without_a_number_told(
    shelf: object,
) -> None:
    found = look_up([RIS, BIBTEX])

    assert numbers(found.pmids) == [3, 4, 5]
    assert [each.name[:30] for each in found.left] == [
        "TY - JOUR TI - A thesis withou",
        "@book{b, title = {A book witho",
    ]


@pytest.mark.django_db
def test_what_is_not_here_is_listed_with_its_reason(shelf: object) -> None:
    found = look_up(["12345678\n10.5555/none\nto be read on Monday\n\nPMC1\n"])

    assert found.pmids == ()
    assert [each.name for each in found.left] == [
        "PMID 12345678",
        "DOI 10.5555/none",
        "PMC1",
        "to be read on Monday",
    ]
    assert all(each.reason.endswith(".") for each in found.left)


@pytest.mark.django_db
def test_ten_thousand_with_rubbish_are_looked_up_in_few_questions(
    shelf: object,
) -> None:
    lines = [f"PMID {1_000_000 + number}" for number in range(5_000)]
    lines += [f"10.5555/rubbish.{number}" for number in range(4_000)]
    lines += ["\x01<script>alert(1)</script>", "(((" * 20, "10./", "é" * 200] * 250
    lines[700:700] = [str(FIRST), "10.99999/velo.1", "PMC9902"]

    with CaptureQueriesContext(connection) as asked:
        found = look_up(["\r\n".join(lines)])

    assert numbers(found.pmids) == [0, 1, 2]
    assert len(found.left) == len(lines) - 3
    assert len(asked) < 150
    assert max(len(each.name) for each in found.left) <= 80


def test_the_page_adds_and_lists(fevers: Collection, ada: Reader) -> None:
    client, path = signed_in(ada), f"{addresses.start_of(fevers)}/add"
    text = f"{FIRST}\n{FIRST}\n<b>rubbish</b>\0\n{FIRST + 1}"

    page = client.post(path, {"text": text})
    again = client.post(path, {"text": text})

    assert page.status_code == again.status_code == 200
    assert "2 articles added; 1 could not be used." in page.text
    assert "&lt;b&gt;rubbish&lt;/b&gt;" in page.text
    assert "0 articles added; 2 were in it already" in again.text
    assert numbers(tuple(order.pmids(fevers))) == [0, 1]


def test_a_file_is_read_and_what_is_none_is_refused(
    fevers: Collection, ada: Reader
) -> None:
    client, path = signed_in(ada), f"{addresses.start_of(fevers)}/add"

    def send(name: str, content: bytes) -> str:
        file = SimpleUploadedFile(name, content)
        return client.post(path, {"text": "", "file": file}).text

    assert "2 articles added; 1 could not be used" in send("a.ris", RIS.encode())
    assert "This file is no text" in send("a.pdf", b"\x00\x01\x02\x03" * 900)
    assert "more than 1 MB" in send("a.txt", b"x" * 1_000_001)
    assert "Please paste something" in send("a.txt", b"")
    assert fevers.articles.count() == 2


def test_a_section_of_another_collection_is_refused(
    fevers: Collection, ada: Reader, bea: Reader
) -> None:
    other = Collection.objects.create(
        title="Other", created_at=fevers.created_at, updated_at=fevers.created_at
    )
    section = other.sections.create(name="Theirs", position=1)
    client, path = signed_in(ada), f"{addresses.start_of(fevers)}/add"

    for chosen in (section.pk, "0", "x", "9" * 30):
        page = client.post(path, {"text": str(FIRST), "section": chosen})
        assert page.status_code == 422, chosen
    assert not fevers.articles.exists()
