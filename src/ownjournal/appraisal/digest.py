"""Digest: the few sentences of an abstract that a busy reader needs.

Always the authors' own sentences, word for word. Of a structured abstract: the
aim, the main result with its numbers and the conclusion, each from its section.
Of one without sections: the opening, and the sentence that is most likely the
conclusion; with a model of sentences the aim, the result and the conclusion, as far
as it is sure. One part for each role, of one sentence or of two that go together.
Nothing is made up or shortened, and what cannot be told apart is left out.

A registration number ("Trial registration: …") is a fact of its own and never
taken for a conclusion, although it often stands last.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from ownjournal.appraisal.model import SparseModel
from ownjournal.appraisal.sentence_features import terms_of
from ownjournal.appraisal.sentences import sentences_of
from ownjournal.pubmed.article import Article, Section
from ownjournal.pubmed.markup import plain

LONGEST_READ = 20_000
"""Characters of an abstract that are looked at; a longer one is no abstract."""


class DigestPart(Struct, frozen=True):
    """One or two sentences and the part they play."""

    role: str  # "aim", "result", "conclusion"; without sections "opening", "closing"
    text: str  # plain; verbatim, two sentences with a space between them


Text = tuple[str | None, str]
"""Role of a section (None: no part in the digest) and its plain text."""

_BY_CATEGORY = {
    "OBJECTIVE": "aim",
    "RESULTS": "result",
    "CONCLUSIONS": "conclusion",
    "BACKGROUND": "background",
    "METHODS": None,
}

_BY_LABEL = (
    ("conclusion", re.compile(r"conclusion|interpretation")),
    ("result", re.compile(r"result|finding|^outcomes?$")),
    ("discussion", re.compile(r"implication|discussion|summary")),
    ("aim", re.compile(r"\b(?:aims?|objectives?|purpose|question|goals?)\b")),
    ("background", re.compile(r"background|introduction|context|importance|rationale")),
)
"""For sections that NLM has not put into a category."""

_NO_TEXT = re.compile(
    r"regist|fund|sponsor|copyright|keyword|key word|disclos|conflict|level of evidence"
    r"|doi|abbreviation|graphic|limitation|supplementary"
)
"""Labels of sections that say nothing of the study, whatever their category."""

_REGISTRATION = re.compile(
    r"\b(?:trial|clinical trials?|study|systematic review) regist"
    r"|\bregist(?:ration|ered|ry)\b[^.]{0,60}\b(?:number|identifier|no\.|nct\d|prospero"
    r"|isrctn|clinicaltrials)|\bclinicaltrials\.gov\b|\bNCT\d{8}\b|\bISRCTN ?\d{6,8}\b"
    r"|\bPROSPERO\b|\bCRD4\d{9,}|^(?:funding|funded by|supported by)\b|\bcopyright\b|©"
    r"|\bspecial issue\b|\b(?:is|are) (?:freely |publicly )?available\b"
    r"|;\s*\d+(?:\(\d+\))?[:;]\s*\d+-\d+",
    re.I,
)

_ADDRESS = re.compile(r"\bhttps?://")
"""In running text, a last sentence with one says where something can be had."""

_AIM = re.compile(
    r"\b(?:we|this (?:study|trial|review|article|paper)|the (?:present|current) study)"
    r" (?:\w+ )?(?:aim|sought|set out|examin|investigat|evaluat|assess|compar|test"
    r"|determin|explor|describ)|\b(?:aim|purpose|objective|goal) (?:of|was|is)\b"
    r"|^to (?:assess|determine|evaluate|compare|examine|investigate|describe|test)",
    re.I,
)

_SECONDARY = re.compile(
    r"\bsecond(?:ary)? (?:aim|objective|purpose|goal)|^(?:secondly|thirdly|finally)\b"
    r"|\bwe also\b",
    re.I,
)

_CONCLUDES = re.compile(
    r"^(?:in (?:conclusion|summary)|we (?:therefore )?conclude|conclusions?"
    r"|to conclude)\b",
    re.I,
)

_CONTINUES = re.compile(
    r"^(?:however|these|this|but|nevertheless|moreover|furthermore|also|they|such)\b",
    re.I,
)

_LEANS = re.compile(
    _CONTINUES.pattern + r"|^(?:conversely|additionally|in addition|(?:in|by) contrast)"
    r"\b|^\(",
    re.I,
)
"""A result that cannot be shown without the one before it."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MEASURE = re.compile(
    r"\b(?:CI|confidence interval|hazard ratio|HR|odds ratio|OR|relative risk"
    r"|risk ratio|RR|mean difference|risk difference|median)\b|%"
)
_FOUND = re.compile(
    r"\b(?:differ(?:ed|s|ence)?|differences|higher|lower|greater|fewer|similar|better"
    r"|worse|(?:reduc|increas|decreas|improv)(?:e[ds]?|ing)|fell|rose|associated|occurred"
    r"|versus|vs|compared with|respectively|significant(?:ly)?|adjust(?:ed|ment))\b"
    r"|\bp ?[<=>\u2264]",
    re.I,
)
"""How results are told."""

