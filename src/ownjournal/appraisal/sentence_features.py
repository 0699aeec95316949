"""What the model of sentences looks at, in the sentences of one abstract.

The words of a sentence, alone and in pairs; and, as flags, where it stands, how
long the abstract is, and which cues it and its neighbours hold: words that tell an
aim, a result or a conclusion whatever the study is about. Section labels are left
out: they are what a model is trained on.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

GROUPS = {"flag": 0, "word": 1}
"""Kinds of terms, and their group in `SparseModel`; a term is "kind:words"."""

MOST_SENTENCES = 60
"""Sentences of an abstract that are looked at: its last ones."""

MOST_WORDS = 120
"""Words of a sentence that are looked at; a longer one is a list."""

START = 5
"""Letters by which a cue is known: "sugge" is in suggest and in suggested."""

_CUES = {
    "concludes": "sugge indic demon concl impli imply",
    "deduces": "thus there hence overa taken toget summa colle conse",
    "hedges": "may might could can shoul likel poten",
    "own": "we our",
    "asks": "aim aims aimed objec purpo sough inves exami deter asses evalu wheth",
    "was": "had did",
    "past": "were was",
    "is": "is are has have",
    "measures": "% < > = ci",
    "number": "0",
    "wants": "furth futur need neede warra",
    "finds": "repor show shows shown found find finds revea ident",
    "turns": "howev but altho despi while where",
    "compares": "highe lower incre decre reduc great fewer assoc signi diffe impro",
    "unknown": "unkno uncle littl poorl remai",
}
_CUE = {start: cue for cue, starts in _CUES.items() for start in starts.split()}

_POINTS = frozenset({"these", "our", "this", "present", "current"})
_POINTED_AT = frozenset(
    {"resul", "findi", "data", "obser", "study", "studi", "work", "analy", "exper"}
)

_WORD = re.compile(r"[^\W\d_][\w'-]*|\d[\d.,]*|[%<>=?]")


def terms_of(sentences: Sequence[str]) -> list[list[str]]:
    """The terms of each sentence, in their order; of the first ones too many, none."""
    few = sentences[-MOST_SENTENCES:]
    words = [_words(each) for each in few]
    cues = [_cues(each) for each in words]
    terms = [[*_own(words[n]), *_flags(cues, n)] for n in range(len(few))]
    return [[] for _ in sentences[: len(sentences) - len(few)]] + terms


def _words(sentence: str) -> list[str]:
    """In lower case, every number as 0."""
    found = _WORD.findall(sentence.lower())[:MOST_WORDS]
    return ["0" if each[0].isdigit() else each for each in found]


def _cues(words: Sequence[str]) -> list[str]:
    starts = [each[:START] for each in words]
    cues = {_CUE[each] for each in starts if each in _CUE}
    for word, next_ in zip(words, starts[1:], strict=False):
        if word in _POINTS and next_ in _POINTED_AT:
            cues.add("points")
        elif word == "we" and next_ in _CUE:
            cues.add(f"we {next_}")
        elif word == "here" and next_ == "we":
            cues.add("here")
    return sorted(cues)


def _own(words: Sequence[str]) -> list[str]:
    pairs = [f"word:{one} {two}" for one, two in pairwise(("^", *words, "$"))]
    return [f"word:{each}" for each in words] + pairs


def _flags(cues: Sequence[Sequence[str]], place: int) -> Iterator[str]:
    """Place from both ends and by tenths; cues by thirds, and of the neighbours."""
    count = len(cues)
    left = count - 1 - place
    yield f"flag:first {min(place, 5)}"
    yield f"flag:last {min(left, 6)}"
    yield f"flag:tenth {10 * (2 * place + 1) // (2 * count)}"
    yield f"flag:last {min(left, 4)} of {min(count // 3, 5)}"
    for each in cues[place]:
        yield f"flag:{each}"
        yield f"flag:{each} {3 * place // count}"
    for each in cues[place - 1] if place else ("nothing",):
        yield f"flag:<{each}"
    for each in cues[place + 1] if left else ("nothing",):
        yield f"flag:>{each}"
