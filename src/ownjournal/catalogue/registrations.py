"""Numbers of trials, reviews and deposits, and where each can be looked at.

No request is made. A number leads to the registry that gave it, by https, and
only if it looks like a number: a record may hold anything in its place.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

from ownjournal.appraisal.registries import registrations_in
from ownjournal.pubmed.article import DataBank, Section
from ownjournal.pubmed.markup import plain

ADDRESSES = {
    "ClinicalTrials.gov": "https://clinicaltrials.gov/study/{}",
    "ISRCTN": "https://www.isrctn.com/{}",
    "PROSPERO": "https://www.crd.york.ac.uk/prospero/display_record.php?ID={}",
    "DRKS": "https://drks.de/search/en/trial/{}",
    "EudraCT": "https://www.clinicaltrialsregister.eu/ctr-search/search?query={}",
    "ANZCTR": "https://www.anzctr.org.au/TrialSearch.aspx?searchTxt={}",
    "UMIN CTR": "https://rctportal.mhlw.go.jp/en/detail?trial_id={}",
    "UMIN-CTR": "https://rctportal.mhlw.go.jp/en/detail?trial_id={}",
    "figshare": "https://doi.org/{}",
    "Dryad": "https://doi.org/{}",
    "GENBANK": "https://www.ncbi.nlm.nih.gov/nuccore/{}",
    "GEO": "https://www.ncbi.nlm.nih.gov/geo/query/acc.cgi?acc={}",
    "SRA": "https://www.ncbi.nlm.nih.gov/sra/{}",
    "PDB": "https://www.rcsb.org/structure/{}",
}
"""By NLM's DataBankName; other banks have no address that a number makes."""

_BANK_OF = {
    "NCT": "ClinicalTrials.gov",
    "ISRCTN": "ISRCTN",
    "CRD": "PROSPERO",
    "DRKS": "DRKS",
    "ACTRN": "ANZCTR",
    "UMIN": "UMIN CTR",
}
_LETTERS = re.compile(r"[A-Z]+")

# What may be made a link within a text: nothing that is also a word.
_PLAIN_TO_SEE = re.compile(r"(?:[A-Z]{2,8} ?[0-9]{5,20}|[0-9]{4}-[0-9]{6}-[0-9]{2})")


def address_of_number(bank: str, number: str) -> str | None:
    """Where the bank shows it; None for a bank that has no such place."""
    template = ADDRESSES.get(bank)
    compact = "".join(number.split())
    return template.format(quote(compact, safe="/")) if template else None


def numbers_in(
    sections: Iterable[Section], banks: Iterable[DataBank]
) -> dict[str, str]:
    """{number: address} of what may be a link in these sections, in capitals.

    The numbers are those that the record lists, and those that an abstract
    gives without the record listing them.
    """
    found = {
        number.upper(): address_of_number(bank.name, number)
        for bank in banks
        for number in bank.accession_numbers
    }
    for section in sections:
        for number in map(str.upper, registrations_in(plain(section.text).lower())):
            letters = _LETTERS.match(number)
            bank_name = _BANK_OF.get(letters[0]) if letters else None
            if bank_name is not None:
                found.setdefault(number, address_of_number(bank_name, number))
    return {
        number: address
        for number, address in found.items()
        if address is not None and _PLAIN_TO_SEE.fullmatch(number)
    }
