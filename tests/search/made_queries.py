"""Hypothesis strategies for query trees and for texts of queries."""

from hypothesis import strategies as st

from ownjournal.search import filters
from ownjournal.search.analysis import words
from ownjournal.search.atoms import (
    A_PAIR,
    MOST_ARRANGED,
    STOP_WORDS,
    arrangements,
)
from ownjournal.search.document import DATED
from ownjournal.search.query import (
    NEARNESS,
    OF_A_READER,
    OPERATORS,
    PLAIN_WORD,
    All,
    And,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from ownjournal.search.query import leaves as leaves_of
from search.made_documents import WORDS

FIELDS_OF_WORDS = st.sampled_from(
    [None, "ti", "tiab", "ad", "tw", "all", "ot", "tt", "cois"]
)
FACTS = (
    ("au", "okonfold"),
    ("au", "Okonfold T"),
    ("au:noexp", "Okonfold T"),
    ("au", "de la Merrow"),
    ("mh", "Fever"),
    ("mh", "D005334"),
    ("majr", "fever"),
    ("la", "german"),
    ("pt", "D016449"),
    ("pmid", "99000003"),
    ("1au", "okonfold ta"),
    ("1au", "Okonfold T"),
    ("lastau", "de la merrow"),
    ("fau", "theresa okonfold"),
    ("fau", "Okonfold, Theresa Ann"),
    ("au", "theresa ann okonfold"),
    ("ir", "okonfold"),
    ("fir", "okonfold t merrow"),
    ("ps", "merrow"),
    ("auid", "0000-0002-1825-0097"),
    ("cn", "Merrow Group"),
    ("mh:noexp", "Fever"),
    ("majr:noexp", "D005334/dt"),
    ("mh", "D005334/drug therapy"),
    ("sh", "drug therapy"),
    ("sh:noexp", "DT"),
    ("nm", "velotrine"),
    ("rn", "EC 1.1.1.1"),
    ("vi", "12"),
    ("ip", "3"),
    ("pg", "101-9"),
    ("is", "9999-0001"),
    ("jid", "9999 0001"),
    ("gr", "R01-99"),
    ("isbn", "978-0-306-40615-7"),
    ("sb", "has abstract"),
    ("sb", "medline"),
    ("owner", "NLM"),
    ("pl", "Merrow"),
    ("lid", "10.99999/a.1"),
    ("aid", "doi:10.99999/A.1"),
    ("level", "2"),
    ("si", "NCT99999999"),
    ("cites", "99000003"),
    ("link", "99000003"),
)

_words = st.sampled_from(
    [
        word
        for word in WORDS
        if PLAIN_WORD.fullmatch(word)
        and word.upper() not in OPERATORS
        and word not in STOP_WORDS
    ]
)
_dates = st.sampled_from(["2016", "2018/02", "2019/06/04", "2021/12", "2024"])


def _phrase(least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


def _range(field: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Query]:
    ends = st.tuples(st.none() | values, st.none() | values)
    return ends.filter(any).map(lambda pair: Range(*sorted_ends(pair), field))


def sorted_ends(pair: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
    low, high = pair
    return (high, low) if low and high and high < low else (low, high)


def _begun(text: str) -> bool:
    return len(words(text)[-1]) > 2


_near = st.sampled_from([(2, 9), (3, 4), (4, 1)]).flatmap(
    lambda bounds: st.builds(
        Near,
        st.permutations(["fever", "velotrine", "the", "of"]).map(
            lambda drawn: " ".join(drawn[: bounds[0]])
        ),
        st.integers(0, bounds[1]),
        st.sampled_from(NEARNESS),
    )
)

leaves: st.SearchStrategy[Query] = st.one_of(
    st.just(All()),
    st.builds(Term, _words, FIELDS_OF_WORDS),
    st.sampled_from(FACTS).map(lambda fact: Term(fact[1], fact[0])),
    st.builds(Phrase, _phrase(1, 3), FIELDS_OF_WORDS),
    st.builds(Prefix, _words.filter(_begun), FIELDS_OF_WORDS),
    st.builds(Prefix, _phrase(1, 2).filter(_begun), FIELDS_OF_WORDS),
    _near,
    *(_range(tag, _dates) for tag in ("dp", *DATED)),
    _range("level", st.sampled_from("12345")),
)


def _joined(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return several.map(And) | several.map(Or) | st.builds(Not, parts, parts)


trees: st.SearchStrategy[Query] = st.recursive(leaves, _joined, max_leaves=6)

meant: st.SearchStrategy[Query] = st.one_of(
    st.sampled_from(sorted(filters.QUERIES)).map(lambda name: Term(name, "sb")),
    st.builds(
        lambda count, unit, tag: Term(f"last {count} {unit}", tag),
        st.integers(0, 9999),
        st.sampled_from(["day", "days", "weeks", "months", "years"]),
        st.sampled_from(["dp", *DATED]),
    ),
    st.builds(
        Term,
        st.sampled_from(["note", "saved", "me", "my list", "AND", "a*b", "x:y"]),
        st.sampled_from(OF_A_READER),
    ),
)
"""Leaves that no index answers, which `explosion` puts others in place of."""


def _readable(tree: Query) -> bool:
    """A text with more words near each other is not read whole."""
    near = [each for each in leaves_of(tree) if isinstance(each, Near)]
    words_of = [(len(words(each.text)), each.distance) for each in near]
    return (
        sum(
            arrangements(count, distance) if count > 2 else A_PAIR
            for count, distance in words_of
        )
        <= MOST_ARRANGED
    )


printable = st.recursive(leaves | meant, _joined, max_leaves=6).filter(_readable)

hostile = st.text(
    alphabet=st.sampled_from('()[]"“”*:/~,.-\x00\u202e\n abAND') | st.characters()
) | st.lists(
    st.sampled_from(
        ["AND", "OR", "NOT", "or", "(", ")", '"', "[ti]", "[dp]", "[zz]", "2019", ":"]
        + [
            "has:note",
            'in:"a b"',
            "sent:",
            "last 30 days",
            "[edat]",
            "[mh:noexp]",
            "/dt",
        ]
        + ["fever", "*", "a*", "fev*", "[tiab:~3]", "10.1000/a(b)", "12345678", "or"]
    )
).map(" ".join)

EVERY_FORM = [
    "fever",
    "fevers",
    "IL-6",
    "IL 6",
    "TNF-alpha",
    "tnfalpha",
    "tumor[tiab]",
    "fever[ti]",
    "Lower[ad]",
    '"lower merrow"[ad]',
    '"of the"',
    '"lower merrow"[ti]',
    '"IL6 treated"',
    "arter*",
    "COVID-1*",
    '"the arter*"',
    "merr*[ad]",
    "fev*[tiab] OR arter* OR merrow* OR tum*[tiab] OR veloti*[tiab] OR IL-6*[tiab]",
    " OR ".join(f"{a}{b}*[ti]" for a in ("fe", "tr", "tu") for b in "aeioruv"),
    '"fever velotrine"[tiab:~2]',
    '"the fever"[ti:~1]',
    "okonfold[au]",
    "okonfold t[au]",
    '"okonfold t"[au]',
    "okon*[au]",
    "fever[mh]",
    "D005334[mh]",
    "fever[majr]",
    "D016449[pt]",
    "english[la]",
    "ger[la]",
    "99000007[pmid]",
    "99000007[pmid] OR 99000009[pmid]",
    "NCT99999999[si]",
    "JPRN-NCT99999999[si]",
    "nct9999*[si]",
    "fever[tw]",
    "fever[all]",
    "lower[all]",
    '"IL 6"[ot]',
    "tum*[ot]",
    "naive[tt]",
    "treated[cois]",
    '"fever merrow"[ad:~2]',
    '"fever velotrine the"[tiab:~4]',
    '"fever velotrine the of"[tiab:~1]',
    "okonfold[1au]",
    '"okonfold t"[1au]',
    '"okonfold ta"[1au]',
    '"okonfold b"[1au]',
    "okon*[1au]",
    "merrow[lastau]",
    '"de la merrow"[lastau]',
    '"theresa okonfold"[fau]',
    '"okonfold theresa"[fau]',
    '"okonfold theresa a*"[fau]',
    "okonfold[fau]",
    '"theresa okonfold"[au]',
    '"okonfold de la merrow"[au]',
    "0000-0002-1825-0097[auid]",
    '"merrow group"[cn]',
    "d005334/dt[mh]",
    "d005334/dt[majr:noexp]",
    '"drug therapy"[sh]',
    "velotrine[nm]",
    "1.1.1.1[rn]",
    "12[vi] AND 3[ip]",
    "101-109[pg]",
    "9999-0001[is] OR 12[vi]",
    "medline[sb]",
    "2018[edat]",
    "2018/06:2019/02/15[lr]",
    "2018[ppdat] OR 2019[ppdat] OR 2016:2018/05[ppdat] OR 2017[epdat]",
    "2020:2018[dp]",
    "2016[edat] OR 2016/12/20:2017/01[edat] OR 2020[edat]",
    " OR ".join([*(f"{n}[pmid]" for n in range(99000001, 99000031)), "fever[mh]"]),
    " OR ".join([*(f"d{n}[mh]" for n in range(5320, 5340)), "d005334[mh]", "arter*"]),
    "99000003[cites]",
    "99000003[link] NOT 99000003[cites]",
    "2018[dp]",
    "2018/06:2019/02/15[dp]",
    "2016/11/09:2019/02/15[dp]",
    "fever AND 2016/11/09:2019/02/15[dp]",
    "fever AND 2016[dp]",
    "fever AND 2016:2017/02[dp]",
    "fever AND 1900:1910[dp]",
    "fever AND 1990:2017[dp]",
    "fever AND 2018/06[dp]",
    "2020:[dp]",
    ":2017[dp]",
    "1:2[level]",
    "4:[level]",
    "all[sb]",
    "fever AND tumour",
    "fever OR tumour",
    "fever NOT tumour",
    "NOT fever",
    "(fever OR tumour) AND (treated NOT 2018[dp]) AND english[la]",
    "fever AND (tumour OR (artery NOT (velotrine AND (p53 OR 1987))))",
    "nothingatall",
    "nothingatall*",
    "nothingatall NOT fever",
]
"""Queries of every kind, small enough to be asked one by one."""
