"""What each feature does, as a table: typed, and the HTML of the page."""

import pytest

from ownjournal.notes.dialect import Headings, read

REL = 'rel="nofollow ugc noopener"'
BACK = "\u21a9\ufe0e"  # the arrow of a back-link


def link(href: str, text: str) -> str:
    rel = f" {REL}" if href.startswith("http") else ""
    return f'<a href="{href}"{rel}>{text}</a>'


def p(inside: str) -> str:
    return f"<p>{inside}</p>"


EMPHASIS = {
    "*x*": "<em>x</em>",
    "_x_": "<u>x</u>",
    "**x**": "<strong>x</strong>",
    "***x***": "<em><strong>x</strong></em>",
    "*a **b** c*": "<em>a <strong>b</strong> c</em>",
    "_a *b* c_": "<u>a <em>b</em> c</u>",
    "*a _b* c_": "<em>a _b</em> c_",
    "SpO_2 and PaO_2": "SpO_2 and PaO_2",
    "a_b_c _d_e_ f": "a_b_c <u>d_e</u> f",
    "_SpO_2_": "<u>SpO_2</u>",
    "__x__ ____": "__x__ ____",
    "HLA-B*57:01 and HLA-B*15:02": "HLA-B*57:01 and HLA-B*15:02",
    "CYP2C19*2/*17, CYP2C19*3": "CYP2C19*2/*17, CYP2C19*3",
    "2*3*4": "2*3*4",
    "*HLA-B*57:01*": "<em>HLA-B*57:01</em>",
    "un*believ*able": "un<em>believ</em>able",
    "5 * 3 * 2": "5 * 3 * 2",
    "*x": "*x",
    "**x*": "*<em>x</em>",
    "*a\nb*": "<em>a<br>b</em>",
}
RAISED = {
    "10<sup>9</sup>/l": "10<sup>9</sup>/l",
    "CO<sub>2</sub>": "CO<sub>2</sub>",
    "<SUP>2</SUP>": "<sup>2</sup>",
    "<sup>*n*<sub>i</sub></sup>": "<sup><em>n</em><sub>i</sub></sup>",
    "<sup>a": "&lt;sup&gt;a",
    "a</sup>": "a&lt;/sup&gt;",
    "<sup/>": "&lt;sup/&gt;",
    "<sup></sup>": "&lt;sup&gt;&lt;/sup&gt;",
    "<sup>a</sub></sup>": "<sup>a&lt;/sub&gt;</sup>",
    "<sup>a<sub>b</sup></sub>": "&lt;sup&gt;a<sub>b&lt;/sup&gt;</sub>",
    "*a <sup>b* c</sup>": "*a <sup>b* c</sup>",
    "<sup id=x>2</sup>": "&lt;sup id=x&gt;2&lt;/sup&gt;",
}
LINKS = {
    "[a](https://x.test/p?q=1&r=2#f)": link("https://x.test/p?q=1&amp;r=2#f", "a"),
    "[a](HTTP://X.test)": link("http://x.test", "a"),
    "[a](mailto:a.b@x.test)": link("mailto:a.b@x.test", "a"),
    "[a](mailto:a@x.test?bcc=b@y.test)": link("mailto:a@x.test", "a"),
    "[a](pmid:28706741)": link("/articles/28706741", "a"),
    "[a](doi:10.1155/2017/9724371)": link("https://doi.org/10.1155/2017/9724371", "a"),
    "see pmid:28706741.": f"see {link('/articles/28706741', 'pmid:28706741')}.",
    "PMID: 28706741": link("/articles/28706741", "PMID: 28706741"),
    "(doi:10.1000/a(1))": (
        f"({link('https://doi.org/10.1000/a%281%29', 'doi:10.1000/a(1)')})"
    ),
    "xpmid:1 pmid:x pmid:123456789": "xpmid:1 pmid:x pmid:123456789",
    "[*a* [b] c](https://x.test)": link("https://x.test", "<em>a</em> [b] c"),
    "[a](https://x.test/(b))": link("https://x.test/(b)", "a"),
    "[a [b](https://y.test) c](https://x.test)": link(
        "https://x.test", "a [b](https://y.test) c"
    ),
    "[a](https://x.test/a_b_c*d*)": link("https://x.test/a_b_c*d*", "a"),
    "[](https://x.test)": "[](https://x.test)",
    "[a] (https://x.test)": "[a] (https://x.test)",
    "[a](/articles/1)": "[a](/articles/1)",
    "[a](x.test)": "[a](x.test)",
    "[5](Table 2)": "[5](Table 2)",
    "https://x.test": "https://x.test",
    "<https://x.test>": "&lt;https://x.test&gt;",
    '[a](https://x.test "T <t>")': (
        f'<a href="https://x.test" title="T &lt;t&gt;" {REL}>a</a>'
    ),
    "[a](https://münchen.test)": (
        f"{link('https://xn--mnchen-3ya.test', 'a')}"
        ' <span class="host">(xn--mnchen-3ya.test)</span>'
    ),
    "[a](https://x.test:8443/)": link("https://x.test:8443/", "a"),
    "[a](https://x.test:99999/)": "[a](https://x.test:99999/)",
    "[a](https://[2001:db8::1]/)": link("https://[2001:db8::1]/", "a"),
}
PICTURES = {
    '![a *b*](/media/ab/cd.png "T")': (
        '<img src="/media/ab/cd.png" alt="a *b*" title="T">'
    ),
    "![](/media/a.png)": "![](/media/a.png)",
    "![a](https://x.test/a.png)": (
        f'{link("https://x.test/a.png", "a")} <span class="host">(x.test)</span>'
    ),
    "[![a](/media/a.png)](https://x.test)": link(
        "https://x.test", '<img src="/media/a.png" alt="a">'
    ),
    "![a](/media/../a.png)": "![a](/media/../a.png)",
    "![a](/media/a.png?x)": "![a](/media/a.png?x)",
    "![a](mailto:a@x.test)": "![a](mailto:a@x.test)",
}
AS_TYPED = {
    r"\*x\* \_ \[ \\ \<": r"*x* _ [ \ &lt;",
    r"C:\dir \, \&": r"C:\dir \, \&amp;",
    "`x` ~~y~~ &amp; &#42;": "`x` ~~y~~ &amp;amp; &amp;#42;",
    "a\nb  \nc": "a<br>b<br>c",
    "> quoted": "&gt; quoted",
    "    indented": "indented",
    "```\ncode\n```": "```<br>code<br>```",
    "| a | b |\n|---|---|": "| a | b |<br>|---|---|",
    "a\n===": "a<br>===",
    "***": "***",
    "# a": "# a",
    "[a]: https://x.test": "[a]: https://x.test",
}
INLINE = EMPHASIS | RAISED | LINKS | PICTURES | AS_TYPED