_PRIMARY = re.compile(
    r"\bprimary (?:[\w-]+ ){0,3}(?:outcomes?|end-? ?points?|measures?)\b", re.I
)

_DEFINES = re.compile(
    r"^(?:the |our |a )?(?:[\w-]+,? (?:and )?){0,3}(?:outcomes?|end-? ?points?)"
    r"(?: (?:measures?|variables?|of interest|of (?:the|this) (?:study|trial)))?"
    r"(?: \([^)]*\))?(?: ?:| (?:was|were|is|are|included|comprised)\b)"
    r"(?! (?:[\w-]+ly |not |also )*(?:lower|higher|similar|met|achieved|observed"
    r"|reached|seen|reported|recorded|different|reduced|improved|increased|decreased"
    r"|greater|better|worse|found|noted|comparable|equivalent|in favou?r"
    r"|(?:in )?\d[\d.,]*(?:%| )))",
    re.I,
)
"""A sentence that says what an outcome was, unless it goes on with a result."""

_TOLD = re.compile(
    r"\bCI\b|confidence interval|\b[Pp] ?[<=>\u2264]|\d ?%?\)? (?:of|vs\.?|versus) ?\d"
    r"|\b(?:occurred|respectively)\b"
)


def digest(
    article: Article, model: SparseModel | None = None
) -> tuple[DigestPart, ...]:
    """The digest of an article's abstract; empty where there is no abstract.

    model   of sentences (`sentence_teaching`), for abstracts without sections
    """
    if article.abstract is None:
        return ()
    texts = [_read(each) for each in article.abstract.sections]
    structured = _of_sections(texts)
    if structured:
        return structured
    sentences = [each for _, text in texts for each in sentences_of(text)]
    by_model = () if model is None else _by_model(sentences, model)
    return by_model or _of_running_text(sentences)


def labelled_sentences(article: Article) -> list[tuple[str | None, str]]:
    """The sentences of an abstract with the roles of their sections, in order.

    A sentence of the background that states the aim has that role.
    """
    sections = article.abstract.sections if article.abstract else ()
    return [
        ("aim" if role == "background" and _states_aim(each) else role, each)
        for role, text in map(_read, sections)
        for each in sentences_of(text)
        if not _REGISTRATION.search(each)
    ]


def _read(section: Section) -> Text:
    """The role of a section: by its category, else by its label."""
    text = plain(section.text)[:LONGEST_READ]
    label = (section.label or "").lower()
    if _NO_TEXT.search(label):
        return None, ""
    category = section.category or "UNASSIGNED"
    if category == "CONCLUSIONS" and "discussion" in label:
        return "discussion", text
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category], text
    for role, pattern in _BY_LABEL:
        if pattern.search(label):
            return role, text
    return None, text


def _of_sections(texts: Sequence[Text]) -> tuple[DigestPart, ...]:
    """Aim, result and conclusion; nothing unless one of the last two is there."""
    results = _sentences(texts, "result")
    conclusions = _sentences(texts, "conclusion") or _sentences(texts, "discussion")
    if not results and not conclusions:
        return ()
    found = {
        "aim": _aim(texts),
        "result": _main_result(results),
        "conclusion": _begun(conclusions),
    }
    return tuple(
        DigestPart(role, " ".join(sentences))
        for role, sentences in found.items()
        if sentences
    )


def _sentences(texts: Sequence[Text], wanted: str) -> list[str]:
    """The sentences of all sections of a role, registrations left out."""
    return [
        each
        for role, text in texts
        if role == wanted
        for each in sentences_of(text)
        if not _REGISTRATION.search(each)
    ]


