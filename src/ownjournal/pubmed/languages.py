"""Languages by NLM's three letters, and how their names are read.

Codes: https://www.nlm.nih.gov/bsd/language_table.html
"""

_TABLE = """
afr Afrikaans|alb Albanian|amh Amharic|ara Arabic|arm Armenian|aze Azerbaijani
baq Basque|ben Bengali|bos Bosnian|bul Bulgarian|cat Catalan|chi Chinese|cze Czech
dan Danish|dut Dutch|eng English|epo Esperanto|est Estonian|fin Finnish|fre French
geo Georgian|ger German|gla Scottish Gaelic|gle Irish|glg Galician|gre Greek|heb Hebrew
hin Hindi|hrv Croatian|hun Hungarian|ice Icelandic|ind Indonesian|ita Italian
jpn Japanese|kin Kinyarwanda|kor Korean|lat Latin|lav Latvian|lit Lithuanian
mac Macedonian|mal Malayalam|mao Maori|may Malay|nor Norwegian|per Persian|pol Polish
por Portuguese|pus Pushto|rum Romanian|rus Russian|san Sanskrit|slo Slovak|slv Slovenian
spa Spanish|srp Serbian|swe Swedish|tha Thai|tur Turkish|ukr Ukrainian|urd Urdu
vie Vietnamese|wel Welsh|mul several languages|und an unknown language
"""
_OTHER_NAMES = """
dut Flemish|gla Gaelic|gla Scots Gaelic|gre Greek Modern|gre Modern Greek
mul Multiple Languages|mul Polyglot|per Farsi|pus Pashto|rum Moldovan|rum Rumanian
slv Slovene|spa Castilian|und Undetermined
"""


def _rows(table: str) -> list[tuple[str, str]]:
    rows = table.strip().replace("\n", "|").split("|")
    return [(row[:3], row[4:]) for row in rows]


NAMES = dict(_rows(_TABLE))
"""The English name of a language by its three letters."""

_CODES = {name.lower(): code for code, name in _rows(_TABLE) + _rows(_OTHER_NAMES)}
LETTERS = 3  # of a code


def language_code(name: str) -> str:
    """NLM's three letters of a language by its name, or by these.

    Most codes are how the name begins, so a name that is not listed is shortened;
    but not to what is the code of another language, as "lat" is of Latin.
    """
    name = " ".join(name.replace(",", " ").split()).lower()
    short = name[:LETTERS]
    other = len(name) > LETTERS and short in NAMES
    return _CODES.get(name, name if other else short)