@pytest.mark.parametrize("typed", INLINE)
def test_marks(typed: str) -> None:
    assert read(typed).html("n") == p(INLINE[typed])


BLOCKS = {
    "a\n\nb": "<p>a</p><p>b</p>",
    "- a\n- b": "<ul><li>a</li><li>b</li></ul>",
    "* a\n* b": "<ul><li>a</li><li>b</li></ul>",
    "- a\n* b": "<ul><li>a</li></ul><ul><li>b</li></ul>",
    "3. a\n4. b": '<ol start="3"><li>a</li><li>b</li></ol>',
    "1. a\n1. b": "<ol><li>a</li><li>b</li></ol>",
    "Points:\n- a\n- b": "<p>Points:</p><ul><li>a</li><li>b</li></ul>",
    "BP was\n120. Then": "<p>BP was<br>120. Then</p>",
    "2019. A year": "<p>2019. A year</p>",
    "1. a\n2019. b": "<ol><li>a<br>2019. b</li></ol>",
    "1) a\n+ b": "<p>1) a<br>+ b</p>",
    "-a\n1.b": "<p>-a<br>1.b</p>",
    "- a\n  - b\n    1. c": (
        "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li></ul>"
    ),
    "- a\n  - b\n    - c\n      - d": (
        "<ul><li>a<ul><li>b<ul><li>c<br>- d</li></ul></li></ul></li></ul>"
    ),
    "- a\nb": "<ul><li>a<br>b</li></ul>",
    "- a\n\nb": "<ul><li>a</li></ul><p>b</p>",
    "- a\n\n  b": "<ul><li><p>a</p><p>b</p></li></ul>",
    "- a\n\n- b": "<ul><li><p>a</p></li><li><p>b</p></li></ul>",
    "-\n- b": "<ul><li></li><li>b</li></ul>",
    "-\n\n  a": "<ul><li></li></ul><p>a</p>",
    "*a\n\nb*": "<p>*a</p><p>b*</p>",
    "\ta\tb": "<p>a   b</p>",
    "": "",
}


