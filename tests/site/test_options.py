from datetime import time
from pathlib import Path

import pytest

from ownjournal.site import settings
from ownjournal.site.option_table import KINDS, OPTIONS
from ownjournal.site.options import (
    BY_NAME,
    FILE_NAME,
    OptionError,
    Values,
    data_folder,
    options_markdown,
    read_values,
)

CONFIGURATION = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_documentation_shows_the_table_as_it_is() -> None:
    """To renew it: put the output of options_markdown() between the marks."""
    text = CONFIGURATION.read_text("utf-8")

    _, _, rest = text.partition("<!-- options: begin -->\n")
    table, mark, _ = rest.partition("<!-- options: end -->")
    assert mark
    assert table == options_markdown()


ELSEWHERE = {"ALLOWED_HOSTS", "MAIL_URL"}
"""Read into settings of other names; an address with a password has none."""


def test_every_option_is_a_setting_and_has_a_kind() -> None:
    for option in OPTIONS:
        assert hasattr(settings, option.name) or option.name in ELSEWHERE
        assert option.kind in KINDS
        assert option.help.endswith(".")


def test_the_environment_wins_over_the_file_and_the_file_over_the_table(
    tmp_path: Path,
) -> None:
    (tmp_path / FILE_NAME).write_text(
        "# ours\n\nSYNC_FILES=5\nSITE_NAME='Lower Merrow = journal'\nBIND_PORT=9000\n"
    )

    values = read_values({"DATA_DIR": str(tmp_path), "SYNC_FILES": "7"})

    assert values.number("SYNC_FILES") == 7
    assert values.text("SITE_NAME") == "Lower Merrow = journal"
    assert values.number("BIND_PORT") == 9000
    assert values.address("NLM_URL") == BY_NAME["NLM_URL"].default


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("SYNC_FILES=5\n")

    values = read_values({"DATA_DIR": str(tmp_path), "SYNC_FILES": ""})

    assert values.number("SYNC_FILES") == 5


@pytest.mark.parametrize(
    "line", ["SYNC_FILE=5", "just words", "=5", "DATA_DIR=/elsewhere"]
)
def test_a_line_that_is_no_setting_stops_the_start(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE_NAME).write_text(f"SYNC_FILES=5\n{line}\n")

    with pytest.raises(OptionError, match="line 2"):
        read_values({"DATA_DIR": str(tmp_path)})


def test_the_data_folder_follows_xdg() -> None:
    assert data_folder({"DATA_DIR": "/srv/journal"}) == Path("/srv/journal")
    assert data_folder({"XDG_DATA_HOME": "/x"}) == Path("/x/ownjournal")
    assert data_folder({}) == Path.home() / ".local/share/ownjournal"


@pytest.mark.parametrize("text", ["three", "-1", "1.5", "٣", "1" * 10])
def test_a_number_is_written_in_digits(text: str) -> None:
    with pytest.raises(OptionError, match="SYNC_FILES"):
        Values({"SYNC_FILES": text}).number("SYNC_FILES")


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), ("TRUE", True), ("0", False), ("", False)]
)
def test_a_flag_is_yes_or_no(text: str, value: bool) -> None:
    assert Values({"DEBUG": text}).flag("DEBUG") is value


def test_a_flag_that_is_neither_is_refused() -> None:
    with pytest.raises(OptionError, match="yes or no"):
        Values({"DEBUG": "maybe"}).flag("DEBUG")


@pytest.mark.parametrize("name", ["FETCH_UNKNOWN", "UNPAYWALL"])
def test_whoever_asks_others_says_who_asks(name: str) -> None:
    """NLM and Unpaywall want an address to write to before they block a site."""
    known = {name: "yes", "CONTACT_EMAIL": "desk@merrow.org"}

    assert Values(known).flag_with(name, "CONTACT_EMAIL") is True
    assert Values({}).flag_with(name, "CONTACT_EMAIL") is False
    with pytest.raises(OptionError, match="needs CONTACT_EMAIL"):
        Values({name: "yes"}).flag_with(name, "CONTACT_EMAIL")


@pytest.mark.parametrize("name", ["EUTILS_URL", "UNPAYWALL_URL"])
def test_others_are_asked_by_https(name: str) -> None:
    for right in ("https://proxy.merrow.org", "http://127.0.0.1:8099"):
        assert Values({name: right}).server(name) == right
    with pytest.raises(OptionError, match="https"):
        Values({name: "http://proxy.merrow.org"}).server(name)


def test_a_list_is_separated_by_commas() -> None:
    values = Values({"SCOPE_LANGUAGES": " eng,ger , ,"})

    assert values.items("SCOPE_LANGUAGES") == ("eng", "ger")
    assert Values({}).items("SCOPE_LANGUAGES") == ()


@pytest.mark.parametrize(
    "text",
    [
        "journal.example.org",
        "ftp://journal.example.org",
        "https://journal.example.org/path",
        "https://",
        "https://journal.example.org:port",
        "https://[::1",
        "https://ada:secret@journal.example.org",
    ],
)
def test_an_address_has_a_scheme_and_a_host_and_no_path(text: str) -> None:
    with pytest.raises(OptionError, match="SITE_URL"):
        Values({"SITE_URL": text}).address("SITE_URL")


def test_an_address_loses_its_last_slash() -> None:
    values = Values({"SITE_URL": "https://journal.example.org:8443/"})

    assert values.address("SITE_URL") == "https://journal.example.org:8443"


def test_a_site_without_an_address_is_at_its_port() -> None:
    assert Values({}).site_url() == "http://127.0.0.1:8000"
    assert Values({"BIND_PORT": "8080"}).site_url() == "http://127.0.0.1:8080"
    named = Values({"BIND_PORT": "8080", "SITE_URL": "https://merrow.test/"})
    assert named.site_url() == "https://merrow.test"


def test_a_time_of_day() -> None:
    assert Values({"SYNC_DAILY_AT": "23:05"}).time_of_day("SYNC_DAILY_AT") == time(
        23, 5
    )
    for wrong in ("24:00", "noon", "4", "1:2:3"):
        with pytest.raises(OptionError, match="04:30"):
            Values({"SYNC_DAILY_AT": wrong}).time_of_day("SYNC_DAILY_AT")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("", (None, None)),
        ("2015-2026", (2015, 2026)),
        ("2015-", (2015, None)),
        ("-1999", (None, 1999)),
        ("2020", (2020, 2020)),
    ],
)
def test_years_include_both_ends(
    text: str, years: tuple[int | None, int | None]
) -> None:
    assert Values({"SCOPE_YEARS": text}).years("SCOPE_YEARS") == years


@pytest.mark.parametrize("text", ["-", "20", "2015 2016", "2015-2016-2017"])
def test_years_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(OptionError, match="SCOPE_YEARS"):
        Values({"SCOPE_YEARS": text}).years("SCOPE_YEARS")
