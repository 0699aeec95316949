"""Authors who do not exist, and where they would work.

Each specialty has its own few hundred, so that an author has several articles
and can be followed. They are the same for every seed.
"""

from functools import cache
from typing import NamedTuple

from ownjournal.pubmed.example.draw import Draw
from ownjournal.pubmed.example.names import COUNTRIES, TOWNS
from ownjournal.pubmed.example.tables import SPECIALTIES

PEOPLE_PER_SPECIALTY = 300
_FIRST_PARTS = [
    "Alder",
    "Bracken",
    "Corve",
    "Dun",
    "Ember",
    "Fenni",
    "Gorse",
    "Hollo",
    "Ilver",
    "Jorre",
    "Kest",
    "Lorn",
    "Marro",
    "Nether",
    "Ostre",
    "Pell",
    "Quen",
    "Rook",
    "Sorre",
    "Thistle",
    "Umber",
    "Vel",
    "Wetter",
    "Yarro",
    "Zeph",
    "Tse",
    "Oku",
    "Ishi",
    "Szel",
    "Bhara",
    "Njo",
    "Drago",
]
_LAST_PARTS = [
    "moss",
    "fold",
    "vane",
    "low",
    "wick",
    "mere",
    "leth",
    "den",
    "stoke",
    "rell",
    "quist",
    "gard",
    "thorpe",
    "vari",
    "lenko",
    "moru",
    "wela",
    "tani",
    "shev",
    "dottir",
    "sund",
    "vale",
    "combe",
    "brae",
    "ssen",
]
_FORENAMES = [
    "Ada",
    "Bram",
    "Cora",
    "Dario",
    "Edda",
    "Farid",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Kira",
    "Lena",
    "Milo",
    "Nadia",
    "Otto",
    "Pia",
    "Quim",
    "Rosa",
    "Sven",
    "Talia",
    "Ulla",
    "Viktor",
    "Wanda",
    "Yusuf",
    "Zora",
    "Amina",
    "Boris",
    "Chidi",
    "Dalia",
    "Emeka",
    "Freya",
    "Goran",
    "Haruki",
    "Imani",
    "Jelena",
    "Kofi",
    "Leila",
    "Mateo",
    "Noor",
    "Olga",
    "Priya",
    "Rashid",
    "Saskia",
    "Tomas",
    "Uma",
    "Vera",
    "Wim",
    "Xenia",
    "Yara",
    "Zane",
]
_INSTITUTES = (
    "{department}, {town} University Hospital, {town}, {country}.",
    "{department}, Royal Infirmary of {town}, {town}, {country}.",
    "{department}, University of {town}, {town}, {country}.",
    "{department}, {town} General Hospital, {town}, {country}.",
    "School of Public Health, University of {town}, {town}, {country}.",
    "Institute of Clinical Trials, {town}, {country}.",
)


class Person(NamedTuple):
    """An author; `fore` holds a middle initial where there is one."""

    last: str
    fore: str
    initials: str
    suffix: str | None
    orcid: str | None
    affiliation: str


def orcid(number: int) -> str:
    """An ORCID with a right check digit (ISO 7064, MOD 11-2), from a range that
    is not given out."""
    digits = f"00000099{number:07d}"
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    digits += "X" if check == 10 else str(check)
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def _affiliation(draw: Draw, specialty: str) -> str:
    place = draw.whole(0, len(COUNTRIES) - 1)
    return draw.pick(_INSTITUTES).format(
        department=f"Department of {specialty}",
        town=draw.pick(TOWNS[place]),
        country=COUNTRIES[place],
    )


def _person(draw: Draw, specialty: str, number: int) -> Person:
    last = draw.pick(_FIRST_PARTS) + draw.pick(_LAST_PARTS)
    if draw.chance(0.04):
        last += "-" + draw.pick(_FIRST_PARTS) + draw.pick(_LAST_PARTS)
    fore = draw.pick(_FORENAMES)
    initials = fore[0]
    if draw.chance(0.35):
        middle = draw.pick("ABCDEFGHJKLMNPRSTVW")
        fore, initials = f"{fore} {middle}", initials + middle
    return Person(
        last,
        fore,
        initials,
        draw.pick(("Jr", "3rd")) if draw.chance(0.015) else None,
        orcid(number) if draw.chance(0.4) else None,
        _affiliation(draw, specialty),
    )


@cache
def people_of(specialty: str) -> tuple[Person, ...]:
    """Everybody who writes about a specialty."""
    place = SPECIALTIES.index(specialty)
    draw = Draw(7_000_003 + place)
    first = place * PEOPLE_PER_SPECIALTY
    return tuple(
        _person(draw, specialty, first + number)
        for number in range(PEOPLE_PER_SPECIALTY)
    )
