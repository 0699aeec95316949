"""The number of people that a study studied, where its text plainly says so.

A number of people is believed by what is said of them: that they were randomised,
or that they were included, or at least that they were treated or completed; of
the best kind that is found the largest, as arms are smaller than the whole. Where
the text has a larger number of people yet, nothing is sure, and there is no size.
Cases and controls that are named together are added up. Those who were screened,
asked or left out, and those of each group or of an earlier study, do not count.

How right it is, against abstracts read by people: docs/ranking.md.
"""

import re

from ownjournal.appraisal.levels import REVIEWS

LARGEST_SIZE = 50_000_000
"""A larger number of people is no sample but a population."""

_PEOPLE = (
    r"(?:patients|participants|subjects|women|men|children|adults|infants|volunteers"
    r"|individuals|persons|people|adolescents|neonates|newborns|pregnancies|students"
    r"|residents|veterans|workers|nurses|physicians|clinicians|cases|smokers|boys"
    r"|girls|mothers|parents|players|athletes|survivors|recipients|inpatients"
    r"|outpatients|respondents|users|preterms|employees|migraineurs|donors)"
)
_DIGITS = r"([0-9]{1,3}(?:[, ][0-9]{3}){1,2}|[0-9]{2,9})"
_QUALIFIED = r"(?:(?!of |in |to |and |with |who |for |per )[\w/+-]+,? ){0,4}?"
# It begins with a space, which is found faster than a digit is.
_COUNTED = re.compile(rf" {_DIGITS} (?=[a-z(]){_QUALIFIED}{_PEOPLE}\b")

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_NUMERAL = f"(?:{'|'.join([*_TENS, *_UNITS[::-1], 'hundred', 'thousand'])})"
_SPELLED = re.compile(
    rf"[.;:] ({_NUMERAL}(?:[ -](?:and )?{_NUMERAL})*) {_QUALIFIED}{_PEOPLE}\b"
)

_RANDOMISED = r"(?:randomi[sz]ed|randomly|assigned|allocated)"
_INCLUDED = (
    r"(?:enrolled|included|recruited|studied|participated|investigated|followed"
    r"|registered|surveyed|examined|selected|entered)"
)
_DONE = (
    r"(?:analy[sz]ed|identified|evaluated|completed|underwent|treated|received"
    r"|responded|assessed|interviewed|reviewed|tested|genotyped|monitored|given"
    r"|administered|ingested)"
)
_GAP = r"(?:[^.;:0-9]|(?<=[a-z-])[0-9])"
"""A letter of what stands between, which may name a "t2d" but no other number."""

_KINDS = (_RANDOMISED, _INCLUDED, _DONE)
_BEFORE = tuple(
    re.compile(rf"\b{kind}(?: a total of| all| the| another)? $") for kind in _KINDS
)
_TOTAL = re.compile(r"\b(?:a total of|in total,?|sample of|totall?ing) $")
_OF_THE_STUDY = re.compile(
    r"\b(?:(?:this|our|present|current|itt)\b[^.;:0-9]{0,40}?\b(?:trial|study|survey"
    r"|cohort|sample|population|analysis)|conducted|performed|carried out|measured"
    r"|studied|comparing)\b[^.;:0-9]{0,60}?"
    r"\b(?:of|in|among|on|with|involving|including|comprising|enrolling) "
    r"(?:the |all )?$"
)
_AFTER = tuple(
    re.compile(
        rf"(?: who)?(?:{_GAP}{{0,80}}?\b(?:were|was|have been|had been))?"
        rf" (?:\w+ly |then |also )?(?:and )?{kind}\b"
    )
    for kind in _KINDS
)
_SUBJECT_AFTER = tuple(
    re.compile(rf"[^.;:]{{0,250}}?\b(?:were|was) (?:\w+ly |then )?{kind}\b")
    for kind in _KINDS
)
_BEFORE_ALL = re.compile(
    r"(?:\b(?:screen\w*|eligible|invited|approached|contacted|previous\w*|earlier"
    r"|remaining|excluded|every|per|than|least|most|aged|after|further|additional)"
    r" (?:\w+ ){0,2}"
    r"|\b(?:groups?|arms?)\b[^.;:0-9]{0,30}|[0-9](?:[;,/]| and| [a-z]+ and) )$"
)
_AFTER_ALL = re.compile(
    r" (?:were|was) (?:screened|eligible|invited|approached|contacted|excluded|needed"
    r"|required|lost|not )|[^.;:0-9]{0,30}?\b(?:each|per|every)\b"
    rf"| and [0-9]+ {_PEOPLE}"
)
_AND_CONTROLS = re.compile(
    rf"[^.;0-9]{{0,90}}?\b(?:and|versus|vs|compared with|or) {_DIGITS}"
    r" [^.;:0-9]{0,60}?\bcontrols?\b"
)
_YEAR = re.compile(r"\b(?:in|since|until|during|from|by|to) (?:19|20)[0-9]{2}$")
_OF_THEM = re.compile(r"\bof (?:the )?$")
_AND_THE_OTHERS = re.compile(r"[^.;:]{0,120}?\b(?:and|versus|vs) [0-9]+ (?!years)")
_STUDIES_BEFORE = re.compile(r"\b(?:trials?|studies|rcts)\b[^.]*$")
_WITH_CONTROLS = frozenset({"case-control", "cross-sectional", "cohort"})

