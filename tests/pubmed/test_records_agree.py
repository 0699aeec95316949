"""The fast reading says what the reference reading says, or leaves it to that."""

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.records import a_record, a_set
from ownjournal.pubmed import lxml_reader, pattern_reader
from ownjournal.pubmed.cutting import Piece, Root, cut
from ownjournal.pubmed.outcome import Counts, NotKept

DATA = sorted((Path(__file__).parent / "data").glob("*.xml"))
ROOT = Root(b"PubmedArticleSet", b"<PubmedArticleSet>")


def pieces(path: Path) -> Iterator[tuple[Root, Piece]]:
    data = path.read_bytes()
    xml = gzip.decompress(data) if path.suffix == ".gz" else data
    return cut(io.BytesIO(xml), Counts())


def is_read_alike(root: Root, piece: Piece) -> bool:
    """Whether the fast reading took the record; fails if it took it wrongly."""
    fast = pattern_reader.read(piece.raw)
    if fast is None:
        return False
    counts = Counts()
    assert fast == lxml_reader.read(lxml_reader.parse(root, piece), counts)
    assert counts == Counts(), "what is counted must be left to the reference"
    return True


def share_of_fast(paths: list[Path]) -> float:
    taken = [
        is_read_alike(root, piece)
        for path in paths
        for root, piece in pieces(path)
        if piece.name == b"PubmedArticle" and not piece.odd
    ]
    return sum(taken) / len(taken)


def test_odd_records_are_read_alike() -> None:
    assert share_of_fast(DATA) > 0.4


def test_real_records_are_read_alike_and_nearly_all_fast(shared_data: Path) -> None:
    files = [
        *shared_data.glob("pubmed/*/*.xml"),
        *shared_data.glob("pubmed/*/*.xml.gz"),
    ]

    assert share_of_fast(sorted(files)) > 0.97


@pytest.mark.slow
def test_open_access_records_are_read_alike(shared_data: Path) -> None:
    assert share_of_fast([shared_data / "demo" / "demo_ccby.xml.gz"]) > 0.99


WORDS = st.sampled_from(
    ["tea", " ", "  ", "\n  ", "\t", "&amp;", "&lt;", "&#9;", "&#x3c;", "&quot;", ">"]
    + ["é", "\u2009", "\xa0", "🍵", "<i>a</i>", "<i></i>", "<b> </b>", "<sup>2</sup>"]
    + ["<sub><i>x</i></sub>", "<u>u</u> ", "0", "12", "2026", "Jan", "31", "10.9/x"]
    + ["0000-0002-1825-0097", "<x/>", "PMC7", "<i a='b'>c</i>", "Y"]
)
TEXT = st.lists(WORDS, max_size=4).map("".join)
PLAIN = st.sampled_from(["tea", "Tea &amp; co", "", " a ", "12", "a\n  b", "é"])
FLAG = st.sampled_from(['"Y"', '"N"', '"?"', '""', "'Y'"])
SPACE = st.sampled_from(["", "", "\n", "\n    ", " ", "\t", "\r\n", "\n\n  "])


@st.composite
def elements(draw: st.DrawFn, name: str, text: st.SearchStrategy[str] = PLAIN) -> str:
    """Mostly one element of text, sometimes none, two, or an empty one."""
    form = draw(st.integers(0, 9))
    one = f"{draw(SPACE)}<{name}>{draw(text)}</{name}>"
    return {0: "", 1: one + one, 2: f"<{name}/>", 3: f'<{name} new="1">a</{name}>'}.get(
        form, one
    )


def attribute(name: str, *values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *(f' {name}="{value}"' for value in values)])


@st.composite
def people(draw: st.DrawFn) -> str:
    names = ("LastName", "ForeName", "Initials", "Suffix", "CollectiveName")
    parts = [draw(elements(name)) for name in draw(st.permutations(names))[:3]]
    orcid = draw(attribute("Source", "ORCID", "ISNI"))
    place = draw(elements("Affiliation", TEXT))
    return (
        f"{draw(SPACE)}<Author ValidYN={draw(FLAG)}>{''.join(parts)}"
        f"{f'<Identifier{orcid}>{draw(TEXT)}</Identifier>' if orcid else ''}"
        f"<AffiliationInfo>{place}</AffiliationInfo>{draw(SPACE)}</Author>"
    )


@st.composite
def articles(draw: st.DrawFn) -> str:
    """A PubmedArticle in nearly NLM's form: some parts usual, others not."""
    label = draw(attribute("Label", "AIM", "", " a", "x &amp; y"))
    category = draw(attribute("NlmCategory", "METHODS", "NEW"))
    sections = "".join(
        f"{draw(SPACE)}<AbstractText{label}{category}>{draw(TEXT)}</AbstractText>"
        for _ in range(draw(st.integers(0, 2)))
    )
    authors = "".join(draw(st.lists(people(), max_size=3)))
    ids = "".join(
        f'<ArticleId IdType="{draw(st.sampled_from(["doi", "pubmed", "pmc", "tea"]))}">'
        f"{draw(PLAIN)}</ArticleId>"
        for _ in range(draw(st.integers(0, 3)))
    )
    heading = (
        f"<MeshHeading><DescriptorName UI={draw(FLAG)} MajorTopicYN={draw(FLAG)}>"
        f"{draw(PLAIN)}</DescriptorName>{draw(SPACE)}</MeshHeading>"
    )
    date = "".join(draw(elements(name, TEXT)) for name in ("Year", "Month", "Day"))
    return a_record(
        title=draw(elements("ArticleTitle", TEXT)),
        date=date,
        before=draw(SPACE)
        + draw(st.sampled_from(["", "<Abstract>{}</Abstract>"])).format(sections)
        + f'<AuthorList CompleteYN="Y">{authors}</AuthorList>',
        article=draw(elements("VernacularTitle", TEXT)),
        citation=f"<MeshHeadingList>{heading}</MeshHeadingList>"
        f'<KeywordList Owner="NLM"><Keyword MajorTopicYN={draw(FLAG)}>{draw(TEXT)}'
        f"</Keyword></KeywordList>{draw(elements('CoiStatement', TEXT))}",
        data=f"<ArticleIdList>{ids}</ArticleIdList><ReferenceList><Reference>"
        f"{draw(elements('Citation', TEXT))}</Reference></ReferenceList>",
    )


@given(articles())
def test_invented_records_are_read_alike(record: str) -> None:
    raw = record.encode()
    try:
        is_read_alike(ROOT, Piece(b"PubmedArticle", raw, False, 0))
    except NotKept:
        raise AssertionError(f"the fast reading kept {a_set(record)!r}") from None
