"""Journals that do not exist, and whose titles say so."""

from typing import NamedTuple

from ownjournal.pubmed.example.names import COUNTRIES

_GENERAL = (
    ("The Imaginary Journal of Medicine", "Imag J Med"),
    ("Annals of Invented Medicine", "Ann Invent Med"),
    ("Fictional Medical Weekly", "Fict Med Wkly"),
    ("The Unreal Lantern", "Unreal Lantern"),
    ("Made-up Evidence Reviews", "Made-up Evid Rev"),
    ("Open Imaginary Science", "Open Imag Sci"),
)
_SPECIAL = {
    "Cardiology": (
        ("Annals of Invented Cardiology", "Ann Invent Cardiol"),
        ("Imaginary Heart Journal", "Imag Heart J"),
    ),
    "Respiratory medicine": (
        ("Fictional Thorax Letters", "Fict Thorax Lett"),
        ("Imaginary Journal of Respiratory Medicine", "Imag J Respir Med"),
    ),
    "Endocrinology": (
        ("Invented Endocrinology", "Invent Endocrinol"),
        ("Imaginary Diabetes", "Imag Diabetes"),
    ),
    "Musculoskeletal medicine": (
        ("Fictional Bone and Joint", "Fict Bone Joint"),
        ("Invented Rheumatology", "Invent Rheumatol"),
    ),
    "Psychiatry": (
        ("The Imaginary Mind", "Imag Mind"),
        ("Archives of Fictional Psychiatry", "Arch Fict Psychiatry"),
    ),
    "Neurology": (
        ("Made-up Neurology", "Made-up Neurol"),
        ("Imaginary Brain", "Imag Brain"),
    ),
    "Intensive care medicine": (
        ("Fictional Critical Care", "Fict Crit Care"),
        ("Imaginary Resuscitation", "Imag Resusc"),
    ),
    "Infectious diseases": (
        ("Imaginary Infection", "Imag Infect"),
        ("Fictional Clinical Microbiology", "Fict Clin Microbiol"),
    ),
    "Anaesthesia and surgery": (
        ("Invented Anaesthesia", "Invent Anaesth"),
        ("Imaginary Annals of Surgery", "Imag Ann Surg"),
    ),
    "Obstetrics and gynaecology": (
        ("Imaginary Obstetrics", "Imag Obstet"),
        ("Fictional Journal of Women's Health", "Fict J Womens Health"),
    ),
    "Paediatrics": (
        ("Invented Paediatrics", "Invent Paediatr"),
        ("Imaginary Archives of Childhood", "Imag Arch Child"),
    ),
    "Gastroenterology": (
        ("Fictional Gut", "Fict Gut"),
        ("Imaginary Hepatology", "Imag Hepatol"),
    ),
    "Nephrology": (
        ("Imaginary Kidney", "Imag Kidney"),
        ("Made-up Nephrology and Urology", "Made-up Nephrol Urol"),
    ),
    "Oncology": (
        ("Fictional Oncology", "Fict Oncol"),
        ("Imaginary Journal of Cancer Care", "Imag J Cancer Care"),
    ),
    "Primary care and geriatrics": (
        ("Imaginary Family Practice", "Imag Fam Pract"),
        ("Invented Age and Health", "Invent Age Health"),
    ),
}


class Periodical(NamedTuple):
    """A journal as its records name it."""

    title: str
    abbreviation: str
    code: str  # "imagjmed", part of its DOIs
    nlm_id: str
    issn: str
    issn_linking: str
    country: str
    first_year: int
    online_only: bool


def issn(number: int) -> str:
    """An ISSN with a right check digit (ISO 3297), from a range not given out."""
    digits = f"9999{number:03d}"
    total = sum(
        int(digit) * weight
        for digit, weight in zip(digits, range(8, 1, -1), strict=True)
    )
    check = -total % 11
    return f"{digits[:4]}-{digits[4:]}{'X' if check == 10 else check}"


def _periodical(number: int, title: str, abbreviation: str) -> Periodical:
    return Periodical(
        title,
        abbreviation,
        "".join(letter for letter in abbreviation.lower() if letter.isalpha()),
        f"9999{number:05d}",
        issn(2 * number),
        issn(2 * number + 1),
        COUNTRIES[number % len(COUNTRIES)].removeprefix("the "),
        1950 + number * 7 % 70,
        number % 3 == 2,
    )


_PREPRINTS = ("Imaginary Preprints", "Imag Prepr")
_NAMED = (*_GENERAL, *(each for pair in _SPECIAL.values() for each in pair), _PREPRINTS)
_ALL = {
    abbreviation: _periodical(number, title, abbreviation)
    for number, (title, abbreviation) in enumerate(_NAMED, 1)
}
GENERAL = tuple(_ALL[abbreviation] for _, abbreviation in _GENERAL)
SPECIAL = {
    specialty: tuple(_ALL[abbreviation] for _, abbreviation in pair)
    for specialty, pair in _SPECIAL.items()
}
PREPRINTS = _ALL[_PREPRINTS[1]]