LOOK_BACK = 90  # characters, for what a number is said to be of
A_WORD_BACK = 36  # characters, for the words right before it


def sample_size(text: str, design: str) -> int | None:
    """The number of people studied; None unless the words around it are plain.

    `text` is title and abstract, plain and in lower case.
    """
    read = f". {text}"
    if design in REVIEWS:
        return _of_reviews(read)
    best, surest, most = 0, len(_KINDS), 0
    for written in (_COUNTED, _SPELLED):
        if surest == 0:  # numbers in words seldom say more than this
            break
        for counted in written.finditer(read):
            people = _people(read, counted, design)
            kind = _kind(read, counted) if people else len(_KINDS)
            most = max(most, people)
            if kind < surest or (kind == surest < len(_KINDS) and people > best):
                best, surest = people, kind
    return best if 0 < best == most else None


def _people(text: str, counted: re.Match[str], design: str) -> int:
    """How many these are, with the controls named beside them; 0: not of this study."""
    people = _value(counted[1])
    if people > LARGEST_SIZE or _is_of_others(text, counted):
        return 0
    if design in _WITH_CONTROLS:
        controls = _AND_CONTROLS.match(text, counted.end())
        people += _value(controls[1]) if controls else 0
    return people


def _value(number: str) -> int:
    if number[0].isdigit():
        return int(number.replace(",", "").replace(" ", ""))
    return _spelled(number)


def _spelled(words: str) -> int:
    """ "one hundred and sixty-nine" → 169."""
    total = part = 0
    for word in re.split(r"[ -]", words):
        if word == "hundred":
            part = max(part, 1) * 100
        elif word == "thousand":
            total, part = total + max(part, 1) * 1000, 0
        else:
            part += _VALUES.get(word, 0)
    return total + part


def _kind(text: str, counted: re.Match[str]) -> int:
    """The place in _KINDS of what is said of them; one more where nothing is."""
    start, end = counted.start(1), counted.end()
    back = max(0, start - LOOK_BACK)
    begins = text[start - 2] in ".;:"
    for kind, (before, after) in enumerate(zip(_BEFORE, _AFTER, strict=True)):
        if (
            before.search(text, max(0, start - A_WORD_BACK), start)
            or after.match(text, end)
            or (begins and _SUBJECT_AFTER[kind].match(text, end))
        ):
            return kind if kind < 2 or _is_whole(text, start, end) else len(_KINDS)
    if _TOTAL.search(text, max(0, start - A_WORD_BACK), start):
        return 1
    return 2 if _OF_THE_STUDY.search(text, back, start) else len(_KINDS)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no other number stands beside: "of 90 treated …", "50 and 40 …"."""
    return not (
        _OF_THEM.search(text, max(0, start - 8), start)
        or _AND_THE_OTHERS.match(text, end)
    )


def _is_of_others(text: str, counted: re.Match[str]) -> bool:
    """Whether they were only asked, screened or left out, or were studied before."""
    start = counted.start(1)
    return bool(
        _YEAR.search(text, max(0, start - A_WORD_BACK), counted.end(1))
        or _AFTER_ALL.match(text, counted.end())
        or _BEFORE_ALL.search(text, max(0, start - A_WORD_BACK), start)
    )


def _of_reviews(text: str) -> int | None:
    """The people of all studies; none where several numbers are given for parts."""
    found: dict[int, bool] = {}
    for counted in _COUNTED.finditer(text):
        start = counted.start(1)
        if _STUDIES_BEFORE.search(text, max(0, start - LOOK_BACK), start):
            people = _value(counted[1])
            found[people] = bool(_TOTAL.search(text, max(0, start - LOOK_BACK), start))
    sure = [people for people, total in found.items() if total] or list(found)
    return sure[0] if len(sure) == 1 and 0 < sure[0] <= LARGEST_SIZE else None
