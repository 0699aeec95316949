"""Damaged files end in records, rejected records or a refusal, and in nothing else."""

import io
import random
from pathlib import Path

import pytest
from lxml import etree

from made.records import DOCTYPE, a_record, a_set
from ownjournal.pubmed import cutting
from ownjournal.pubmed.article import Article, Deletion
from ownjournal.pubmed.outcome import Counts, Rejected
from ownjournal.pubmed.records import read_records
from ownjournal.pubmed.refusal import FileRefused

DATA = sorted((Path(__file__).parent / "data").glob("*.xml"))
PIECES = [
    b"<", b">", b"&", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"?>",
    b"</PubmedArticle>", b"<PubmedArticle>", b"<i>", b"</i>", b'"', b"'", b"\0", b"=",
    b"&#0;", b"&a;", b"<!DOCTYPE a [", b"<PMID>", b"</PMID>", b"\xed\xa0\x80", b"\n",
    b" ", b"<x/>", b"\x01", b"\xff", b"\xc6",
]  # fmt: skip
WOUNDS = ["\0", "<", "&", '"', "'", "<!--", "<![CDATA[", "<?", "</i>", "\x01"]


def damaged(xml: bytes, chance: random.Random) -> bytes:
    """A file with one to four wounds: bits, cuts, repeats, pieces of markup."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(xml) + 1)
        end = min(len(xml), start + chance.choice((0, 1, 2, 30, 400)))
        middle = chance.choice(
            (b"", xml[start:end] * 2, chance.choice(PIECES), chance.randbytes(2))
        )
        xml = xml[:start] + middle + xml[end:]
    return xml


def outcomes(xml: bytes) -> tuple[list[object], bool]:
    """What came out, and whether the file was refused in the end."""
    counts = Counts()
    found: list[object] = []
    try:
        for each in read_records(io.BytesIO(xml), counts):
            found.append(each)
    except FileRefused:
        return found, True
    assert counts.balanced()
    return found, False


def is_well_formed(xml: bytes) -> bool:
    try:
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def test_damaged_files_end_in_one_of_the_known_ways() -> None:
    for seed in range(400):
        chance = random.Random(seed)
        xml = damaged(chance.choice(DATA).read_bytes(), chance)

        found, refused = outcomes(xml)

        known = Article | Deletion | Rejected
        assert all(isinstance(each, known) for each in found), seed
        assert refused or is_well_formed(xml), seed


def test_bit_soup_is_refused() -> None:
    chance = random.Random(5)

    assert all(outcomes(chance.randbytes(2_000)) == ([], True) for _ in range(50))


@pytest.mark.parametrize("step", [7, 1_000])
def test_no_record_is_given_before_libxml2_has_passed_it(
    monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """With a fault inside record k, however blocks fall, k is never given."""
    monkeypatch.setattr(cutting, "BLOCK", step)
    whole = a_record(before="<Abstract><AbstractText>Tea.</AbstractText></Abstract>")
    for place in range(1, len(whole), 7):
        wound = WOUNDS[place % len(WOUNDS)]
        bad = f"{whole[:place]}{wound}{whole[place:]}"
        xml = a_set(whole, whole, bad, whole, prolog=DOCTYPE)
        found, refused = outcomes(xml)
        assert is_well_formed(xml) or (len(found) <= 2 and refused), bad


@pytest.mark.parametrize("step", [1, 2, 3, 50, 1_000, 1 << 20])
def test_blocks_may_fall_anywhere(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    files = [path.read_bytes() for path in DATA]
    expected = [outcomes(xml) for xml in files]

    monkeypatch.setattr(cutting, "BLOCK", step)

    assert [outcomes(xml) for xml in files] == expected
