"""The letters of a PDF: a font that has them, and words for those it lacks.

DejaVu Sans, where the machine has it, covers Latin, Greek and Cyrillic. Else the
font that comes with reportlab is used, which has the letters of Western Europe. A
letter that the font lacks is spelt so that it is seen: α as [alpha], ł as l, and
what has no such name as [U+4E2D]; the caller is told, to say so in the file.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import reportlab
from msgspec import Struct
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",  # Debian, Ubuntu
    "/usr/share/fonts/dejavu-sans-fonts",  # Fedora
    "/usr/share/fonts/dejavu",  # Alpine
    "/usr/share/fonts/TTF",  # Arch
    "/usr/local/share/fonts/dejavu",  # FreeBSD
)
GREEK = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER ([A-Z]+)")


class Font(Struct, frozen=True):
    """Two registered faces, and the code points that both have."""

    plain: str
    bold: str
    letters: frozenset[int]

    def spelt(self, text: str) -> str:
        """The text with the letters that the font lacks in another form."""
        return "".join(
            each if ord(each) in self.letters else _otherwise(each, self.letters)
            for each in unicodedata.normalize("NFC", text)
        )


@cache
def font(folders: tuple[str, ...] = FOLDERS) -> Font:
    """The best there is on this machine."""
    for folder in folders:
        plain, bold = (
            Path(folder, f"DejaVuSans{weight}.ttf") for weight in ("", "-Bold")
        )
        if plain.is_file() and bold.is_file():
            return _registered(plain, bold)
    own = Path(reportlab.__file__).parent / "fonts"
    return _registered(own / "Vera.ttf", own / "VeraBd.ttf")


def _registered(plain: Path, bold: Path) -> Font:
    letters: set[int] = set()
    for path in (plain, bold):
        face = TTFont(path.stem, str(path))
        pdfmetrics.registerFont(face)
        has = set(face.face.charToGlyph)
        letters = letters & has if letters else has
    return Font(plain.stem, bold.stem, frozenset(letters))


def _otherwise(letter: str, letters: frozenset[int]) -> str:
    if not letter.isprintable():
        return " "
    name = unicodedata.name(letter, "")
    if greek := GREEK.match(name):
        word = greek[1].lower()
        return f"[{word if letter.islower() else word.capitalize()}]"
    simpler = unicodedata.normalize("NFKD", letter)
    base = "".join(each for each in simpler if not unicodedata.combining(each))
    if stroked := re.match(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z]) WITH ", name):
        base = stroked[2].lower() if stroked[1] == "SMALL" else stroked[2]
    if base and base != letter and all(ord(each) in letters for each in base):
        return base
    return f"[U+{ord(letter):04X}]"
