"""What comes in bad, in 42 ways, I01 to I42, as the files in which it comes.

What stands in a file besides what is bad is good, so that a test can see whether
it was taken. The PMIDs of I07 are 700 to 799, and so on.
"""

import gzip
import io
import lzma
import random
import zipfile
from collections.abc import Iterator

from msgspec import Struct

from made.files import deletion, record
from made.records import a_record, a_set

MATH = "http://www.w3.org/1998/Math/MathML"
NOWHERE = "http://127.0.0.1:9/"  # nothing listens there
NIL = "00000000000000000000000000000000"
XML_10 = '<?xml version="1.0" encoding="{}"?>\n'
ENTITIES = (
    '<!DOCTYPE PubmedArticleSet [<!ENTITY a SYSTEM "{}">]>',
    '<!DOCTYPE PubmedArticleSet [<!ENTITY % a SYSTEM "{}"> %a;]>',
)
DTDS = (
    "nlmmedlinecitationset_080101.dtd",
    "pubmed_180101.dtd",
    "pubmed_250101.dtd",
    "pubmed_310101.dtd",
)
DATES = {  # in I37, by what stands in MedlineDate: the year to sort by
    "1998 Dec-1999 Jan": 1998,
    "2000 Spring-Summer": 2000,
    "Summer 1998": 1998,
    "1975-1976": 1975,
    "19th century": None,
    "": None,
}
PARTS = {  # in I38, by Year, Month and Day: what of it can be a date
    ("0", "", ""): (None, None, None),
    ("9999", "", ""): (None, None, None),
    ("2031", "", ""): (2031, None, None),
    ("2026", "13", "4"): (2026, None, None),
    ("2026", "Sep", "31"): (2026, 9, None),
    ("2026", "Sept", "2"): (2026, 9, 2),
    ("2026", " 03 ", ""): (2026, 3, None),
    ("", "Mar", "4"): (None, None, None),
}
TITLES = (  # in I42
    "A =?UTF-8?Q?=0D=0A?=Bcc: eve@evil.test",
    "A \u202etxet desrever\u202c of fever",
    "A zero\u200bwidth fever",
    "A soft\u00adhyphen fever",
    "A fever \U0001f912 with a face",
    "A </title><script>alert(1)</script> fever",
    "A fever of {{7*7}} and {% debug %}",
    '=HYPERLINK("https://evil.test","fever")',
)


class BadInput(Struct, frozen=True):
    """One file; PMIDs in `live` are there afterwards, those in `gone` are not."""

    row: str
    content: bytes  # of a file named .xml.gz
    code: str | None = None  # that it is refused with; None: it is taken
    live: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    set_aside: int = 0  # records
    sidecar: str | None = None  # the checksum file, "{name}" is the file's
    earlier: bytes | None = None  # what was applied under its name before


def packed(*records: str, **parts: str) -> bytes:
    """A whole gzip file of these records."""
    return gzip.compress(a_set(*records, **parts), mtime=0)


def titled(pmid: int, title: str = "Good findings.", **parts: str) -> str:
    """A record with a title in XML; the other parts as `a_record` takes them."""
    return a_record(
        pmid=f'<PMID Version="1">{pmid}</PMID>',
        title=f"<ArticleTitle>{title}</ArticleTitle>",
        **parts,
    )


