from hypothesis import given
from hypothesis import strategies as st

from ownjournal.catalogue.merging import TAKEN_BACK, UNNUMBERED, Version, merge, wins

versions = st.builds(
    Version,
    pmid=st.just(7),
    version=st.integers(1, 3),
    file_key=st.sampled_from([UNNUMBERED, 25_000_001, 26_000_001, 26_000_002]),
    content_hash=st.sampled_from([11, 22, 33, TAKEN_BACK]),
)


def one_content_a_file(writes: list[Version]) -> list[Version]:
    """A numbered file says one thing of a version: keep the first it said."""
    seen: dict[tuple[int, int], Version] = {}
    for each in writes:
        if each.file_key != UNNUMBERED:
            seen.setdefault((each.file_key, each.version), each)
    unnumbered = [each for each in writes if each.file_key == UNNUMBERED]
    return unnumbered + list(seen.values())


def a_version(version: int = 1, key: int = 26_000_001, content: int = 11) -> Version:
    return Version(7, version, key, content, record=b"packed")


def stamps(rows: list[Version]) -> list[tuple[int, int, int]]:
    return [(each.version, each.file_key, each.content_hash) for each in rows]


@given(st.lists(versions, max_size=12).map(one_content_a_file), st.randoms())
def test_the_order_of_arrival_does_not_matter(writes, random) -> None:  # type: ignore[no-untyped-def]
    in_order: list[Version] = []
    for each in writes:
        in_order = merge(in_order, [each])
    random.shuffle(writes)
    shuffled: list[Version] = []
    for each in [*writes, *writes]:
        shuffled = merge(shuffled, [each])

    assert stamps(shuffled) == stamps(in_order)


@given(st.lists(versions, max_size=12))
def test_the_highest_live_version_is_shown(writes: list[Version]) -> None:
    merged = merge([], writes)

    live = [each.version for each in merged if each.live]
    assert not merged or merged[0].version == max(
        live or [each.version for each in merged]
    )


def test_a_deletion_takes_back_its_own_version_only() -> None:
    merged = merge([a_version(1), a_version(2)], [a_version(2, 26_000_002, TAKEN_BACK)])

    assert [(each.version, each.live) for each in merged] == [(1, True), (2, False)]


def test_a_deletion_of_an_older_version_leaves_the_newer_one() -> None:
    """I23 of the bad inputs: DeleteCitation for Version 2 of a record in Version 3."""
    merged = merge([a_version(3)], [a_version(2, 26_000_002, TAKEN_BACK)])

    assert merged[0] == a_version(3)


def test_a_late_deletion_does_not_remove_what_came_after_it() -> None:
    """I22: file N deletes, N+1 brings the record again, N arrives last."""
    merged = merge([a_version(key=26_000_002)], [a_version(1, 26_000_001, TAKEN_BACK)])

    assert merged[0].live


def test_a_tombstone_keeps_the_last_record() -> None:
    taken_back = Version(7, 1, 26_000_002, TAKEN_BACK)

    [merged] = merge([a_version()], [taken_back])

    assert not merged.live
    assert merged.record == b"packed"


def test_a_numbered_file_beats_one_without_a_number() -> None:
    assert wins(a_version(key=1_000_001), a_version(key=UNNUMBERED, content=99))
    assert not wins(a_version(key=UNNUMBERED, content=99), a_version(key=1_000_001))


def test_a_file_published_anew_replaces_what_it_said_before() -> None:
    assert wins(a_version(content=11), a_version(content=99))
