"""pandoc as the program that carries out a CSL style.

It runs as a process of its own, one a citation, without access to files or the
network beyond the style named (`--sandbox`), and is ended when it takes too long.
The package pypandoc_binary brings it; else the system's own is used.

Two faults of pandoc 3.9 are worked around in the style it is given: it puts the
word "eds" before editors whose <names> has no <name>, and takes "Suppl 1" for
several issues. Each style is prepared once in a process.
"""

import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from threading import BoundedSemaphore

from lxml import etree, html

from ownjournal.pubmed.article import Markup
from ownjournal.pubmed.styles.rich import escaped
from ownjournal.pubmed.wellformed import safe_parser

TIMEOUT_SECONDS = 3.0  # the slowest style seen took half a second
WAIT_SECONDS = 1.0  # for a process of another reader to end
UTF_8 = b'<meta charset="utf-8">'
AT_ONCE = 2  # processes of pandoc that one of ours starts

CSL = "{http://purl.org/net/xbiblio/csl}"

_TAGS = {"em": "i", "i": "i", "strong": "b", "b": "b"}
_TAGS |= {name: name for name in ("sup", "sub", "u")}
_room = BoundedSemaphore(AT_ONCE)


class TooSlow(Exception):
    """pandoc did not answer in time, or was busy for as long."""


class NoAnswer(Exception):
    """pandoc failed; its own words are the message."""


@cache
def program() -> str | None:
    """Where pandoc is; None where there is none."""
    spec = find_spec("pypandoc")
    if spec is not None and spec.origin is not None:
        for name in ("pandoc", "pandoc.exe"):
            packaged = Path(spec.origin).parent / "files" / name
            if packaged.is_file():
                return str(packaged)
    return shutil.which("pandoc")


def written(
    style: Path,
    locale: str | None,
    items: str,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Markup:
    """The one item of a CSL-JSON array as an entry of a reference list.

    Its number is left out. Raises TooSlow, NoAnswer.
    """
    if not _room.acquire(timeout=min(WAIT_SECONDS, timeout_seconds)):
        raise TooSlow
    try:
        answer = _run(style, locale, items, timeout_seconds)
    finally:
        _room.release()
    return _entry(answer)


def _run(style: Path, locale: str | None, items: str, timeout_seconds: float) -> bytes:
    command = [program() or "pandoc", "--from=csljson", "--to=html", "--wrap=none"]
    command += ["--sandbox", "--citeproc", f"--csl={_prepared(style)}"]
    if locale:
        command.append(f"--metadata=lang:{locale}")
    try:
        run = subprocess.run(
            command, input=items.encode(), capture_output=True, timeout=timeout_seconds
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    except OSError as error:
        raise NoAnswer(str(error)) from error
    if run.returncode:
        raise NoAnswer(run.stderr.decode("utf-8", "replace").strip())
    return run.stdout


@cache
def _folder() -> TemporaryDirectory[str]:
    """Gone with this process."""
    return TemporaryDirectory(prefix="ownjournal-styles-")


def _prepared(style: Path) -> Path:
    """A copy of the style without what pandoc gets wrong.

    Made again if it is gone, as folders for temporary files are swept.
    """
    copy = Path(_folder().name) / style.name
    if not copy.is_file():
        copy.parent.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=copy.parent, delete=False) as file:
            file.write(_put_right(style))
        Path(file.name).replace(copy)  # never seen half written
    return copy


def _put_right(style: Path) -> bytes:
    try:
        tree = etree.parse(style, safe_parser())
    except etree.XMLSyntaxError as error:
        raise NoAnswer(str(error)) from error
    for names in tree.iter(f"{CSL}names"):
        label = names.find(f"{CSL}label")
        if label is not None and names.find(f"{CSL}name") is None:
            label.addprevious(etree.Element(f"{CSL}name"))
    for label in tree.iter(f"{CSL}label"):
        if label.get("variable") == "issue":
            label.set("plural", "never")
    return etree.tostring(tree, encoding="utf-8")


def _entry(answer: bytes) -> Markup:
    for element in html.document_fromstring(UTF_8 + answer).iter("div"):
        if "csl-entry" in (element.get("class") or "").split():
            return Markup(" ".join(_told(element).split()))
    raise NoAnswer("no entry")


def _told(element: html.HtmlElement) -> str:
    """What stands in an element, in the tags of our markup."""
    if element.get("class") == "csl-left-margin":
        return ""
    inside = _escaped(element.text)
    for child in element:
        inside += _told(child) + _escaped(child.tail)
    tag = _TAGS.get(element.tag)
    if element.tag == "div":
        return f" {inside} "
    return f"<{tag}>{inside}</{tag}>" if tag and inside else inside


def _escaped(text: str | None) -> str:
    """Escaped, its spaces at both ends kept."""
    if not text:
        return ""
    if not text.strip():
        return " "
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return before + escaped(text) + after
