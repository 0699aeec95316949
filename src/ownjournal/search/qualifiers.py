"""NLM's subheadings: their names, two letters, and which belong to which.

Facts of https://www.nlm.nih.gov/mesh/subhierarchy.html; the names that NLM no
longer uses are here too, since older records may have them.
"""

from ownjournal.search.analysis import code

_NAMES = """
AA analogs & derivatives, AB abnormalities, AD administration & dosage, AE adverse
effects, AG agonists, AH anatomy & histology, AI antagonists & inhibitors,
AN analysis, BI biosynthesis, BL blood, BS blood supply, CF cerebrospinal fluid,
CH chemistry, CI chemically induced, CL classification, CN congenital,
CO complications, CS chemical synthesis, CT contraindications, CY cytology,
DE drug effects, DF deficiency, DG diagnostic imaging, DH diet therapy,
DI diagnosis, DT drug therapy, DU diagnostic use, EC economics, ED education,
EH ethnology, EM embryology, EN enzymology, EP epidemiology, ES ethics,
ET etiology, GD growth & development, GE genetics, HI history, IM immunology,
IN injuries, IP isolation & purification, IR innervation, IS instrumentation,
LJ legislation & jurisprudence, MA manpower, ME metabolism, MI microbiology,
MO mortality, MT methods, NU nursing, OG organization & administration,
PA pathology, PC prevention & control, PD pharmacology, PH physiology,
PK pharmacokinetics, PO poisoning, PP physiopathology, PS parasitology,
PX psychology, PY pathogenicity, RA radiography, RE radiation effects,
RH rehabilitation, RI radionuclide imaging, RT radiotherapy, SC secondary,
SD supply & distribution, SE secretion, SN statistics & numerical data,
ST standards, SU surgery, TD trends, TH therapy, TM transmission, TO toxicity,
TR transplantation, TU therapeutic use, UL ultrastructure, UR urine,
US ultrasonography, UT utilization, VE veterinary, VI virology
"""
NAMES = {
    letters.lower(): name
    for letters, name in (
        each.split(maxsplit=1) for each in " ".join(_NAMES.split()).split(", ")
    )
}
"""The name of a subheading by its two letters, in small ones."""

_BELOW = {
    "ae": "po to",
    "ah": "bs cy em ir pa ul ab",
    "an": "bl cf ip ur",
    "ch": "ag aa ai cs",
    "co": "sc",
    "cy": "pa ul",
    "di": "dg pa ra ri us",
    "em": "ab",
    "ep": "eh mo",
    "et": "ci co cn em ge im mi ps tm",
    "me": "bi bl cf df en pk ur",
    "mi": "vi",
    "og": "ec lj ma st sd td ut",
    "pd": "ad ae ag ai ct du pk",
    "ph": "ge gd im me pp se",
    "sn": "ep sd ut",
    "su": "tr",
    "th": "dh dt nu pc rt rh su",
    "tu": "ad ae ct",
}
_NOT_BELOW = {"et": "ab", "tu": "to"}
"""NLM lists a branch without some of what it has elsewhere."""


def _letters(name: str) -> str:
    return code(name.replace("&", "and"))


_BY_NAME = {_letters(name): letters for letters, name in NAMES.items()} | {
    letters: letters for letters in NAMES
}


def qualifier(name: str) -> str | None:
    """The two letters of a subheading by its name or by these; None: there is none."""
    return _BY_NAME.get(_letters(name))


def narrower(letters: str) -> frozenset[str]:
    """A subheading and all that NLM counts with it, by two letters."""
    found = {letters}
    waiting = [letters]
    while waiting:
        below = set(_BELOW.get(waiting.pop(), "").split()) - found
        found |= below
        waiting += below
    return frozenset(found) - set(_NOT_BELOW.get(letters, "").split())