def _aim(texts: Sequence[Text]) -> list[str]:
    """The first sentence that states it, or of its section, or the background's."""
    aims = _sentences(texts, "aim")
    if aims:
        return ([each for each in aims if _states_aim(each)] or aims)[:1]
    return [each for each in _sentences(texts, "background") if _states_aim(each)][-1:]


def _states_aim(sentence: str) -> bool:
    """And not a secondary one, which follows the main one."""
    return bool(_AIM.search(sentence)) and not _SECONDARY.search(sentence)


def _main_result(sentences: Sequence[str]) -> list[str]:
    """The sentence most like the main result; none that only names an outcome."""
    told = [each for each in sentences if not _only_defines(each)]
    return [max(told, key=_result_weight)] if told else []


def _only_defines(sentence: str) -> bool:
    """ "The primary outcome was death at one year." """
    return bool(_DEFINES.search(sentence)) and not _TOLD.search(sentence)


def _result_weight(sentence: str) -> float:
    """How much a sentence looks like the main result; of equals the first wins."""
    measures = min(len(_MEASURE.findall(sentence)), 4)
    numbers = min(len(_NUMBER.findall(sentence)), 6)
    found = bool(_FOUND.search(sentence))
    primary = bool(_PRIMARY.search(sentence))
    leans = bool(_LEANS.search(sentence))
    return measures + 0.3 * numbers + 2.0 * found + 8.0 * primary - 4.0 * leans


def _begun(sentences: Sequence[str]) -> list[str]:
    """The first sentence, and the second where it takes the first back or on."""
    if len(sentences) > 1 and _CONTINUES.search(sentences[1]):
        return list(sentences[:2])
    return list(sentences[:1])


def _of_running_text(sentences: Sequence[str]) -> tuple[DigestPart, ...]:
    if not sentences:
        return ()
    closing = conclusion_of(sentences)
    told = [n for n, each in enumerate(sentences) if _states_aim(each)]
    aims = [n for n in told if n != closing]
    opening = (
        DigestPart("aim", sentences[aims[0]])
        if aims
        else DigestPart("opening", sentences[0])
    )
    if closing is None or sentences[closing] == opening.text:
        return (opening,)
    return opening, DigestPart("closing", sentences[closing])


def _is_of_record(sentence: str) -> bool:
    """Says where the study or its data are kept, not what was found."""
    return bool(_REGISTRATION.search(sentence) or _ADDRESS.search(sentence))


def _by_model(sentences: Sequence[str], model: SparseModel) -> tuple[DigestPart, ...]:
    """What stands in the order aim, result, conclusion; () without a sure last."""
    own = [each for each in sentences if not _is_of_record(each)]
    sure = _sure(own, model)
    if len(own) < 2 or not sure["conclusion"]:
        return ()
    last = max(sure["conclusion"], key=sure["conclusion"].__getitem__)
    results = [n for n in sure["result"] if n < last and not _only_defines(own[n])]
    main = max(results, key=lambda n: _result_weight(own[n]), default=last)
    aims = {n: chance for n, chance in sure["aim"].items() if n < main}
    first = max(aims, key=aims.__getitem__, default=0)
    found = {first: "aim" if aims else "opening", main: "result", last: "conclusion"}
    return tuple(DigestPart(found[n], own[n]) for n in sorted(found))


def _sure(sentences: Sequence[str], model: SparseModel) -> dict[str, dict[int, float]]:
    """For each role the sentences that the model believes to play it, and how much."""
    sure: dict[str, dict[int, float]] = {"aim": {}, "result": {}, "conclusion": {}}
    chances = model.probabilities(terms_of(sentences))
    for role, of_role, least in zip(
        model.classes, chances.T.tolist(), model.thresholds.tolist(), strict=True
    ):
        if role in sure:
            sure[role] = {n: each for n, each in enumerate(of_role) if each >= least}
    return sure


def conclusion_of(sentences: Sequence[str]) -> int | None:
    """Which sentence of running text is most likely the conclusion.

    The last that calls itself one, else the last that says something of the
    study; None for a single sentence. On expert labels this is right in 95 of
    100 abstracts; cues and calls for further studies made it worse
    (docs/ranking.md).
    """
    own = [n for n, each in enumerate(sentences) if not _is_of_record(each)]
    if len(own) < 2:
        return None
    told = [n for n in own if _CONCLUDES.search(sentences[n])]
    return (told or own)[-1]
