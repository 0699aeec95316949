"""Invented documents, small enough to read and odd enough to matter."""

import random
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from ownjournal.search.document import DATED, Document

PLAIN = Document(
    pmid=99_000_001,
    title=("Velotrine for fever",),
    texts=("We gave velotrine to people with fever.",),
    names=(),
    addresses=(),
    codes=("la:eng", "design:rct"),
    published_on=(date(2025, 3, 1),),
    sorted_on=date(2025, 3, 1),
    retracted=False,
)

VOCABULARY = (
    "fever fevers velotrine IL-6 IL6 IL 6 TNF-α TNFalpha β-blocker tumour tumors of "
    "the and treated treating artery arteries COVID-19 COVID19 p53 naïve crohn's "
    "Lower Merrow 10 1987 not-or"
)
WORDS = VOCABULARY.split()
PEOPLE = (
    "1au:okonfold=ta",
    "1au:okonfold",
    "lastau:de_la_merrow=o",
    "fau:okonfold=theresa_ann",
    "fau:okonfold=theresa",
    "fau:de_la_merrow=okonfold",
    "ir:okonfold=t",
    "fir:merrow=okonfold_t",
    "ps:merrow",
    "auid:0000000218250097",
    "cn:merrow_group",
)
AUTHORS = (
    *("au:okonfold", "au:okonfold_t", "au:de_la_merrow", "au:o_t"),
    *("an:okonfold_t", "an:okonfold_ta"),
)
HEADINGS = (
    *("mh:fever", "mh:d005334", "majr:fever", "mh:artery_merrow", "pt:d016449"),
    *("mh:d005334/dt", "majr:d005334/dt", "sh:dt", "nm:velotrine", "rn:1.1.1.1"),
)
NUMBERS = (
    *("si:nct99999999", "si:isrctn", "cites:99000003", "link:99000003"),
    *("vi:12", "ip:3", "pg:101", "ta:9999_0001", "gr:r01_99", "isbn:9780306406157"),
    *("sb:hasabstract", "sb:medline", "owner:nlm", "pl:merrow", "aid:10.99999/a.1"),
)


def a_document(pmid: int = PLAIN.pmid, **changes: Any) -> Document:
    return replace(PLAIN, pmid=pmid, **changes)


def documents(count: int, seed: int = 1) -> list[Document]:
    """Documents of few words, so that most queries find some and miss some."""
    chance = random.Random(seed)
    return [_drawn(chance, 99_000_001 + number) for number in range(count)]


def _drawn(chance: random.Random, pmid: int) -> Document:
    def text(longest: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, longest)))

    day = date(2015, 1, 1) + timedelta(days=chance.randrange(4_000))
    return Document(
        pmid=pmid,
        title=(text(5),) if chance.random() < 0.9 else (),
        texts=tuple(text(9) for _ in range(chance.randrange(4))),
        names=tuple(text(2) for _ in range(chance.randrange(3))),
        addresses=tuple(text(4) for _ in range(chance.randrange(2))),
        codes=(
            *chance.sample(AUTHORS, chance.randrange(3)),
            *chance.sample(PEOPLE, chance.randrange(3)),
            *chance.sample(HEADINGS, chance.randrange(4)),
            *chance.sample(NUMBERS, chance.randrange(3)),
            f"level:{chance.randint(1, 5)}",
            chance.choice(("la:eng", "la:ger")),
        ),
        published_on=(day, day + timedelta(days=90)) if chance.random() < 0.9 else (),
        sorted_on=day if chance.random() < 0.9 else None,
        retracted=chance.random() < 0.1,
        keywords=tuple(text(3) for _ in range(chance.randrange(3))),
        vernacular=(text(4),) if chance.random() < 0.2 else (),
        interests=(text(6),) if chance.random() < 0.3 else (),
        dated=tuple(
            (tag, day + timedelta(days=chance.randrange(400)))
            for tag in chance.sample(DATED, chance.randrange(4))
        ),
    )
