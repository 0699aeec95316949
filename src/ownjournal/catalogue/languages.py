"""Languages by NLM's three letters: what they are called, and their tag in HTML.

Codes: https://www.nlm.nih.gov/bsd/language_table.html
"""

_TABLE = """
afr af Afrikaans|alb sq Albanian|ara ar Arabic|arm hy Armenian|aze az Azerbaijani
bos bs Bosnian|bul bg Bulgarian|cat ca Catalan|chi zh Chinese|cze cs Czech
dan da Danish|dut nl Dutch|eng en English|epo eo Esperanto|est et Estonian
fin fi Finnish|fre fr French|geo ka Georgian|ger de German|gla gd Scottish Gaelic
gre el Greek|heb he Hebrew|hin hi Hindi|hrv hr Croatian|hun hu Hungarian
ice is Icelandic|ind id Indonesian|ita it Italian|jpn ja Japanese|kin rw Kinyarwanda
kor ko Korean|lat la Latin|lav lv Latvian|lit lt Lithuanian|mac mk Macedonian
mal ml Malayalam|mao mi Maori|may ms Malay|nor no Norwegian|per fa Persian
pol pl Polish|por pt Portuguese|pus ps Pushto|rum ro Romanian|rus ru Russian
san sa Sanskrit|slo sk Slovak|slv sl Slovenian|spa es Spanish|srp sr Serbian
swe sv Swedish|tha th Thai|tur tr Turkish|ukr uk Ukrainian|vie vi Vietnamese
wel cy Welsh|mul mul several languages|und und an unknown language
"""

_ROWS = [row.split(" ", 2) for row in _TABLE.replace("\n", "|").split("|") if row]
NAMES = {code: name for code, _, name in _ROWS}
TAGS = {code: tag for code, tag, _ in _ROWS}


def language_name(code: str) -> str:
    """The English name; the code itself where we have none."""
    return NAMES.get(code, code)


def language_tag(code: str) -> str:
    """The value of a lang attribute; "und" where we have none."""
    return TAGS.get(code, "und")
