"""What to fetch follows from what is published and what is applied."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made.nlm_server import NlmServer
from ownjournal.pubmed.plan import (
    Applied,
    Kind,
    Listing,
    Plan,
    Published,
    gaps,
    plan,
    read_listing,
)

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
TODAY = datetime(2026, 11, 25, tzinfo=UTC)


def name(number: int, year: int = 26) -> str:
    return f"pubmed{year}n{number:04}.xml.gz"


def published(
    kind: Kind, numbers: Iterable[int], year: int = 26
) -> tuple[Published, ...]:
    return tuple(Published(name(number, year), kind, LONG_AGO) for number in numbers)


def applied(numbers: Iterable[int], year: int = 26) -> list[Applied]:
    return [Applied(name(number, year), "0" * 32, TODAY) for number in numbers]


def fetched(made: Plan) -> list[str]:
    return [file.name for file in made.fetch]


SPRING = Listing(published("baseline", range(1, 5)), published("update", range(5, 12)))


def test_all_of_pubmed_begins_with_the_baseline() -> None:
    made = plan(SPRING, [])

    assert fetched(made) == [name(number) for number in range(1, 12)]
    assert made.fetch[3].kind == "baseline"
    assert made.fetch[4].kind == "update"
    assert made.gaps == ()
    assert made.notices == ()


def test_what_is_applied_is_not_fetched_again() -> None:
    assert fetched(plan(SPRING, applied(range(1, 10)))) == [name(10), name(11)]


def test_a_missing_baseline_file_comes_before_the_newer_ones() -> None:
    """I16: the updates are applied, the baseline is not finished."""
    have = applied([1, 2, 4, 5, 6, 7, 8, 9, 10])

    assert fetched(plan(SPRING, have)) == [name(3), name(11)]


def test_a_number_that_nlm_does_not_list_is_a_gap() -> None:
    """I15: 1336 is missing; the files after it are fetched all the same."""
    listing = Listing((), published("update", [1335, 1337]))

    made = plan(listing, applied([1334]))

    assert fetched(made) == [name(1335), name(1337)]
    assert made.gaps == (name(1336),)


def test_a_gap_is_shown_until_it_is_filled() -> None:
    """I15."""
    assert gaps([name(1335), name(1337)]) == (name(1336),)
    assert gaps([name(1335), name(1337), name(1336)]) == ()


def test_years_are_apart_and_other_files_have_no_place() -> None:
    names = [name(1500, 25), name(3), name(1), "demo.xml.gz"]

    assert gaps(names) == (name(2),)


def test_a_site_without_the_baseline_begins_with_the_newest() -> None:
    made = plan(SPRING, [], newest=3)

    assert fetched(made) == [name(9), name(10), name(11)]


def test_it_goes_on_without_holes() -> None:
    """Four files came since; and 6, refused at the time, is asked for again."""
    have = applied([5, 7])

    assert fetched(plan(SPRING, have, newest=2)) == [
        name(number) for number in (6, 8, 9, 10, 11)
    ]


def test_more_of_the_newest_can_be_asked_for_later() -> None:
    assert fetched(plan(SPRING, applied([11]), newest=3)) == [name(9), name(10)]


def test_a_baseline_file_taken_by_hand_does_not_ask_for_the_rest() -> None:
    assert fetched(plan(SPRING, applied([2, 10]), newest=1)) == [name(11)]


def test_a_first_day_in_december_takes_the_end_of_the_baseline() -> None:
    listing = Listing(published("baseline", range(1, 5), 27))

    made = plan(listing, [], newest=2)

    assert fetched(made) == [name(3, 27), name(4, 27)]
    assert made.notices == (
        "NLM lists no update files, as happens while it makes a new baseline.",
    )


def test_a_site_without_the_baseline_needs_no_new_one() -> None:
    """I17, small: the series goes on with the first update file of the new year."""
    listing = Listing(
        published("baseline", range(1, 5), 27), published("update", [5, 6], 27)
    )

    made = plan(listing, applied([10, 11]), newest=1)

    assert fetched(made) == [name(5, 27), name(6, 27)]


def test_a_new_baseline_is_fetched_until_it_is_whole() -> None:
    """I17."""
    listing = Listing(
        published("baseline", range(1, 5), 27), published("update", [5], 27)
    )
    begun = [*applied(range(1, 12)), *applied([1, 2, 3], 27)]

    assert fetched(plan(listing, begun)) == [name(4, 27), name(5, 27)]


def test_update_files_before_the_baseline_are_in_it() -> None:
    """I17: NLM has the new baseline out and the old updates not yet away."""
    listing = Listing(
        published("baseline", range(1, 5), 27), published("update", [5, 6])
    )

    assert fetched(plan(listing, [])) == [name(number, 27) for number in range(1, 5)]


def test_empty_folders_ask_for_nothing() -> None:
    """Each December; nothing is concluded from it."""
    made = plan(Listing(), applied(range(1, 12)))

    assert (made.fetch, made.gaps) == ((), ())
    assert len(made.notices) == 2


def test_a_file_published_anew_since_it_was_applied_is_looked_at() -> None:
    """I14: by the folder's clock, which may be a day from ours."""
    at = [TODAY - timedelta(days=2), TODAY - timedelta(hours=20), TODAY]
    files = tuple(
        Published(name(number), "update", when)
        for number, when in enumerate(at, start=5)
    )

    made = plan(Listing((), files), applied([5, 6]))

    assert [file.name for file in made.recheck] == [name(6)]


