"""Encrypted streams: all comes out as it went in, or nothing of what was changed."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownjournal.site.backups import sealing
from ownjournal.site.backups.problem import BackupProblem
from ownjournal.site.backups.sealing import MAGIC, PIECE, TAG, Opener, Sealer

WORD = "a passphrase of some length"
HEAD = len(MAGIC) + 3 + 16


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys in a moment, and small pieces."""
    monkeypatch.setattr(sealing, "COST", (2, 1, 1))
    monkeypatch.setattr(sealing, "PIECE", 64)


def sealed(data: bytes, passphrase: str = WORD) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, passphrase)
    for start in range(0, len(data), 50):
        sealer.write(data[start : start + 50])
    sealer.close()
    return out.getvalue()


def opened(data: bytes, passphrase: str = WORD) -> bytes:
    opener = Opener(io.BytesIO(data), passphrase)
    parts = []
    while part := opener.read(37):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 1000])
def test_what_goes_in_comes_out(size: int) -> None:
    data = bytes(each % 251 for each in range(size))

    assert opened(sealed(data)) == data


def test_the_plain_text_is_not_in_it_and_no_two_are_alike() -> None:
    data = b"the reader ada@merrow.test " * 20

    assert b"merrow" not in sealed(data)
    assert sealed(data)[HEAD:] != sealed(data)[HEAD:]


def test_a_wrong_passphrase_is_told_at_once() -> None:
    with pytest.raises(BackupProblem, match="passphrase is wrong"):
        Opener(io.BytesIO(sealed(b"x" * 200)), "another one, also long")


@given(st.data())
@settings(max_examples=200)
def test_a_changed_byte_is_noticed_wherever_it_is(data: st.DataObject) -> None:
    whole = sealed(b"x" * 300)
    place = data.draw(st.integers(0, len(whole) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    changed = whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]

    with pytest.raises(BackupProblem):
        opened(changed)


def test_every_cut_is_noticed() -> None:
    whole = sealed(b"x" * 300)

    for end in range(len(whole)):
        with pytest.raises(BackupProblem):
            opened(whole[:end])


def test_pieces_in_another_order_or_twice_are_noticed() -> None:
    whole = sealed(bytes(range(200)) + b"x" * 100)
    body = whole[HEAD + TAG :]
    pieces = [body[at : at + 64 + TAG] for at in range(0, len(body), 64 + TAG)]
    head = whole[: HEAD + TAG]
    swapped = [pieces[1], pieces[0], *pieces[2:]]
    doubled = [pieces[0], *pieces]

    assert opened(head + b"".join(pieces))  # so the cutting up is right
    for order in (swapped, doubled, pieces[:-1], [*pieces, pieces[-1]]):
        with pytest.raises(BackupProblem, match="cut or changed"):
            opened(head + b"".join(order))


def test_a_file_cannot_ask_for_more_memory_than_is_sensible() -> None:
    """2 ** 40 of scrypt's blocks would be a petabyte."""
    whole = bytearray(sealed(b"x"))
    whole[len(MAGIC)] = 40

    with pytest.raises(BackupProblem):
        Opener(io.BytesIO(bytes(whole)), WORD)


def test_the_real_cost_is_that_of_today() -> None:
    assert PIECE == 1024 * 1024
    assert sealing.DEAREST >= (17, 8, 1)
