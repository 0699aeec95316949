import gzip
import re
from pathlib import Path
from zoneinfo import ZoneInfo

from ownjournal.readers.profile.places import areas, countries, is_zone
from ownjournal.readers.profile.specialties import TABLE, specialties


def test_there_are_many_and_each_offers_something() -> None:
    assert len(specialties()) >= 40
    for code, each in specialties().items():
        assert re.fullmatch(r"[a-z-]{3,40}", code)
        assert len(each.topics) >= 3, code
        assert each.journals, code
        assert each.words, code
    names = [each.name for each in specialties().values()]
    assert names == sorted(names, key=str.lower)
    assert len(set(names)) == len(names)


def test_the_table_names_its_sources() -> None:
    head = TABLE.read_text().partition("\n[")[0]

    assert "MeSH 2021" in head
    assert "our own selection" in head


def test_every_topic_is_a_descriptor_of_that_name(shared_data: Path) -> None:
    with gzip.open(shared_data / "mesh" / "mesh2021_descriptors.tsv.gz", "rt") as file:
        rows = (line.split("\t") for line in file)
        names = {ui: name.lower() for ui, name, *_ in rows}

    for each in specialties().values():
        for topic in each.topics:
            assert names.get(topic.ui) == topic.name.lower(), topic


def test_every_issn_has_its_check_digit() -> None:
    for each in specialties().values():
        for journal in each.journals:
            digits = journal.issn_linking.replace("-", "")
            values = [10 if digit == "X" else int(digit) for digit in digits]
            weights = range(8, 0, -1)
            total = sum(v * w for v, w in zip(values, weights, strict=True))
            assert total % 11 == 0, journal


def test_a_journal_is_the_same_wherever_it_stands() -> None:
    pairs = {
        (journal.abbreviation, journal.issn_linking)
        for each in specialties().values()
        for journal in each.journals
    }

    assert len(dict(pairs)) == len(pairs)


def test_real_records_have_the_same_linking_issns(shared_data: Path) -> None:
    """Of those of our journals that are among the real files."""
    found: dict[str, set[str]] = {}
    pattern = re.compile(
        r"<MedlineTA>([^<]+)</MedlineTA>\s*<NlmUniqueID>[^<]+</NlmUniqueID>"
        r"\s*<ISSNLinking>([^<]+)<"
    )
    for path in sorted((shared_data / "pubmed").rglob("*.xml.gz")):
        text = gzip.decompress(path.read_bytes()).decode()
        for name, issn in pattern.findall(text):
            found.setdefault(name, set()).add(issn)
    ours = {
        journal.abbreviation: journal.issn_linking
        for each in specialties().values()
        for journal in each.journals
    }
    both = ours.keys() & found.keys()

    assert both
    assert all(ours[name] in found[name] for name in both)


def test_every_country_has_a_time_zone_that_exists() -> None:
    assert len(countries()) > 240
    for each in countries().values():
        assert ZoneInfo(each.time_zone).key == each.time_zone
        assert is_zone(each.time_zone)
    assert countries()["DE"].name == "Germany"


def test_time_zones_stand_by_parts_of_the_world() -> None:
    europe = next(area for area in areas() if area.name == "Europe")

    assert "Europe/Berlin" in europe.zones
    assert not any(is_zone(name) for name in ("", "Mars/Olympus", "../x", "Europe"))