def bomb(megabytes: int, begins: bytes = b"", members: int = 1) -> bytes:
    """So many megabytes of spaces, a thousandth of that in size, in equal members."""
    spaces = gzip.compress(b" " * (megabytes * 1_000_000 // members), mtime=0)
    return gzip.compress(begins, mtime=0) + spaces * members


def a_zip() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("pubmed26n1334.xml", a_set(titled(900)))
    return archive.getvalue()


def book(pmid: int, title: str) -> str:
    """A BookDocument."""
    return (
        f'<BookDocument><PMID Version="1">{pmid}</PMID><Book>'
        "<Publisher><PublisherName>Merrow Press</PublisherName></Publisher>"
        "<BookTitle>Tea summaries</BookTitle><PubDate><Year>2020</Year></PubDate>"
        f"</Book><ArticleTitle>{title}</ArticleTitle></BookDocument>"
    )


def external(address: str) -> Iterator[bytes]:
    """Files that ask whoever reads them to look at an address (I33)."""
    for declared in ENTITIES:
        yield packed(titled(3300), titled(3301, "&a;"), prolog=declared.format(address))


def doctypes(address: str) -> Iterator[str]:
    """Declarations of NLM's formats of several years, with the DTD there (I34)."""
    yield ""
    for name in DTDS:
        yield f'<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "{address}{name}">'


def _noise(first: int) -> list[str]:
    """Records that do not pack well, so that a file of them has a middle."""
    dice = random.Random(first)
    return [
        titled(first + number, f"Fever {dice.randbytes(60).hex()}.")
        for number in range(20)
    ]


def _transfer() -> Iterator[BadInput]:
    """I01 to I13: what happens to files on their way."""
    yield BadInput("I01", b"", "EMPTY")
    yield BadInput("I01", gzip.compress(b"", mtime=0), "EMPTY")
    whole = packed(*_noise(200))
    yield BadInput("I02", whole[: len(whole) // 2], "GZ_TRUNCATED")
    yield BadInput("I03", packed(titled(300))[:-1], "GZ_TRUNCATED")
    flipped = bytearray(packed(*_noise(400)))
    flipped[len(flipped) // 2] ^= 1
    yield BadInput("I04", bytes(flipped), "GZ_CRC")
    yield BadInput("I05", packed(titled(500)) + b"garbage", "GZ_TRAILING")
    yield BadInput("I06", packed(titled(600)) + bytes(512), live=(600,))
    xml = a_set(titled(700), titled(701))
    halves = [gzip.compress(half, mtime=0) for half in (xml[:700], xml[700:])]
    yield BadInput("I07", b"".join(halves), live=(700, 701))
    page = b"<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head></html>\n"
    yield BadInput("I08", page, "NOT_GZIP")
    yield BadInput("I09", a_zip(), "NOT_GZIP")
    yield BadInput("I09", lzma.compress(a_set(titled(901))), "NOT_GZIP")
    yield BadInput("I10", bomb(200, members=10), "RATIO")
    inside = bomb(200, b"<PubmedArticleSet><PubmedArticle>", members=10)
    yield BadInput("I10", inside, "RATIO")
    other = f"MD5({{name}})= {NIL}\n"
    yield BadInput("I11", packed(titled(1100)), "MD5", sidecar=other)
    yield BadInput("I12", packed(titled(1200)), live=(1200,))
    other = f"MD5(pubmed26n9999.xml.gz)= {NIL}\n"
    yield BadInput("I13", packed(titled(1300)), "MD5_NAME", sidecar=other)


def _order() -> Iterator[BadInput]:
    """I14 to I23: files and records in an order that is odd."""
    right, wrong = packed(titled(1400, "Right.")), packed(titled(1400, "Wrong."))
    yield BadInput("I14", right, live=(1400,), earlier=wrong)
    newer = packed(titled(1600, "Newer."))
    yield BadInput("I16", packed(titled(1600, "Older."), titled(1601)), live=(1601,))
    yield BadInput("I16", newer, live=(1600,), earlier=newer)
    twice = packed(titled(1900, "One."), titled(1900, "Two."))
    yield BadInput("I19", twice, live=(1900,))
    yield BadInput("I20", packed(titled(2000), deletion(2000)), gone=(2000,))
    yield BadInput("I21", packed(titled(2100), deletion(2100)))
    yield BadInput("I21", packed(titled(2100, "Back.")), live=(2100,))
    again = packed(titled(2200, "Again."))
    yield BadInput("I22", packed(deletion(2200)))
    yield BadInput("I22", again, live=(2200,), earlier=again)
    versions = [record(2300, f"Version {n}.", version=n) for n in (1, 2, 3)]
    yield BadInput("I23", packed(*versions, deletion(2300, version=2)), live=(2300,))


def _titles() -> Iterator[BadInput]:
    """I24 to I27: records of which not much is left, or too much is there."""
    nobody = a_record(pmid="", title="<ArticleTitle>Nobody’s fever.</ArticleTitle>")
    yield BadInput("I24", packed(titled(2400), nobody), live=(2400,), set_aside=1)
    vernacular = "<VernacularTitle>Tee in <i>Merrow</i>.</VernacularTitle>"
    yield BadInput("I25", packed(titled(2500, "", article=vernacular)), live=(2500,))
    yield BadInput("I26", packed(titled(2600, "")), live=(2600,))
    nested = "H<i>a<sup>b<sub>c<b>d<u>e</u></b></sub></sup></i> &lt; tail."
    formula = (
        f'<mml:math xmlns:mml="{MATH}"><mml:msup><mml:mi>x</mml:mi>'
        '<mml:mn mathvariant="bold" onclick="alert(1)">2</mml:mn></mml:msup></mml:math>'
    )
    records = packed(titled(2700, nested), titled(2701, formula))
    yield BadInput("I27", records, live=(2700, 2701))


def _xml() -> Iterator[BadInput]:
    """I28 to I36: what XML does not allow, or does not say."""
    good = titled(2800)
    deep = "<i>" * 300 + "x" + "</i>" * 300
    yield BadInput("I28", packed(good, titled(2801, deep)), "XML_DEPTH")
    yield BadInput("I29", packed(good, "\n", titled(2901, "<mml:mi>x</mml:mi>")), "XML")
    for sign in ("\x01", "&#1;", "\0", "\ufffe", "&#xD800;"):
        content = packed(good, "\n", titled(3000, f"a{sign}b"))
        yield BadInput("I30", content, "XML_CHAR")
    for number, (name, codec) in enumerate(
        (("ISO-8859-1", "iso-8859-1"), ("UTF-16", "utf-16"), ("UTF-8", "utf-8-sig"))
    ):
        pmid = 3100 + number
        xml = a_set(titled(pmid, "Ménière’s fever."), prolog=XML_10.format(name))
        text = xml.decode().replace("’", "'").encode(codec)
        yield BadInput("I31", gzip.compress(text, mtime=0), live=(pmid,))
    for name in ("UTF-7", "Merrow-1"):
        prolog = XML_10.format(name)
        yield BadInput("I32", packed(titled(3200), prolog=prolog), "ENCODING")
    for address in (NOWHERE, "file:///etc/hostname"):
        for content in external(address):
            yield BadInput("I33", content, "ENTITY")
    for pmid, prolog in enumerate(doctypes(NOWHERE), start=3400):
        yield BadInput("I34", packed(titled(pmid), prolog=prolog), live=(pmid,))
    new = titled(
        3500,
        attributes='Status="New-Status" Owner="NLM"',
        article="<NewThing2027>new</NewThing2027>",
        citation='<CommentsCorrectionsList><CommentsCorrections RefType="NewLink">'
        "<RefSource>Merrow 1</RefSource></CommentsCorrections>"
        "</CommentsCorrectionsList>",
        data='<History><PubMedPubDate PubStatus="newstep"><Year>2027</Year>'
        "</PubMedPubDate></History>",
    )
    yield BadInput("I35", packed(new), live=(3500,))
    between = f"<PubmedBookArticle>{book(3601, 'Steeping')}</PubmedBookArticle>"
    mixed = packed(titled(3600), between, titled(3602))
    yield BadInput("I36", mixed, live=(3600, 3601, 3602))
    books = packed(book(3603, "Kettles"), root="BookDocumentSet")
    yield BadInput("I36", books, live=(3603,))


def _values() -> Iterator[BadInput]:
    """I37 to I42: values that are odd, too many, or aimed at whoever shows them."""
    words = [f"<MedlineDate>{each}</MedlineDate>" for each in DATES]
    parts = [
        f"<Year>{year}</Year><Month>{month}</Month><Day>{day}</Day>"
        for year, month, day in PARTS
    ]
    for row, dates in (("I37", words), ("I38", parts)):
        pmids = tuple(range(int(row[1:]) * 100, int(row[1:]) * 100 + len(dates)))
        records = (titled(n, date=date) for n, date in zip(pmids, dates, strict=True))
        yield BadInput(row, packed(*records), live=pmids)
    yield BadInput("I39", packed(_many_references(3900)), live=(3900,))
    yield BadInput("I40", packed(_several_dois(4000)), live=(4000,))
    yield BadInput("I41", packed(_many_authors(4100)), live=(4100,))
    pmids = tuple(range(4200, 4200 + len(TITLES)))
    hostile = [
        titled(pmid, title.replace("<", "&lt;"))
        for pmid, title in zip(pmids, TITLES, strict=True)
    ]
    yield BadInput("I42", packed(*hostile), live=pmids)


def _many_references(pmid: int) -> str:
    """As PMID 41136637, whose references gave others their DOIs."""
    ids = "".join(
        f"<Reference><Citation>Work {n}.</Citation><ArticleIdList>"
        f'<ArticleId IdType="doi">10.99999/other.{n}</ArticleId>'
        f'<ArticleId IdType="pubmed">{n}</ArticleId>'
        "</ArticleIdList></Reference>"
        for n in range(1, 445)
    )
    own = f'<ArticleId IdType="pubmed">{pmid}</ArticleId>'
    own += '<ArticleId IdType="doi">10.99999/own</ArticleId>'
    return titled(
        pmid,
        data=f"<ArticleIdList>{own}</ArticleIdList><ReferenceList>{ids}</ReferenceList>",
    )


def _several_dois(pmid: int) -> str:
    """As PMID 24746000, where a pii follows the DOI."""
    ids = [
        ("doi", "N", "10.99999/withdrawn"),
        ("doi", "Y", "10.99999/first"),
        ("pii", "Y", "S0001-2345(26)00001-1"),
        ("doi", "Y", "10.99999/second"),
    ]
    return titled(
        pmid,
        before="".join(
            f'<ELocationID EIdType="{kind}" ValidYN="{valid}">{value}</ELocationID>'
            for kind, valid, value in ids
        ),
    )


def _many_authors(pmid: int) -> str:
    people = [
        f"<LastName>Quark{n}</LastName><Initials>Q</Initials>" for n in range(5_000)
    ]
    people += [
        "<CollectiveName>Merrow Fever Group</CollectiveName>",
        "<LastName>Abimerrow</LastName>",
        "<LastName></LastName><ForeName>Ada</ForeName>",
        *(
            f"<LastName>{name}</LastName>"
            f'<Identifier Source="ORCID">{orcid}</Identifier>'
            for name, orcid in (
                ("Short", "0000-0002-1825-009"),
                ("Letter", "s0000000218250097"),
                ("Right", "https://orcid.org/0000-0002-1825-0097"),
            )
        ),
    ]
    authors = "".join(f'<Author ValidYN="Y">{each}</Author>' for each in people)
    return titled(pmid, before=f'<AuthorList CompleteYN="Y">{authors}</AuthorList>')


BAD_INPUTS = (*_transfer(), *_order(), *_titles(), *_xml(), *_values())
"""In the order in which their files are numbered. I15, I17 and I18 are about
the numbers and the years of files, and have no content of their own."""


def of_row(row: str) -> list[BadInput]:
    found = [each for each in BAD_INPUTS if each.row == row]
    assert found, row
    return found
