"""Broad subjects of journals, worked out from what they publish.

NLM's own list of the subjects of journals is no part of PubMed's files. So a
journal stands under a subject when enough of its articles have a MeSH heading of
that branch, or a narrower one.
"""

from functools import lru_cache

from msgspec import Struct

from ownjournal.catalogue.following import index
from ownjournal.catalogue.search_reading import as_asked
from ownjournal.search.facets import MOST
from ownjournal.search.query import Or, Query, Term

SHARE = 0.2
"""Of its articles here, from which a journal is about a subject."""

FEW = 5  # articles of the subject below which nothing is said


class BroadSubject(Struct, frozen=True):
    """A subject, and the branches of MeSH that it is made of."""

    code: str  # of the address
    name: str
    headings: tuple[str, ...]


_TABLE = (
    ("anaesthesia", "Anaesthesia and pain", ("Anesthesia and Analgesia", "Pain")),
    ("cancer", "Cancer", ("Neoplasms",)),
    ("heart", "Heart and vessels", ("Cardiovascular Diseases",)),
    ("children", "Children and infants", ("Pediatrics", "Infant", "Child")),
    ("digestion", "Digestive system", ("Digestive System Diseases",)),
    ("ear-nose-throat", "Ear, nose and throat", ("Otorhinolaryngologic Diseases",)),
    ("endocrine", "Endocrine system and metabolism",
     ("Endocrine System Diseases", "Nutritional and Metabolic Diseases")),
    ("eye", "Eye", ("Eye Diseases",)),
    ("blood", "Blood", ("Hematologic Diseases", "Lymphatic Diseases")),
    ("imaging", "Imaging and laboratory diagnosis",
     ("Diagnostic Imaging", "Clinical Laboratory Techniques")),
    ("immune", "Immune system and allergy", ("Immune System Diseases",)),
    ("infection", "Infections", ("Infections",)),
    ("kidney-urinary", "Kidney and urinary tract", ("Urologic Diseases",)),
    ("mental-health", "Mental health", ("Mental Disorders",)),
    ("muscles-bones", "Muscles, bones and joints", ("Musculoskeletal Diseases",)),
    ("nerves", "Brain and nerves", ("Nervous System Diseases",)),
    ("nursing", "Nursing and rehabilitation", ("Nursing", "Rehabilitation")),
    ("pregnancy", "Pregnancy and birth",
     ("Pregnancy", "Pregnancy Complications", "Obstetric Surgical Procedures")),
    ("public-health", "Public health", ("Public Health",)),
    ("lungs", "Lungs and breathing", ("Respiratory Tract Diseases",)),
    ("skin", "Skin", ("Skin Diseases",)),
    ("surgery", "Surgery", ("Surgical Procedures, Operative",)),
    ("teeth", "Teeth and mouth", ("Stomatognathic Diseases", "Dentistry")),
    ("injury", "Injury and emergency", ("Wounds and Injuries", "Emergency Medicine")),
    ("health-services", "Health services", ("Delivery of Health Care",)),
)  # fmt: skip
BROAD_SUBJECTS = {each[0]: BroadSubject(*each) for each in _TABLE}


def journals_about(subject: BroadSubject) -> tuple[str, ...]:
    """NLM IDs of the journals of a subject, those with the greatest share first.

    Of more than `facets.MOST` those with most articles. Raises IndexUnusable.
    """
    return _journals_about(subject.code, index().revision)


@lru_cache(maxsize=len(BROAD_SUBJECTS) * 2)
def _journals_about(code: str, revision: int) -> tuple[str, ...]:
    """As of a revision of the index: each of these journals is counted twice."""
    terms = tuple(Term(name, "mh") for name in BROAD_SUBJECTS[code].headings)
    query: Query = terms[0] if len(terms) == 1 else Or(terms)
    counts = index().facets(as_asked(query), ["journal"], limit=MOST)["journal"]
    shares = {
        nlm_id: articles / max(index().count(Term(nlm_id, "jid")), 1)
        for nlm_id, articles in counts
        if articles >= FEW
    }
    about = [each for each, share in shares.items() if share >= SHARE]
    return tuple(sorted(about, key=lambda each: (-shares[each], each)))
