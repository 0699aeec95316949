import pytest

from ownjournal.catalogue import mesh
from ownjournal.catalogue.mesh_tree import Node, branch, suggest
from ownjournal.pubmed.mesh import Descriptor, Kind

pytestmark = pytest.mark.django_db


def descriptor(ui: str, name: str, *places: str, terms: tuple[str, ...] = ()):
    kind: Kind = "publication-type" if places[0].startswith("V") else "topic"
    return Descriptor(
        ui=ui, name=name, tree_numbers=places, entry_terms=terms, kind=kind
    )


@pytest.fixture(autouse=True)
def tree() -> None:
    mesh.load(
        [
            descriptor("D000001", "Ague", "C01.100", "G02.5", terms=("Marsh Fever",)),
            descriptor("D000002", "Ague, Tertian", "C01.100.200"),
            descriptor("D000003", "Agueweed", "C01.1001"),
            descriptor("D000004", "Merrow Diseases", "C01"),
            descriptor("D000005", "Ague, Late", "C01.100.200.300"),
            descriptor("D000006", "Ague Reports", "V01"),
        ]
    )


def names(nodes: tuple[Node, ...]) -> list[str]:
    return [node.name for node in nodes]


def test_what_has_the_name_comes_first_and_then_what_begins_with_it() -> None:
    assert names(suggest("ague", 10)) == [
        "Ague",
        "Agueweed",
        "Ague, Late",
        "Ague, Tertian",
    ]


def test_an_entry_term_and_a_word_within_one_are_found() -> None:
    assert names(suggest("Marsh Fever", 5)) == ["Ague"]
    assert names(suggest("fever", 5)) == ["Ague"]
    assert names(suggest("tert", 5)) == ["Ague, Tertian"]


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "zzz", "\0"])
def test_what_nobody_means_finds_nothing(text: str) -> None:
    assert suggest(text, 5) == ()


def test_no_more_are_given_than_asked_for() -> None:
    assert len(suggest("ague", 2)) == 2


def test_the_tree_is_walked_one_step_down_and_up() -> None:
    place = branch("D000001")

    assert place is not None
    assert place.here == Node("D000001", "Ague")
    assert names(place.above) == ["Phenomena and processes", "Merrow Diseases"]
    assert names(place.below) == ["Ague, Tertian"]


def test_the_top_is_the_categories_and_below_one_its_first_descriptors() -> None:
    top, diseases, first = branch(""), branch("C"), branch("D000004")

    assert top is not None
    assert "Diseases" in names(top.below)
    assert diseases is not None
    assert names(diseases.below) == ["Merrow Diseases"]
    assert first is not None
    assert names(first.above) == ["Diseases"]
    assert names(first.below) == ["Ague", "Agueweed"]


def test_what_is_nowhere_in_the_tree_is_no_branch() -> None:
    assert branch("D999999") is None
    assert branch("Q") is None
    assert branch("D000001\0") is None
    mesh.load([])
    assert branch("") is None


def test_a_table_without_the_first_descriptors_has_a_way_in_and_out() -> None:
    mesh.load([descriptor("D000001", "Ague", "C01.100")])

    diseases, ague = branch("C"), branch("D000001")

    assert diseases is not None
    assert names(diseases.below) == ["Ague"]
    assert ague is not None
    assert names(ague.above) == ["Diseases"]