@pytest.mark.parametrize("typed", BLOCKS)
def test_blocks(typed: str) -> None:
    assert read(typed).html("n") == BLOCKS[typed]


@pytest.mark.parametrize(
    ("headings", "html"),
    [
        ("none", "<p># a<br>## b ##<br>####### c</p>"),
        ("second", "<p># a</p><h3>b</h3><p>####### c</p>"),
        ("all", "<h3>a</h3><h3>b</h3><p>####### c</p>"),
    ],
)
def test_headings_only_where_they_are_allowed(headings: Headings, html: str) -> None:
    assert read("# a\n## b ##\n####### c", headings=headings).html("n") == html


def test_headings_fit_into_the_page_they_stand_on() -> None:
    written = read("## a\n### b\n###### c", headings="all")

    assert written.html("n", heading=4) == "<h4>a</h4><h5>b</h5><h6>c</h6>"


PLAIN = {
    "*a* _b_ **c**": "a b c",
    "10<sup>9</sup> CO<sub>2</sub> x<sup>th</sup>": "10⁹ CO₂ x^(th)",
    "[a](https://x.test) [https://x.test](https://x.test)": (
        "a <https://x.test> https://x.test"
    ),
    "[a](pmid:1) pmid:2 doi:10.1000/x": "a <PMID 1> pmid:2 doi:10.1000/x",
    "[a](mailto:b@x.test)": "a <b@x.test>",
    "![a](/media/b.png) ![c](https://x.test/d.png)": (
        "[Picture: a] c <https://x.test/d.png>"
    ),
    "a\n\n- b\n  1. c\n- d\n\ne": "a\n\n- b\n  1. c\n- d\n\ne",
    "x[^1](*n* and [^2](m).) y[^1](o)": (
        "x[1] y[2]\n\n[1] n and [3].\n\n[2] o\n\n[3] m"
    ),
    "x[^a]\n\n[^a]: b\n  c\n\n  d": "x[1]\n\n[1] b\n    c\n\n    d",
}


@pytest.mark.parametrize("typed", PLAIN)
def test_plain_text(typed: str) -> None:
    assert read(typed).plain() == PLAIN[typed]


def test_a_mail_names_hosts_and_asks_for_nothing() -> None:
    text = "[a](https://x.test/b) [c](pmid:1) ![d](/media/e.png) f[^1](g)"

    assert read(text).mail_html("https://journal.test") == (
        '<p><a href="https://x.test/b">a</a> <span class="host">(x.test)</span>'
        ' <a href="https://journal.test/articles/1">c</a>'
        ' <span class="host">(PMID 1)</span> [Picture: d] f<sup>[1]</sup></p>'
        '<ol class="footnotes" aria-label="Footnotes"><li><p>g</p></li></ol>'
    )
    assert "https://pubmed.ncbi.nlm.nih.gov/1/" in read(text).mail_html()


def test_what_a_note_links_to_and_shows_is_gathered_once() -> None:
    written = read(
        "pmid:2 pmid:1 [x](pmid:2) doi:10.1000/x y[^1](pmid:3)"
        " ![a](/media/b.png) ![c](https://x.test/d.png)"
    )

    assert written.pmids == (2, 1, 3)
    assert written.dois == ("10.1000/x",)
    assert written.pictures == ("/media/b.png",)
    assert written.remote_pictures == ("https://x.test/d.png",)
    assert written.footnotes == 1
