"""People, animals or a laboratory bench: what a study was done with."""

import re

from ownjournal.appraisal.passage import START, starts_of
from ownjournal.appraisal.reading import Reading
from ownjournal.appraisal.rule import anchored, in_order
from ownjournal.appraisal.title_rules import ANIMALS, PEOPLE

HUMANS, ANIMALS_HEADING = "D006801", "D000818"
"""MeSH check tags: Humans, Animals."""

_ANIMALS = re.compile(ANIMALS)
_PEOPLE = re.compile(PEOPLE)

_PEOPLE_WORDS = frozenset(
    b"""patient patients participant participants woman women man men child children
    volunteers adults infant infants subjects person persons individual
    individuals people adolescents students nurses physicians clinicians clinical
    health healthcare caregivers pregnant neonates""".split()
)

_ANIMAL_WORDS = frozenset(
    b"""rats rat mice mouse murine rabbit rabbits pigs piglets swine porcine zebrafish
    dogs canine cats sheep goats macaques monkeys hamsters drosophila elegans
    chickens broiler broilers cattle cows calves horses larvae wistar sprague
    xenopus ferrets hens lambs ducks ducklings quails""".split()
)

_BENCH_STARTS = starts_of(
    "vitro|cells |transfect|western|mrna |protein|receptor|binding|phosphorylat|enzyme"
    "|molecul|mutant|strain|synthesi|nanoparticle|crystal|spectr|polymer|gene |genes"
    "|dna |rna |coli |temperature|species|plants|soil |sequence|genom|membrane|kinase"
    "|catalys|peptide|ligand"
)

_IN_A_LABORATORY = in_order(
    anchored(
        "bench",
        "vitro",
        r"vitro\b(?! fertili| maturation)",
        before=r"\b(?:in|ex)[ -]",
    ),
    anchored(
        "bench",
        "cultured|cell line|cell culture",
        r"cultured (?:[\w-]+ ){0,3}?cells\b|cell (?:lines?|cultures?)\b",
    ),
)

LABORATORY_HEADINGS = frozenset(
    {
        "D002478",  # Cells, Cultured
        "D002460",  # Cell Line
        "D045744",  # Cell Line, Tumor
        "D066298",  # In Vitro Techniques
    }
)
"""Beside these, Humans is said of human cells too."""

ENOUGH = 3
"""Beginnings of laboratory words; one less where the place is named."""


_MACHINE_STARTS = starts_of(
    "algorithm|dataset|datasets|database|classifier|simulation|simulations"
    "|computational"
    "|annotation|ontology|software|prototype|spectra|polymorphic|hydrogen|diffraction"
    "|oxide|oxidation|bacteria|bacterial|plasmid|chromosome|exon |mutation|mutations"
)

STRONG = 5
"""Beginnings of laboratory words that outweigh a patient who is named beside them."""


def of_people(read: Reading) -> bool:
    """Whether the abstract speaks of people at all."""
    return not _PEOPLE_WORDS.isdisjoint(read.abstract.words)


def any_bench(read: Reading) -> str | None:
    """Words of a laboratory or of computing, where nothing else was found.

    Of a text that never speaks of people two are enough; else it takes STRONG.
    """
    if _is_of_humans(read):
        return None
    found = (_BENCH_STARTS | _MACHINE_STARTS) & read.abstract.starts
    if len(found) < (STRONG if of_people(read) else ENOUGH - 1):
        return None
    shown = [word.decode() for word in read.abstract.words if word[:START] in found]
    return ", ".join(list(dict.fromkeys(shown))[:ENOUGH])


def animal_words(read: Reading) -> tuple[str, str] | None:
    """Where and by what words an article is about animals: ("title", "rats").

    MeSH decides where it says Animals or Humans; else the title; else the
    abstract, if it speaks of animals and never of people.
    """
    if HUMANS in read.mesh:
        return None
    if ANIMALS_HEADING in read.mesh:
        return "mesh", "animals"
    match = _ANIMALS.search(read.title.text)
    if match and not _PEOPLE.search(read.title.text):
        return "title", match.group()
    if _ANIMAL_WORDS.isdisjoint(read.abstract.words) or of_people(read):
        return None
    words = read.abstract.words
    return "abstract", next(w for w in words if w in _ANIMAL_WORDS).decode()


_ALIVE = in_order(
    anchored(
        "animal",
        "animals|rats |mice |rabbits|dogs |pigs |sheep|monkeys|chickens|larvae|calves"
        "|cows ",
        r"(?:animals|rats|mice|rabbits|dogs|pigs|sheep|monkeys|chickens|larvae|calves"
        r"|cows) (?:were|received|treated|fed|given|exposed|lacking|with)\b",
    ),
    anchored("animal", "mg/kg|mg kg|intraperit", r"\w+"),
    anchored("animal", "vivo ", r"vivo\b", before=r"\bin "),
)


def alive(read: Reading) -> bool:
    """Whether the abstract tells what was done to living animals."""
    return _ALIVE.words(read.abstract) is not None


def _is_of_humans(read: Reading) -> bool:
    """Whether MeSH says so, and of no cells."""
    return HUMANS in read.mesh and LABORATORY_HEADINGS.isdisjoint(read.mesh)


def bench_words(read: Reading) -> tuple[str, str] | None:
    """Where and by what words an article is about a laboratory, never people."""
    if _is_of_humans(read):
        return None
    if of_people(read):
        return None
    words = read.abstract.words
    named = _IN_A_LABORATORY.words(read.title)
    if named is not None and _PEOPLE_WORDS.isdisjoint(read.title.words):
        return "title", named
    found = len(_BENCH_STARTS & read.abstract.starts)
    if found < ENOUGH - 1 or (
        found < ENOUGH and _IN_A_LABORATORY.words(read.abstract) is None
    ):
        return None
    shown = [word.decode() for word in words if word[:START] in _BENCH_STARTS]
    return "abstract", ", ".join(list(dict.fromkeys(shown))[:ENOUGH])
