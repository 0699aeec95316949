"""Hostile and broken notes: nothing is done, and nothing of the text is lost."""

import pytest

from made.note_html import page_text, violations
from ownjournal.notes.dialect import read

SHOWN_AS_TYPED = {
    "N01": ["<script>alert(1)</script>"],
    "N02": ["<img src=x onerror=alert(1)>"],
    "N03": [
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](javascript:alert(1))",
    ],
    "N04": [f"[x](java{each}script:alert(1))" for each in "\t\n\r"],
    "N05": ["<javascript:alert(1)>", "<made-up-scheme:x>", "<xss:xss>"],
    "N06": [
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "[x](file:///etc/passwd)",
        "[x](blob:https://x.test/1)",
    ],
    "N09": ["![x](javascript:alert(1))", "![x](data:image/svg+xml,<svg>)"],
    "N11": ["![x](//127.0.0.1:6379/)"],
    "N12": ["![x](/api/logout)", "![x](/unsubscribe?a=1)", "![x](/media/../logout)"],
    "N16": ["<sup onclick=alert(1)>2</sup>"],
    "N17": ["</sup>", "<sup/>", "<sup>"],
    "N18": ["<svg><a><set attributeName=href to=javascript:alert(1)></a></svg>"],
    "N19": ['<noscript><p title="</noscript><img src=x onerror=alert(1)>">'],
    "N20": ["<style>@import url(//evil.test)</style>", "<p style=color:red>x</p>"],
    "N21": [
        "<iframe src=javascript:alert(1)></iframe>",
        "<object data=x></object><embed src=x>",
        "<base href=//evil.test>",
        "<meta http-equiv=refresh content=0>",
        "<link rel=stylesheet href=//evil.test>",
    ],
    "N22": ["<a id=x name=body>x</a>"],
    "N23": ["x[^1]"],
    "N34": ["{{7*7}}", "${jndi:ldap://x.test}", "<%= 7 %>", "%s%n", "#{7}"],
}
AS_TYPED = [(row, text) for row, texts in SHOWN_AS_TYPED.items() for text in texts]


@pytest.mark.parametrize(("row", "text"), AS_TYPED)
def test_is_shown_as_typed(row: str, text: str) -> None:
    written = read(text)

    shown = text.expandtabs(4).replace("\r", "\n")
    assert written.plain() == shown
    assert page_text(written.html("n")) == shown
    assert violations(written.html("n")) == []
    assert "<a " not in written.html("n") + written.mail_html()


def test_n07_who_pretends_to_be_a_host_is_dropped() -> None:
    html = read("[x](https://good.test@evil.test) [y](https://a:b@c.test/)").html("n")

    assert 'href="https://evil.test"' in html
    assert 'href="https://c.test/"' in html
    assert "good" not in html
    assert read("[x](https://a@b@evil.test)").plain() == "[x](https://a@b@evil.test)"
    assert "<a " not in read("[x](https://good.test\\@evil.test)").html("n")


@pytest.mark.parametrize("host", ["аpple.test", "xn--pple-43d.test", "APPLΕ。test"])
def test_n08_letters_that_look_like_others_are_shown_in_punycode(host: str) -> None:
    html = read(f"[x](https://{host})").html("n")

    assert '<span class="host">(xn--' in html
    assert 'href="https://xn--' in html
    assert host.encode("ascii", "xmlcharrefreplace").decode() not in html or (
        host.isascii()
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:127.0.0.1]/",
        "http://0x7f.1/",
        "http://2130706433/",
    ],
)
def test_n10_n11_a_picture_elsewhere_is_never_asked_for(address: str) -> None:
    html = read(f"![x]({address})").html("n")

    assert "<img" not in html
    assert f'<a href="{address}"' in html
    assert violations(html) == []


def test_n15_raised_text_is_raised() -> None:
    assert read("<sup>2</sup>").html("n") == "<p><sup>2</sup></p>"


def test_n17_capitals_are_taken_too_and_written_small() -> None:
    assert read("<SUP>2</sUp>").html("n") == "<p><sup>2</sup></p>"


def test_n24_an_unused_footnote_is_left_out_and_told() -> None:
    written = read("x\n\n[^1]: y")

    assert written.plain() == "x"
    assert len(written.warnings) == 1


def test_n25_footnotes_in_a_circle_are_each_shown_once() -> None:
    plain = read("x[^a]\n\n[^a]: a [^b] [^a]\n[^b]: b [^a]").plain()

    assert plain == "x[1]\n\n[1] a [2] [1]\n\n[2] b [1]"


def test_n27_two_notes_on_a_page_share_no_id() -> None:
    one, other = (read("x[^1](y)").html(f"note-{number}") for number in (1, 2))

    assert one != other
    assert one.replace("note-1-", "note-2-") == other


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u200b", "\t\r\n \u00a0"])
def test_n31_what_cannot_be_seen_is_empty(text: str) -> None:
    written = read(text)

    assert written.empty
    assert written.length == 0
    assert violations(written.html("n")) == []


def test_n31_a_picture_and_a_footnote_can_be_seen() -> None:
    assert not read("![x](/media/a.png)").empty
    assert not read("[^1](x)").empty


@pytest.mark.parametrize(
    "bad", ["\0", "\ufffe", "\ud800", "\x1b", "\x85", "\U0001ffff"]
)
def test_n32_what_no_page_can_show_is_shown_as_such(bad: str) -> None:
    written = read(f"a{bad}b *c*")

    assert written.html("n") == "<p>a\ufffdb <em>c</em></p>"
    assert written.plain() == "a\ufffdb c"
    assert written.length == 5


def test_a_turned_direction_is_not_passed_on() -> None:
    assert read("a\u202etxt\u202c").plain() == "a\ufffdtxt\u202c"


def test_n33_any_line_end_ends_a_line() -> None:
    assert read("a\r\nb\rc\n\td\r\n\r\ne").html("n") == (
        "<p>a<br>b<br>c<br>d</p><p>e</p>"
    )


def test_warnings_are_few_and_in_order() -> None:
    written = read("[x](y)\n" * 200)

    assert len(written.warnings) == 50
    assert [each.line for each in written.warnings] == list(range(1, 51))
