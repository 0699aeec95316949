"""Check XML with libxml2 while it streams by, without building a tree.

A parser target that has no method but `close` makes lxml run libxml2's checks
in C alone. No byte of a file reaches another parser before it has passed here.
Names are checked too: a prefix that is not declared is refused, and so is an
entity that is not one of XML's own five, as no DTD is ever loaded.
"""

from lxml import etree

from ownjournal.pubmed.refusal import FileRefused

_Errors = etree.ErrorTypes
CODES = {
    _Errors.ERR_INVALID_CHAR: "XML_CHAR",
    _Errors.ERR_INVALID_CHARREF: "XML_CHAR",
    _Errors.ERR_INVALID_ENCODING: "ENCODING",
    _Errors.ERR_UNSUPPORTED_ENCODING: "ENCODING",
    _Errors.ERR_UNDECLARED_ENTITY: "ENTITY",
    _Errors.WAR_UNDECLARED_ENTITY: "ENTITY",
}


class _NoTree:
    """A parser target that takes nothing."""

    def close(self) -> None:
        return None


def safe_parser(target: _NoTree | None = None) -> etree.XMLParser:
    """A parser of UTF-8 that loads and expands nothing and keeps libxml2's limits."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        target=target,  # type: ignore[arg-type]  # the stub asks for every method
    )


class Check:
    """libxml2's opinion of the UTF-8 bytes fed so far."""

    def __init__(self) -> None:
        self._parser = safe_parser(_NoTree())

    def feed(self, data: bytes) -> None:
        """Raise FileRefused unless all bytes up to here can begin a good file."""
        try:
            self._parser.feed(data)
        except etree.XMLSyntaxError as fault:
            raise refusal(fault) from fault
        log = self._parser.feed_error_log
        if len(log):
            first = log[0]
            raise _refusal(first.type, first.line, first.column, first.message)

    def close(self) -> None:
        """Raise FileRefused unless the file is complete."""
        try:
            self._parser.close()
        except etree.XMLSyntaxError as fault:
            raise refusal(fault) from fault


def refusal(fault: etree.XMLSyntaxError) -> FileRefused:
    """The refusal that an error of libxml2 comes to."""
    line, column = fault.position
    code = getattr(fault, "code", 0)  # missing in the stub
    return _refusal(code, line, column, fault.msg or "")


def _refusal(code: int, line: int, column: int, said: str) -> FileRefused:
    said = said.split(", line ")[0].strip().rstrip(".")
    return FileRefused(CODES.get(code, "XML"), f"Line {line}, column {column}: {said}.")
