"""The formats an article can be exported in, by their codes.

Each writes text as a stream, in constant memory, and is a whole and valid file
of zero, one or many articles. The text is to be sent as UTF-8, unchanged.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from ownjournal.pubmed.exports import bibtex, csl_json, listing, nbib, ris, table
from ownjournal.pubmed.exports.exported import Exported


class Format(Struct, frozen=True):
    """A format: how it is called, sent, named as a file and written."""

    code: str  # "ris", as in addresses
    name: str  # "RIS", for people
    media_type: str  # without a charset; all are UTF-8
    extension: str  # without a dot
    write: Callable[[Iterable[Exported]], Iterator[str]]


FORMATS = {
    each.code: each
    for each in (
        Format("ris", "RIS", "application/x-research-info-systems", "ris", ris.write),
        Format("bibtex", "BibTeX", "application/x-bibtex", "bib", bibtex.write),
        Format("nbib", "PubMed (nbib)", "application/nbib", "nbib", nbib.write),
        Format(
            "csl-json",
            "CSL-JSON",
            "application/vnd.citationstyles.csl+json",
            "json",
            csl_json.write,
        ),
        Format("csv", "Table (CSV)", "text/csv", "csv", table.write),
        Format("text", "Plain text", "text/plain", "txt", listing.write),
    )
}
"""By code, in the order in which a menu names them."""
