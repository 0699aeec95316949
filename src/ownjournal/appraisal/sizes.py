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
from ownjournal.appraisal.passage import Passage, starts_of

LEAST_SIZE = 5
"""A smaller number of people is more often a part of them."""

LARGEST_SIZE = 50_000_000
"""A larger number of people is no sample but a population."""

_PEOPLE = (
    r"(?:patients|participants|subjects|women|men|children|adults|infants|volunteers"
    r"|individuals|persons|people|adolescents|neonates|newborns|pregnancies|students"
    r"|residents|veterans|workers|nurses|physicians|clinicians|cases|smokers|boys"
    r"|girls|mothers|parents|players|athletes|survivors|recipients|inpatients"
    r"|outpatients|respondents|users|preterms|employees|migraineurs|donors)"
)
_DIGITS = r"([1-9][0-9]{0,8}(?:[, ][0-9]{3}){0,2})"
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
_IN_WORDS = starts_of(
    "|".join([*_TENS, *(each for each in _UNITS if len(each) > 5), "hundred"])
)
"""Starts of words that are in nearly every number in words above ten."""

_NUMERAL = f"(?:{'|'.join([*_TENS, *_UNITS[::-1], 'hundred', 'thousand'])})"
_SPELLED = re.compile(
    rf"[.;:] ({_NUMERAL}(?:[ -](?:and )?{_NUMERAL})*) {_QUALIFIED}{_PEOPLE}\b"
)

_RANDOMISED = r"randomi[sz]ed|randomly|assigned|allocated"
_INCLUDED = (
    r"enrolled|included|recruited|studied|participated|investigated|followed"
    r"|registered|surveyed|examined|selected|entered"
)
_DONE = (
    r"analy[sz]ed|identified|evaluated|completed|underwent|treated|received"
    r"|responded|assessed|interviewed|reviewed|tested|genotyped|monitored|given"
    r"|administered|ingested"
)
_SAID = f"(?:({_RANDOMISED})|({_INCLUDED})|({_DONE}))"
"""What may be said of people; the group that matches is how much it proves."""

RANDOMISED, INCLUDED, DONE, NOTHING = 1, 2, 3, 4

_BEFORE = re.compile(rf"\b{_SAID}(?: a total of| all| the| another)? $")
_TOTAL = re.compile(r"\b(?:a total of|in total,?|sample of|totall?ing) $")
_OF_THE_STUDY = re.compile(
    r"\b(?:(?:this|our|present|current|itt)\b[^.;:0-9]{0,40}?\b(?:trial|study|survey"
    r"|cohort|sample|population|analysis)|conducted|performed|carried out|measured"
    r"|studied|comparing)\b[^.;:0-9]{0,60}?"
    r"\b(?:of|in|among|on|with|involving|including|comprising|enrolling) "
    r"(?:the |all )?$"
)
_SAID_NEXT = re.compile(rf"(?: who)? (?:\w+ly |then |also )?(?:and )?{_SAID}\b")
_VERBS = (" were ", " was ", " been ")
_SAID_THERE = re.compile(rf"(?:\w+ly |then |also )?(?:and )?{_SAID}\b")
_ENDS = re.compile(r"[.;:]|(?<![a-z-])[0-9]")
_SENTENCE_ENDS = re.compile(r"[.;:]")
_BEFORE_ALL = re.compile(
    r"(?:\b(?:screen\w*|eligible|invited|approached|contacted|previous\w*|earlier"
    r"|remaining|excluded|every|per|than|least|most|aged|after|further|additional)"
    r" (?:\w+ ){0,2}"
    r"|\b(?:groups?|arms?)\b[^.;:0-9]{0,30}|[0-9](?:[;,/]| and| [a-z]+ and) )$"
)
_AFTER_ALL = re.compile(
    r" (?:were|was) (?:screened|eligible|invited|approached|contacted|excluded|needed"
    rf"|required|lost|not )| and [0-9]+ {_PEOPLE}"
)
_OF_EACH = re.compile(r" (?:each|per|every)\b")
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
AHEAD, SUBJECT_AHEAD = 100, 260  # characters, for what is said behind it


def sample_size(abstract: Passage, design: str) -> int | None:
    """The number of people studied; None unless the words around it are plain."""
    read = f". {abstract.text}"
    if design in REVIEWS:
        return _of_reviews(read)
    best, surest, most = 0, NOTHING, 0
    for written in (_COUNTED, _SPELLED):
        # What is randomised in digits is seldom said again in words.
        if written is _SPELLED and (
            surest == RANDOMISED or _IN_WORDS.isdisjoint(abstract.starts)
        ):
            break
        for counted in written.finditer(read):
            people = _people(read, counted, design)
            kind = _kind(read, counted) if people else NOTHING
            most = max(most, people)
            if kind < surest or (kind == surest < NOTHING and people > best):
                best, surest = people, kind
    return best if 0 < best == most else None


def _people(text: str, counted: re.Match[str], design: str) -> int:
    """How many these are, with the controls named beside them; 0: not of this study."""
    people = _value(counted[1])
    if not LEAST_SIZE <= people <= LARGEST_SIZE or _is_of_others(text, counted):
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
    """RANDOMISED, INCLUDED or DONE by what is said of them; else NOTHING."""
    start, end = counted.start(1), counted.end()
    before = _BEFORE.search(text, max(0, start - A_WORD_BACK), start)
    said = min(
        int(before.lastindex or NOTHING) if before else NOTHING,
        _said_after(text, end, first=text[start - 2] in ".;:"),
    )
    if said == DONE and not _is_whole(text, start, end):
        return NOTHING
    if said > INCLUDED and _TOTAL.search(text, max(0, start - A_WORD_BACK), start):
        return INCLUDED
    if said == NOTHING and _OF_THE_STUDY.search(text, max(0, start - LOOK_BACK), start):
        return DONE
    return said


def _said_after(text: str, end: int, *, first: bool) -> int:
    """What is said of people behind their noun, in their sentence.

    Of those who are the `first` words of it, up to a long way behind; of others
    nearby, with no other number between.
    """
    found = _SAID_NEXT.match(text, end)
    surest = int(found.lastindex or NOTHING) if found else NOTHING
    limit = end + (SUBJECT_AHEAD if first else AHEAD)
    stop = (_SENTENCE_ENDS if first else _ENDS).search(text, end, limit)
    if stop is not None:
        limit = stop.start()
    for verb in _VERBS:
        place = text.find(verb, end, limit)
        while place >= 0:
            there = place + len(verb)
            found = _SAID_THERE.match(text, there)
            surest = min(surest, int(found.lastindex or NOTHING) if found else NOTHING)
            place = text.find(verb, there - 1, limit)
    return surest


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
        or _OF_EACH.search(text, counted.end(), counted.end() + A_WORD_BACK)
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