def test_no_newest_files_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="0 newest"):
        plan(SPRING, [], newest=0)


@given(
    have=st.sets(st.integers(1, 11)),
    newest=st.none() | st.integers(1, 20),
    steps=st.integers(1, 5),
)
def test_a_plan_half_carried_out_is_finished_by_the_next(
    have: set[int], newest: int | None, steps: int
) -> None:
    """However it is cut, the plan that follows holds the rest of it, in order."""
    first = plan(SPRING, applied(have), newest=newest)
    done = first.fetch[:steps]
    after = [*applied(have), *(Applied(file.name, "0" * 32, TODAY) for file in done)]

    second = plan(SPRING, after, newest=newest)

    assert list(second.fetch) == [file for file in first.fetch if file not in done]
    assert list(first.fetch) == sorted(first.fetch, key=lambda file: file.key)


def test_a_folder_is_read_as_apache_writes_it() -> None:
    server = NlmServer()
    with server:
        for number in (10001, 2, 9999):
            server.put("update", f"pubmed26n{number:04}.xml.gz", bytes(12_345))
        server.put("update", "README.txt", b"not a PubMed file")
        page = server.folder("/pubmed/updatefiles/").decode()

    files = read_listing(page, "update")

    assert files is not None
    assert [file.key for file in files] == [26_000_002, 26_009_999, 26_010_001]
    assert {file.kind for file in files} == {"update"}
    assert files[0].modified_at == datetime(2026, 1, 29, 14, 48, tzinfo=UTC)
    assert files[0].about_bytes == 12_390  # "12.1K"


def test_a_folder_in_a_table_is_read_too() -> None:
    row = (
        f'<td><a href="{name(7)}">pubmed26n0007.xml.gz</a></td>'
        '<td align="right">2026-01-29 14:48  </td><td align="right"> 19M</td>'
    )

    files = read_listing(row, "baseline")

    assert files == (
        Published(
            name(7),
            "baseline",
            datetime(2026, 1, 29, 14, 48, tzinfo=UTC),
            19 * 1024 * 1024,
        ),
    )


@pytest.mark.parametrize(
    "rest", ["", "  -  ", " 2026-13-45 99:99  19M", " 01-Jan-2026 14:48  19M"]
)
def test_a_name_counts_without_its_date(rest: str) -> None:
    [file] = read_listing(f'<a href="{name(7)}">x</a>{rest}', "update") or ()

    assert (file.name, file.modified_at) == (name(7), None)


def test_only_names_of_that_folder_are_taken() -> None:
    """A name is a name: nothing leads out of the folder."""
    page = "".join(
        f'<a href="{target}">x</a>'
        for target in (
            f"../{name(1)}",
            f"/pubmed/{name(2)}",
            f"https://elsewhere.test/{name(3)}",
            f"{name(4)}.md5",
            "pubmed26n0005.xml.gz/../../x",
            "Index of ",
        )
    )

    assert read_listing(page, "update") == ()


def test_an_empty_folder_is_not_a_web_page() -> None:
    """Each December the folder is empty; an error page is no folder at all."""
    assert read_listing("<title>Index of /pubmed/baseline</title>", "update") == ()
    assert read_listing("<html><title>Maintenance</title></html>", "update") is None
