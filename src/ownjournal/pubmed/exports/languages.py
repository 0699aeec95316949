"""Languages as the web names them (BCP 47), from NLM's codes.

NLM writes ISO 639-2 in its bibliographic form ("fre", "ger"); BCP 47 wants the
code of two letters where there is one, else the terminological one of three.

Source: https://www.nlm.nih.gov/bsd/language_table.html
"""

_CODES = (
    "afr af alb sq amh am ara ar arm hy aze az bel be ben bn bos bs bul bg cat ca "
    "chi zh cze cs dan da dut nl eng en epo eo est et fin fi fre fr geo ka ger de "
    "gla gd gle ga glg gl gre el heb he hin hi hrv hr hun hu ice is ind id ita it "
    "jpn ja kaz kk kin rw kir ky kor ko kur ku lat la lav lv lit lt mac mk mal ml "
    "mao mi may ms mon mn mul mul nor no per fa pol pl por pt pus ps rum ro rus ru "
    "san sa slo sk slv sl spa es srp sr swe sv tat tt tha th tur tr uig ug ukr uk "
    "urd ur uzb uz vie vi wel cy yor yo"
)
_WORDS = _CODES.split()
_BY_NLM = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))


def tag(code: str) -> str | None:
    """ "fr" of "fre"; None of "und" and of what is no code."""
    code = code.lower()
    if code in _BY_NLM:
        return _BY_NLM[code]
    known = len(code) == 3 and code.isascii() and code.isalpha() and code != "und"
    return code if known else None
