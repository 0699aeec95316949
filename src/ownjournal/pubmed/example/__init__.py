"""Invented articles in NLM's own file format: a first issue without a network.

Everything in them is made up by code: drugs, instruments, places, people,
journals and results. Only the names of conditions and of MeSH headings are
real, so that topics work. Every record says so in a general note, most say it
again in the copyright line of the abstract, and the journals' titles do too;
pages tell an example by its PMID alone (`is_example`).

No identifier leads to a real thing: DOIs have the prefix 10.5555, which is
kept for tests, and there is no PMCID; ORCIDs, ISSNs and trial numbers have
right check digits but lie outside the ranges given out.
"""

MARK = "Invented example, not evidence."
FIRST_PMID = 99_000_001
END_OF_PMIDS = 100_000_000


def is_example(pmid: int) -> bool:
    """Whether the number belongs to an invented article."""
    return FIRST_PMID <= pmid < END_OF_PMIDS
