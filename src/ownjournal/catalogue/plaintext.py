"""An article as plain text, to paste into a mail or a note.

`pubmed.citation` writes and wraps what NLM says; our reading and this site's
address follow it, and a warning goes before it.
"""

from ownjournal.appraisal.designs import design_named
from ownjournal.catalogue.store import Kept
from ownjournal.pubmed import citation
from ownjournal.pubmed.example import is_example

INVENTED = "INVENTED EXAMPLE. NOT A REAL ARTICLE."


def plaintext(kept: Kept, address: str) -> str:
    """Warnings, reference, abstract, our reading, address; ends with a line end."""
    article, appraisal = kept.article, kept.appraisal
    design = f"Study design, as read here: {design_named(appraisal.design).name}."
    if appraisal.level is not None:
        design += f" Level {appraisal.level}."
    blocks = (
        INVENTED if is_example(article.pmid) else None,
        appraisal.integrity_reason,
        citation.plaintext(article).rstrip("\n"),
        design,
        address,
    )
    return "\n\n".join(block for block in blocks if block) + "\n"
