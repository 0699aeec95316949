import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ownjournal.readers.address import BadAddress, canonical


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada@merrow.test", "ada@merrow.test"),
        ("  Ada.B+x@Merrow.TEST\n", "ada.b+x@merrow.test"),
        ("ada@Müller.test", "ada@xn--mller-kva.test"),
        ("ada@xn--mller-kva.test", "ada@xn--mller-kva.test"),
    ],
)
def test_one_address_has_one_form(typed: str, kept: str) -> None:
    assert canonical(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "a@b",
        "a@@b.test",
        '"a b"@x.test',
        "ü@ü.test",
        "ada@merrow.test\r\nBcc: x@evil.test",
        "ada\x00@merrow.test",
        "a" * 250 + "@x.test",
        "ada@merrow..test",
        "ada@\u2028.test",
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(BadAddress, match=r"\.$"):
        canonical(typed)


def test_a_domain_that_would_become_another_is_refused() -> None:
    """RFC 3490 turns straße into strasse, which belongs to somebody else."""
    with pytest.raises(BadAddress, match="xn-- form"):
        canonical("ada@straße.test")


@settings(deadline=None)
@given(st.text(max_size=40))
@example("İ@merrow.test")
def test_a_canonical_address_is_ascii_and_stays_as_it_is(typed: str) -> None:
    try:
        kept = canonical(typed)
    except BadAddress:
        return
    assert kept.isascii()
    assert canonical(kept) == kept == kept.lower()
