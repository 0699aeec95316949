"""Languages by NLM's three letters: what they are called, and their tag in HTML.

Codes: https://www.nlm.nih.gov/bsd/language_table.html
"""

from ownjournal.pubmed.exports.languages import tag

_TABLE = """
afr Afrikaans|alb Albanian|ara Arabic|arm Armenian|aze Azerbaijani|bos Bosnian
bul Bulgarian|cat Catalan|chi Chinese|cze Czech|dan Danish|dut Dutch|eng English
epo Esperanto|est Estonian|fin Finnish|fre French|geo Georgian|ger German
gla Scottish Gaelic|gre Greek|heb Hebrew|hin Hindi|hrv Croatian|hun Hungarian
ice Icelandic|ind Indonesian|ita Italian|jpn Japanese|kin Kinyarwanda|kor Korean
lat Latin|lav Latvian|lit Lithuanian|mac Macedonian|mal Malayalam|mao Maori|may Malay
nor Norwegian|per Persian|pol Polish|por Portuguese|pus Pushto|rum Romanian
rus Russian|san Sanskrit|slo Slovak|slv Slovenian|spa Spanish|srp Serbian|swe Swedish
tha Thai|tur Turkish|ukr Ukrainian|vie Vietnamese|wel Welsh|mul several languages
und an unknown language
"""

_ROWS = [row.split(" ", 1) for row in _TABLE.replace("\n", "|").split("|") if row]
NAMES = {code: name for code, name in _ROWS}


def language_name(code: str) -> str:
    """The English name; the code itself where we have none."""
    return NAMES.get(code, code)


def language_tag(code: str) -> str:
    """The value of a lang attribute; "und" where there is none."""
    return tag(code) or "und"
