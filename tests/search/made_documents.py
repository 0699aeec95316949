"""Invented documents, small enough to read and odd enough to matter."""

import random
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from ownjournal.search.document import Document

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
AUTHORS = ("au:okonfold", "au:okonfold_t", "au:de_la_merrow", "au:o_t")
HEADINGS = ("mh:fever", "mh:d005334", "majr:fever", "mh:artery_merrow", "pt:d016449")
NUMBERS = ("si:nct99999999", "si:isrctn", "cites:99000003", "link:99000003")


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
            *chance.sample(HEADINGS, chance.randrange(3)),
            *chance.sample(NUMBERS, chance.randrange(2)),
            f"level:{chance.randint(1, 5)}",
            chance.choice(("la:eng", "la:ger")),
        ),
        published_on=(day, day + timedelta(days=90)) if chance.random() < 0.9 else (),
        sorted_on=day if chance.random() < 0.9 else None,
        retracted=chance.random() < 0.1,
    )
